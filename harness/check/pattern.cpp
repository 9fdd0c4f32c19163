#include "check/pattern.h"

#include <re2/re2.h>

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
  return re2::RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), compiled_->expression);
}

std::optional<std::string> pattern_fault(const std::string& pattern) {
  const re2::RE2 expression(pattern, quiet());
  if (expression.ok()) return std::nullopt;
  return expression.error();
}

}  // namespace harness
