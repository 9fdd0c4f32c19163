// The files of assets/, built in by harness/embed.cmake.
#pragma once

#include <string_view>

namespace harness {

extern const std::string_view kBashScript;  // uniharness.bash
extern const std::string_view kZshScript;   // _uniharness
extern const std::string_view kFishScript;  // uniharness.fish

}  // namespace harness
