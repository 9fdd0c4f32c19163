#include "check/matcher.h"

#include <memory>

#include "check/pattern.h"
#include "check/support.h"

namespace harness {

Matcher matcher_of(const CheckSpec& spec) {
  if (const auto* expression = param<std::string>(spec, "pattern")) {
    const auto pattern = std::make_shared<const Pattern>(*expression);
    return [pattern](std::string_view line) { return pattern->found_in(line); };
  }
  return [text = text_param(spec, "text")](std::string_view line) {
    return line.find(text) != std::string_view::npos;
  };
}

std::string wanted(const CheckSpec& spec) {
  const auto* expression = param<std::string>(spec, "pattern");
  return expression ? "/" + *expression + "/" : text_param(spec, "text");
}

}  // namespace harness
