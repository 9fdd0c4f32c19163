// For tests: the message for a text that must not load.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "scenario/load.h"

namespace harness::testing_scenario {

/// The smallest text that loads, in two lines; tests add to it from line 3 on.
inline const std::string kMinimal = "name: a\nimage: {disk: a.img}\n";

/// "message | hint" of the UsageError that this text causes; "" where it loads.
inline std::string complaint(std::string_view text) {
  try {
    parse_scenario(text, "s.yaml");
    return "";
  } catch (const UsageError& error) {
    return std::string(error.what()) + " | " + error.hint;
  }
}
/// The same for text added to kMinimal.
inline std::string complaint_after(const std::string& more) { return complaint(kMinimal + more); }

}  // namespace harness::testing_scenario
