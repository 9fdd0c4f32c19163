#include "compare/number_names.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>

#include "base/listing.h"
#include "base/text.h"

namespace harness {
namespace {

struct LineKindName {
  std::string_view before, behind;
};
constexpr LineKindName kLineKinds[] = {{"timing ", " [TIMING]"},
                                       {"bench ", " [BENCH]"},
                                       {"profile ", " [PROFILE]"},
                                       {"metric ", " [METRIC]"}};

/// What is longer is nobody's slip of the pen, and names come from files of any kind.
constexpr std::size_t kNameBytes = 100;

/// Of a pattern: the brackets in "[TIMING]" are meant as they are.
std::string plain_brackets(std::string_view pattern) {
  std::string plain;
  for (const char c : pattern) {
    if (c == '[' || c == '\\') plain += '\\';
    plain += c;
  }
  return plain;
}

std::vector<std::string_view> only(std::string_view name, std::span<const std::string_view> names) {
  const auto at = std::ranges::find(names, name);
  if (at == names.end()) return {};
  return {*at};
}

std::vector<std::string_view> of_a_kind(std::string_view word,
                                        std::span<const std::string_view> names) {
  for (const auto& [before, behind] : kLineKinds) {
    if (!word.starts_with(before)) continue;
    const std::string name(word.substr(before.size()));
    auto found = only(name + std::string(behind), names);
    return found.empty() ? only(name, names) : found;
  }
  return {};
}

}  // namespace

bool is_pattern(std::string_view word) { return word.find_first_of("*?") != word.npos; }

std::vector<std::string_view> numbers_called(std::string_view word,
                                             std::span<const std::string_view> names) {
  std::vector<std::string_view> found = only(word, names);
  if (found.empty()) found = of_a_kind(word, names);
  if (!found.empty() || !is_pattern(word)) return found;
  const std::string pattern = plain_brackets(word);
  std::ranges::copy_if(names, std::back_inserter(found), [&](std::string_view name) {
    return fnmatch(pattern.c_str(), std::string(name).c_str(), 0) == 0;
  });
  return found;
}

std::string other_numbers(std::string_view word, std::span<const std::string_view> names) {
  std::vector<std::string_view> near_enough;
  std::vector<std::string> all;
  for (const std::string_view name : names) {
    if (name.size() <= kNameBytes) near_enough.push_back(name);
    if (all.size() <= kListed) all.push_back(fmt::format("'{}'", printable(name)));
  }
  const std::string best = is_pattern(word) ? "" : nearest(word.substr(0, kNameBytes), near_enough);
  if (!best.empty()) return fmt::format(": did you mean '{}'?", printable(best));
  if (all.empty()) return "";
  std::string text = listed(std::span(all).first(std::min(all.size(), kListed)));
  if (names.size() > kListed) text += fmt::format(" and {} more", grouped(names.size() - kListed));
  return ": there are " + text;
}

}  // namespace harness
