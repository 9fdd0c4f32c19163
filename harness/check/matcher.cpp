#include "check/matcher.h"

#include <algorithm>
#include <memory>

#include "check/pattern.h"
#include "check/support.h"
#include "console_text/plain_line.h"
#include "console_text/prefix.h"

namespace harness {
namespace {

/// In the line as it is, in what it shows, or in that without the prefixes of logs: "^ERROR" is
/// found behind a time stamp and a colour.
bool found_in_line(const Pattern& pattern, std::string_view line) {
  if (pattern.found_in(line)) return true;
  PlainLine plain;
  return std::ranges::any_of(plain.parts(line), [&](std::string_view part) {
    const std::string_view body = without_prefix(part);
    return (part.size() != line.size() && pattern.found_in(part)) ||
           (body.size() != part.size() && pattern.found_in(body));
  });
}

}  // namespace

Matcher matcher_of(const CheckSpec& spec) {
  if (const auto* expression = param<std::string>(spec, "pattern")) {
    const auto pattern = std::make_shared<const Pattern>(*expression);
    return [pattern](std::string_view line) { return found_in_line(*pattern, line); };
  }
  return [text = text_param(spec, "text")](std::string_view line) { return shows(line, text); };
}

std::string wanted(const CheckSpec& spec) {
  const auto* expression = param<std::string>(spec, "pattern");
  return expression ? "/" + *expression + "/" : text_param(spec, "text");
}

}  // namespace harness
