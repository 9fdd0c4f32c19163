#include "stream/allow.h"

#include <algorithm>
#include <utility>

#include "console_text/plain_line.h"
#include "stream/split.h"

namespace harness {
namespace {

// A text of a span that stands across two pieces of a line, with some colours in it, is found.
constexpr std::size_t kSeamBytes = 4096;

}  // namespace

AllowedSpans::AllowedSpans(std::vector<Allowance> allowances) {
  for (Allowance& one : allowances) {
    const bool from_the_start = one.from.empty();
    spans_.push_back({.what = std::move(one), .open = from_the_start});
  }
}

void AllowedSpans::move_on(std::string_view line, bool goes_on) {
  const std::size_t before = goes_on ? std::min(seam_.size(), kSeamBytes) : 0;
  seam_.erase(0, seam_.size() - before);
  if (goes_on || line.size() >= kMaxLineLength) {
    seam_ += line;
    line = seam_;
  }
  // What the piece before had has opened its span already, which may be closed by now.
  const auto begins = [&](const std::string& text) {
    return !text.empty() && shows(line, text) &&
           (shows(line.substr(before), text) || !shows(line.substr(0, before), text));
  };
  for (Span& span : spans_) {
    if (std::exchange(span.closing, false)) span.open = false;
    span.open = span.open || begins(span.what.from);
    span.closing = span.open && !span.what.to.empty() && shows(line, span.what.to);
  }
}

bool AllowedSpans::allows(std::string_view line, std::string_view crash) const {
  return std::ranges::any_of(spans_, [&](const Span& span) {
    if (!span.open) return false;
    return span.what.crash.empty() ? shows(line, span.what.text) : span.what.crash == crash;
  });
}

}  // namespace harness
