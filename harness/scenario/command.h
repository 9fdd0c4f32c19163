// A build command written as one line. It is split into an argument vector and started without a
// shell, so that a scenario means the same everywhere.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace harness {

/// Why a line cannot be split.
struct SplitFault {
  std::string why;
};

/// Splits at blanks; '...' and "..." keep blanks. What a shell would act on (| ; & < > $ ` *, a
/// backslash, a line break) is a fault, outside of quotes and, for $ ` and \, inside of "..." too.
std::variant<std::vector<std::string>, SplitFault> split_command(std::string_view line);

}  // namespace harness
