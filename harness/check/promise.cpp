#include "check/promise.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>

namespace harness {

struct PromisePattern::Compiled {
  re2::RE2 expression;
  int value = 0;   // the number of the group
  int groups = 0;  // to ask for: the whole match and those up to it
};

PromisePattern::PromisePattern(const std::string& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  compiled_.reset(new Compiled{.expression = re2::RE2(pattern, options)});
  if (!compiled_->expression.ok()) return;
  const auto& names = compiled_->expression.NamedCapturingGroups();
  const auto at = names.find("value");
  if (at == names.end()) return;
  compiled_->value = at->second;
  compiled_->groups = at->second + 1;
}
PromisePattern::~PromisePattern() = default;

std::optional<std::uint64_t> PromisePattern::in_line(std::string_view line) const {
  if (compiled_->groups == 0) return std::nullopt;
  std::vector<re2::StringPiece> found(static_cast<std::size_t>(compiled_->groups));
  const re2::StringPiece text(line.data(), line.size());
  if (!compiled_->expression.Match(text, 0, text.size(), re2::RE2::UNANCHORED, found.data(),
                                   compiled_->groups)) {
    return std::nullopt;
  }
  const re2::StringPiece& value = found[static_cast<std::size_t>(compiled_->value)];
  std::uint64_t number = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, number);
  if (value.empty() || error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> PromisePattern::highest(std::string_view text) const {
  return highest_by(text, {text.size()}).front();
}

std::vector<std::optional<std::uint64_t>> PromisePattern::highest_by(
    std::string_view text, const std::vector<std::uint64_t>& ends) const {
  std::vector<std::optional<std::uint64_t>> all;
  std::optional<std::uint64_t> highest;
  std::size_t at = 0;
  for (const std::uint64_t end : ends) {
    for (std::size_t next = text.find('\n', at); next < std::min<std::uint64_t>(end, text.size());
         next = text.find('\n', at)) {
      if (const auto number = in_line(text.substr(at, next - at))) {
        highest = std::max(highest.value_or(0), *number);
      }
      at = next + 1;
    }
    all.push_back(highest);
  }
  return all;
}

}  // namespace harness
