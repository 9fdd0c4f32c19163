#include <algorithm>
#include <map>

#include "profile/render.h"

namespace harness::profile {
namespace {

/// ';' parts the names of a stack, and the last blank the stack from its number.
std::string folded_name(const CountedProfile& profile, std::uint32_t function) {
  std::string name = shown_name(profile, function);
  std::ranges::replace(name, ';', ':');
  return name;
}

}  // namespace

std::string render_folded(const CountedProfile& profile) {
  const std::vector<Context>& contexts = profile.counts.contexts;
  std::vector<std::string> names;
  names.reserve(profile.code.functions.size());
  for (std::uint32_t i = 0; i < profile.code.functions.size(); ++i) {
    names.push_back(folded_name(profile, i));
  }
  // A stack's text as often as there are contexts would be too much for deep ones: each line is
  // made when it is written. Contexts of one stack, which the end of a boot may leave, are one
  // line.
  std::map<std::string, std::uint64_t> lines;
  for (std::uint32_t at = 1; at < contexts.size(); ++at) {
    if (contexts[at].self == 0) continue;
    std::vector<std::uint32_t> chain;
    for (std::uint32_t up = at; up != 0; up = contexts[up].parent) chain.push_back(up);
    std::string stack;
    for (auto up = chain.rbegin(); up != chain.rend(); ++up) {
      if (!stack.empty()) stack += ';';
      stack += names[contexts[*up].function];
    }
    lines[stack] += contexts[at].self;
  }
  std::string text;
  for (const auto& [stack, self] : lines) text += stack + " " + std::to_string(self) + "\n";
  return text;
}

}  // namespace harness::profile
