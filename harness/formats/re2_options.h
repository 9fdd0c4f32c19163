// How the readers compile the patterns of a scenario.
#pragma once

#include <re2/re2.h>

namespace harness {

/// RE2's defaults, but for errors: they are told where the pattern stands, not logged.
inline re2::RE2::Options quiet_options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  return options;
}

}  // namespace harness
