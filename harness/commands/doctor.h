// uniharness doctor: does what is needed work here, and how well?
#pragma once

#include "base/error.h"

namespace harness {

struct DoctorOptions {
  bool json = false;
};
/// pass, or harness_error where something that is needed does not work.
ExitStatus run_doctor(const DoctorOptions& options);

}  // namespace harness
