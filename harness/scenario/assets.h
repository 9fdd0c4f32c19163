// The files of assets/, built in by harness/embed.cmake.
#pragma once

#include <string_view>

namespace harness {

extern const std::string_view kReferenceTemplate;  // reference.md; {{name}} is a place to fill
extern const std::string_view kExampleScenario;    // example.yaml

}  // namespace harness
