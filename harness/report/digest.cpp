#include "report/digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "base/format.h"
#include "base/text.h"
#include "model/verdict.h"
#include "stats/stats.h"

namespace harness {
namespace {

/// fail outranks skip outranks pass.
int severity(wire::Status status) {
  return status == wire::Status::fail ? 2 : status == wire::Status::skip ? 1 : 0;
}

std::vector<std::chrono::nanoseconds> walls(std::span<const BootRecord> boots) {
  std::vector<std::chrono::nanoseconds> times;
  for (const BootRecord& boot : boots) {
    if (boot.trace.wall > boot.trace.wall.zero()) times.push_back(boot.trace.wall);
  }
  return times;
}

std::string printable_cut(std::string_view line) {
  constexpr std::size_t kMaxLength = 400;
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() <= kMaxLength) return printable(line);
  return fmt::format("{} … and {} more in this line", printable(line.substr(0, kMaxLength)),
                     bytes_text(line.size() - kMaxLength));
}

}  // namespace

bool ending_accepted(const RunRecord& record, const BootRecord& boot) {
  const VerdictKind kind = boot.ending.kind;
  if (record.verdict.kind == VerdictKind::pass) return true;
  if (record.stated_ending) return kind == *record.stated_ending;
  return kind == VerdictKind::pass || kind == VerdictKind::skip;
}

const BootRecord* shown_boot(const RunRecord& record) {
  if (record.boots.empty()) return nullptr;
  for (const BootRecord& boot : record.boots) {
    if (!ending_accepted(record, boot)) return &boot;
  }
  return &measured_boots(record).front();
}

std::string title_of_boot(std::string_view title, const RunRecord& record, const BootRecord& boot) {
  if (record.boots.size() < 2) return std::string(title);
  return fmt::format("{} (boot {})", title, boot.index);
}

std::vector<TestOverBoots> tests_over_boots(const RunRecord& record) {
  std::vector<TestOverBoots> tests;
  std::unordered_map<std::string, std::size_t> index;  // into tests, by name
  for (const BootRecord& boot : record.boots) {
    std::unordered_map<std::string_view, std::size_t> seen;  // in this boot
    for (const TestResult& result : boot.events.tests) {
      // Two results of one name are two tests: the second is not to hide the first.
      const std::size_t count = ++seen[result.name];
      const std::string name =
          count == 1 ? result.name : fmt::format("{} ({})", result.name, count);
      const auto [at, is_new] = index.try_emplace(name, tests.size());
      if (is_new) {
        tests.push_back({result, boot.index, 1});
        tests.back().shown.name = name;
        continue;
      }
      TestOverBoots& known = tests[at->second];
      ++known.reports;
      if (severity(result.status) > severity(known.shown.status)) {
        known.shown = result;
        known.shown.name = name;
        known.boot = boot.index;
      }
    }
  }
  return tests;
}

std::vector<TestOverBoots> failed_tests_of(const RunRecord& record) {
  if (record.verdict.kind == VerdictKind::pass) return {};
  std::vector<TestOverBoots> tests = tests_over_boots(record);
  std::erase_if(tests,
                [](const TestOverBoots& test) { return test.shown.status != wire::Status::fail; });
  return tests;
}

const BootRecord& boot_of(const RunRecord& record, std::uint64_t index) {
  const auto at = std::ranges::find(record.boots, index, &BootRecord::index);
  return at == record.boots.end() ? record.boots.front() : *at;
}

CheckCounts count_checks(const RunRecord& record) {
  CheckCounts counts;
  for (const Finding& finding : record.findings) {
    switch (finding.status) {
      case FindingStatus::pass:
        ++counts.passed;
        break;
      case FindingStatus::fail:
        ++counts.failed;
        break;
      case FindingStatus::invalid:
        ++counts.invalid;
        break;
    }
  }
  return counts;
}

std::optional<std::chrono::nanoseconds> median_wall(const RunRecord& record) {
  std::vector<double> values;
  for (const auto wall : walls(measured_boots(record))) {
    values.push_back(static_cast<double>(wall.count()));
  }
  if (values.empty()) return std::nullopt;
  // Exact: a double holds the nanoseconds of a hundred days. A file may say more than a count
  // holds.
  constexpr double kMost = 9.2e18;
  const double median = std::min(stats::median(values), kMost);
  return std::chrono::nanoseconds{static_cast<std::int64_t>(median)};
}

