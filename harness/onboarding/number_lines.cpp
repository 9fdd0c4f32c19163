#include "onboarding/number_lines.h"

#include <re2/re2.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <optional>

#include "console_text/prefix.h"
#include "console_text/terminal.h"
#include "formats/units.h"

namespace harness::onboarding {
namespace {

constexpr std::size_t kMostLines = 10;
constexpr std::size_t kLongestLine = 200;  // a longer one is no line of a table of results
constexpr std::size_t kShown = 80;

/// What may stand between a name and its number. To add a form: one row, and lines in the test.
constexpr const char* kLinks[] = {
    R"(\s*:\s*)",
    R"(\s*=\s*)",
    R"(\s*[:=]\s*\S{1,40}\s+in\s+)",  // "fib(15) = 610 in 20958 cycles"
    R"(\s+took\s+)",
};

struct Form {
  explicit Form(const char* between)
      : link(between),
        line(R"(^\s*([A-Za-z][\w ./()-]{0,40}?))" + link +
             R"(([0-9]+(?:,[0-9]{3})*)(\.[0-9]+)?(\s*)([A-Za-zµ]+(?:/[A-Za-z]+)?)\.?\s*$)") {}
  std::string link;
  RE2 line;
};

const std::deque<Form>& forms() {
  static const std::deque<Form> kForms(std::begin(kLinks), std::end(kLinks));
  return kForms;
}

/// The unit that a thousandth of `unit` is called, or "".
std::string thousandth_of(const std::string& unit) {
  for (const char* smaller :
       {"ps", "ns", "us", "ms", "bytes", "KB", "MB", "Hz", "kHz", "MHz", "B/s", "KB/s", "MB/s"}) {
    const auto factor = factor_between(unit, smaller);
    if (factor && factor->num == 1000 && factor->den == 1) return smaller;
  }
  return "";
}

/// Nothing where the line says no such number.
std::optional<NumberLine> number_in(const std::string& shown) {
  std::string name, whole, fraction, gap, unit;
  const std::string_view body = without_prefix(shown);
  const re2::StringPiece text(body.data(), body.size());
  const auto form = std::ranges::find_if(forms(), [&](const Form& one) {
    return RE2::FullMatch(text, one.line, &name, &whole, &fraction, &gap, &unit);
  });
  if (form == forms().end() || sense_of_unit(unit) == UnitSense::other) return std::nullopt;
  NumberLine line{.pattern = {},
                  .name = name,
                  .unit = canonical_unit(unit),
                  .line = std::string(body.substr(0, kShown))};
  if (!fraction.empty()) {
    line.unit = thousandth_of(unit);
    line.scale = 1000;
    if (line.unit.empty()) return std::nullopt;
  }
  // From its start on, behind prefixes: "boot took" stands in "reboot took", too.
  line.pattern = R"(^\s*)" + RE2::QuoteMeta(name) + form->link + "(?P<value>[0-9.,]+)" +
                 (gap.empty() ? "" : R"(\s*)") + RE2::QuoteMeta(unit);
  return line;
}

}  // namespace

std::vector<NumberLine> number_lines(std::string_view output) {
  std::vector<NumberLine> all;
  while (!output.empty()) {
    const std::size_t end = std::min(output.find_first_of("\r\n"), output.size());
    const std::string_view raw = output.substr(0, end);
    output.remove_prefix(std::min(end + 1, output.size()));
    if (raw.size() > kLongestLine) continue;
    std::optional<NumberLine> one = number_in(shown_text(raw));
    if (!one) continue;
    const auto known = std::ranges::find(all, one->name, &NumberLine::name);
    if (known != all.end()) {
      known->several = true;
    } else if (all.size() < kMostLines) {
      all.push_back(std::move(*one));
    }
  }
  return all;
}

}  // namespace harness::onboarding
