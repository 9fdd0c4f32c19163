// The lines of an output that say a number in a unit whose better way is known: what `metrics:` of
// a scenario can take. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace harness::onboarding {

/// One entry of `metrics:`, as it is to be written.
struct NumberLine {
  std::string pattern;  // with the group `value`; it finds this line, and others of the same words
  std::string name, unit;
  std::uint64_t scale = 1;
  bool several = false;  // lines of these words came more than once
  std::string line;      // the first of them, as it shows; at most 80 bytes
};

/// Of "NAME: NUMBER UNIT", with `=` in the place of the colon, of "NAME = RESULT in NUMBER UNIT"
/// and "NAME took NUMBER UNIT", the first ten by name. Any bytes; time is linear in the output.
std::vector<NumberLine> number_lines(std::string_view output);

}  // namespace harness::onboarding
