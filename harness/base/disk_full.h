#pragma once

#include "base/error.h"

namespace harness {

/// A disk has no room left: what is written to it next would be lost as well.
struct DiskFull : Error {
  using Error::Error;
};

}  // namespace harness
