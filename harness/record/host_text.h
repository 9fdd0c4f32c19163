// A host in words. Pure.
#pragma once

#include <string>

#include "model/host.h"

namespace harness {

/// What decides how fast a guest runs on `host`: "AMD EPYC, 8 processors, quota 0.5, governor
/// performance, Linux 6.1.0". Its name is no part of it, nor is the load. Empty where nothing is
/// known.
std::string host_text(const Host& host);

}  // namespace harness
