#include "check/pattern.h"

#include <re2/re2.h>

#include "base/utf8.h"

namespace harness {
namespace {

re2::RE2::Options quiet() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  return options;
}

}  // namespace

struct Pattern::Compiled {
  re2::RE2 expression;
};

Pattern::Pattern(const std::string& pattern)
    : compiled_(new Compiled{re2::RE2(pattern, quiet())}) {}
Pattern::~Pattern() = default;

bool Pattern::found_in(std::string_view line) const {
  Utf8Text utf8;
  line = utf8.of(line);
  return re2::RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), compiled_->expression);
}

std::optional<std::string> pattern_fault(const std::string& pattern) {
  const re2::RE2 expression(pattern, quiet());
  if (expression.ok()) return std::nullopt;
  return expression.error();
}

std::vector<std::string> pattern_groups(const std::string& pattern) {
  const re2::RE2 expression(pattern, quiet());
  if (!expression.ok()) return {};
  std::vector<std::string> names(static_cast<std::size_t>(expression.NumberOfCapturingGroups()));
  for (const auto& [number, name] : expression.CapturingGroupNames()) {
    names[static_cast<std::size_t>(number) - 1] = name;
  }
  return names;
}

}  // namespace harness
