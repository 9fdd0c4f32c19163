#include "formats/metrics.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "base/utf8.h"
#include "console_text/prefix.h"
#include "formats/exact.h"
#include "formats/re2_options.h"
#include "formats/results.h"

namespace harness {
namespace {

constexpr std::size_t kQuotedBytes = 200;
constexpr std::size_t kMaxFaults = 100;
constexpr int kMaxGroups = 16;
/// Of one entry in one line. A pattern may look at the rest of the line for each of them.
constexpr std::size_t kMaxMatches = 1000;

/// One entry, compiled. A group of 0 is one that the pattern does not have.
struct Entry {
  explicit Entry(const MetricPattern& entry)
      : spec(entry), pattern(entry.pattern, quiet_options()) {
    if (!pattern.ok()) return;
    const auto group = [&](const char* of) {
      const auto at = pattern.NamedCapturingGroups().find(of);
      return at == pattern.NamedCapturingGroups().end() ? 0 : at->second;
    };
    name = group("name");
    value = group("value");
    unit = group("unit");
    groups = 1 + std::max({name, value, unit});
  }
  const MetricPattern& spec;
  re2::RE2 pattern;
  int name = 0, value = 0, unit = 0, groups = 0;
};

/// The sample that stands for several; of an even number the lower of the two in the middle, which
/// is one that came.
std::uint64_t chosen_sample(std::vector<std::uint64_t> samples, SampleRule rule) {
  if (rule == SampleRule::min) return *std::ranges::min_element(samples);
  if (rule == SampleRule::max) return *std::ranges::max_element(samples);
  if (rule == SampleRule::one) return samples.front();
  const auto middle = samples.begin() + static_cast<std::ptrdiff_t>((samples.size() - 1) / 2);
  std::ranges::nth_element(samples, middle);
  return *middle;
}

/// Digits that do not fit are rounded where somebody stated what is kept.
Rounding rounding_of(const MetricPattern& spec, bool converted) {
  if (spec.rounds) return Rounding::nearest;
  return converted ? Rounding::fine : Rounding::none;
}

/// "0.0000": what took no time at all would be told as 0.
bool is_rounded_away(std::string_view value, const MetricPattern& spec) {
  const std::size_t mark = value.find(spec.comma ? ',' : '.');
  return mark != value.npos && mark + 1 < value.size() &&
         value.find_first_of("123456789") == value.npos;
}

std::string why_not(Exactness how, const std::string& value, const std::string& unit) {
  switch (how) {
    case Exactness::not_a_number:
      return "'" + value + "' is no number that can be kept" +
             (parse_decimal(value, DecimalMark::comma) ? ", except with decimal: comma" : "");
    case Exactness::not_whole:
      return value + " is no whole number of " + unit +
             ": a larger `scale` or a smaller unit keeps it";
    case Exactness::too_large:
      return value + " is more than can be kept";
    case Exactness::exact:
    case Exactness::rounded:
      break;
  }
  return "";
}

}  // namespace

struct MetricReader::State {
  std::vector<std::unique_ptr<Entry>> entries;
  std::size_t most = 0, kept = 0;
  Result result;
  std::map<std::string, std::size_t, std::less<>> index;  // by name, in result.found
  std::vector<std::uint64_t> last_line;                   // of each of them
  Utf8Text utf8;
  std::string_view line;  // at hand
  std::uint64_t number = 0;