std::optional<std::chrono::nanoseconds> total_wall(const RunRecord& record) {
  const auto times = walls(record.boots);
  if (times.empty()) return std::nullopt;
  // A file may say of each that it took three hundred years: the sum is bounded.
  return std::accumulate(times.begin(), times.end(), std::chrono::nanoseconds{0},
                         [](std::chrono::nanoseconds sum, std::chrono::nanoseconds time) {
                           return sum + std::min(time, std::chrono::nanoseconds::max() - sum);
                         });
}

std::optional<std::chrono::nanoseconds> first_byte(const Trace& trace) {
  const auto first =
      std::ranges::find_if(trace.marks, [](const SerialMark& mark) { return mark.size > 0; });
  if (first == trace.marks.end()) return std::nullopt;
  return first->at;
}

std::string interval_of_median(const MetricSamples& metric) {
  if (metric.samples.size() < 2) return "";
  const std::vector<double> values(metric.samples.begin(), metric.samples.end());
  const stats::Interval interval = stats::bootstrap_median(values);
  return number_text(interval.low) + " to " + number_text(interval.high);
}

std::string warm_up_text(const RunRecord& record) {
  constexpr std::size_t kMaxCount = 8;
  const std::vector<MetricSamples> all = warm_up_samples(record);
  if (all.empty()) return {};
  std::string text =
      fmt::format("Boot {} is warm-up, and in none of these: ", record.boots.front().index);
  for (std::size_t i = 0; i < std::min(all.size(), kMaxCount); ++i) {
    text += fmt::format("{}{} {} {}", i == 0 ? "" : ", ", all[i].name,
                        grouped(all[i].samples.front()), all[i].unit);
  }
  return text + (all.size() > kMaxCount ? ", ..." : ".");
}

std::string process_end(const Trace& trace) {
  std::string text = "not observed";
  if (trace.exit_signal) {
    text = fmt::format("signal {}", *trace.exit_signal);
  } else if (trace.exit_status) {
    text = fmt::format("status {}", *trace.exit_status);
    // isa-debug-exit gives odd statuses; 1 is QEMU's own.
    if (*trace.exit_status > 1 && *trace.exit_status % 2 == 1) {
      text += fmt::format(", exit value 0x{:02X}", *trace.exit_status >> 1);
    }
  }
  if (trace.stop != StopReason::none) {
    text += fmt::format(", stopped: {}", kStopReasonNames[static_cast<std::size_t>(trace.stop)]);
  }
  return text;
}

namespace {

/// Each report asks for it, of logs of any size: summed up in bytes, which processors do sixteen at
/// a time, and only so many that a byte holds their number.
std::uint64_t newlines_in(std::string_view text) {
  constexpr std::size_t kMostInAByte = 255;
  std::uint64_t all = 0;
  while (!text.empty()) {
    const std::string_view block = text.substr(0, kMostInAByte);
    std::uint8_t found = 0;
    for (const char c : block) found = static_cast<std::uint8_t>(found + (c == '\n' ? 1 : 0));
    all += found;
    text.remove_prefix(block.size());
  }
  return all;
}

}  // namespace

std::string tail_of(std::string_view untrusted, std::size_t lines) {
  if (untrusted.ends_with('\n')) untrusted.remove_suffix(1);
  if (untrusted.empty()) return {};
  const std::size_t begin = untrusted.size() - last_lines(untrusted, lines).size();
  std::string text;
  if (begin != 0) {
    text =
        fmt::format("[… {} before]\n", count_of(newlines_in(untrusted.substr(0, begin)), "line"));
  }
  untrusted.remove_prefix(begin);
  for (;;) {
    const std::size_t end = untrusted.find('\n');
    text += printable_cut(untrusted.substr(0, end)) + "\n";
    if (end == untrusted.npos) return text;
    untrusted.remove_prefix(end + 1);
  }
}

namespace {

std::string upper_case(std::string word) {
  for (char& c : word) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return word;
}

}  // namespace

std::string verdict_word(VerdictKind kind) { return upper_case(std::string(verdict_name(kind))); }

bool is_worse_than_its_verdict(const RunRecord& record) {
  constexpr std::string_view kWorse[] = {"regression", "not_comparable", "inconclusive"};
  return record.verdict.kind == VerdictKind::pass &&
         std::ranges::find(kWorse, record.compared) != std::end(kWorse);
}

std::string verdict_word(const RunRecord& record) {
  return is_worse_than_its_verdict(record) ? upper_case(record.compared)
                                           : verdict_word(record.verdict.kind);
}

}  // namespace harness
