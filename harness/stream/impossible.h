// Numbers of a [PROFILE] section that cannot have been measured.
#pragma once

#include <string>

#include "model/record.h"

namespace harness {

/// Why they cannot be; empty where they can. total is the sum of all calls and avg is total / calls
/// without its fraction, so that total and calls x avg lie less than calls apart.
std::string impossible(const Profile& profile);

}  // namespace harness