  void fault(std::string why, std::uint64_t at) {
    if (result.protocol_errors.size() >= kMaxFaults) return;
    const bool here = at == number;
    result.protocol_errors.push_back(
        {at, here ? std::string(line.substr(0, kQuotedBytes)) : "", std::move(why)});
  }
  using Groups = std::array<re2::StringPiece, kMaxGroups>;
  /// Whether the pattern is in the line at all.
  bool take_all(const Entry& entry, std::size_t position);
  void take(const Entry& entry, std::size_t position, const Groups& groups);
  void keep(const Entry& entry, std::size_t position, std::string name, std::string unit,
            const Exact& exact);
};

MetricReader::MetricReader(const std::vector<MetricPattern>& entries, std::size_t most)
    : state_(std::make_unique<State>()) {
  state_->most = most;
  for (const MetricPattern& entry : entries) {
    state_->entries.push_back(std::make_unique<Entry>(entry));
  }
}
MetricReader::~MetricReader() = default;

void MetricReader::see(std::string_view line, std::uint64_t number) {
  line = state_->utf8.of(line);
  state_->number = number;
  for (std::size_t i = 0; i < state_->entries.size(); ++i) {
    const Entry& entry = *state_->entries[i];
    if (entry.value == 0 || entry.groups > kMaxGroups) continue;
    state_->line = line;
    if (state_->take_all(entry, i)) continue;
    // "^latency: ..." behind a time stamp.
    state_->line = without_prefix(line);
    if (state_->line.size() != line.size()) state_->take_all(entry, i);
  }
}

/// Every match in the line, from left to right; each begins where the one before ended.
bool MetricReader::State::take_all(const Entry& entry, std::size_t position) {
  Groups groups;
  const re2::StringPiece text(line.data(), line.size());
  std::size_t from = 0;
  for (std::size_t count = 0; from <= line.size(); ++count) {
    if (!entry.pattern.Match(text, from, line.size(), re2::RE2::UNANCHORED, groups.data(),
                             entry.groups)) {
      return count > 0;
    }
    if (count == kMaxMatches) {
      fault("more than " + std::to_string(kMaxMatches) + " numbers in this line", number);
      break;
    }
    take(entry, position, groups);
    const auto end = static_cast<std::size_t>(groups[0].data() + groups[0].size() - line.data());
    from = groups[0].empty() ? end + 1 : end;
  }
  return true;
}

void MetricReader::State::take(const Entry& entry, std::size_t position, const Groups& groups) {
  const MetricPattern& spec = entry.spec;
  const auto group = [&](int which, const std::string& otherwise) {
    if (which == 0) return otherwise;
    const re2::StringPiece& piece = groups[static_cast<std::size_t>(which)];
    return printable(trimmed({piece.data(), piece.size()}).substr(0, kMaxResultNameLength));
  };
  const std::string name = group(entry.name, spec.name);
  const std::string value = group(entry.value, "");
  const std::string printed = group(entry.unit, spec.unit);
  const std::string unit = spec.unit.empty() ? canonical_unit(printed) : spec.unit;
  if (name.empty()) return fault("a number without a name", number);
  Factor factor{spec.scale, 1};
  const bool converted = entry.unit != 0 && !spec.unit.empty();
  if (converted) {
    const auto between = factor_between(printed, unit);
    if (!between) return fault("'" + printed + "' cannot be told in " + unit, number);
    factor = *between;
  }
  const Exact exact = exact_number(value, factor, rounding_of(spec, converted),
                                   spec.comma ? DecimalMark::comma : DecimalMark::point);
  if (exact.how != Exactness::exact && exact.how != Exactness::rounded) {
    return fault(why_not(exact.how, value, unit), number);
  }
  if (exact.negative && !spec.absolute) {
    return fault(value + " is below 0: negative: absolute keeps its size", number);
  }
  if (is_rounded_away(value, spec) && is_time_unit(unit)) {
    return fault(value + " " + printed +
                     " was rounded to nothing by what printed it: print it with " +
                     "more digits, or in a smaller unit",
                 number);
  }
  keep(entry, position, name, unit, exact);
}

void MetricReader::State::keep(const Entry& entry, std::size_t position, std::string name,
                               std::string unit, const Exact& exact) {
  if (kept++ >= most) {
    if (kept == most + 1) fault("more numbers than are kept", number);
    return;
  }
  const std::uint64_t rounded = exact.how == Exactness::rounded ? 1 : 0;
  const auto [at, is_new] = index.try_emplace(name, result.found.size());
  if (is_new) {
    result.found.push_back({.name = std::move(name),
                            .value = 0,
                            .unit = std::move(unit),
                            .better = entry.spec.better,
                            .samples = {exact.value},
                            .entry = position,
                            .rounded = rounded});
    last_line.push_back(number);
    return;
  }
  FoundMetric& metric = result.found[at->second];
  if (metric.entry != position) return fault("another entry of metrics found this name", number);
  if (metric.unit != unit) return fault("it came in " + metric.unit + " before", number);
  metric.samples.push_back(exact.value);
  metric.rounded += rounded;
  last_line[at->second] = number;
}

MetricReader::Result MetricReader::finish() {
  State& state = *state_;
  state.line = {};
  for (std::size_t i = 0; i < state.result.found.size(); ++i) {
    FoundMetric& metric = state.result.found[i];
    const SampleRule rule = state.entries[metric.entry]->spec.samples;
    metric.value = chosen_sample(metric.samples, rule);
    if (rule == SampleRule::one && metric.samples.size() > 1) {
      state.number = 0;
      state.fault("'" + metric.name + "' came " + std::to_string(metric.samples.size()) +
                      " times: say which stands for the boot, with samples: median",
                  state.last_line[i]);
    }
  }
  return std::move(state.result);
}

}  // namespace harness
