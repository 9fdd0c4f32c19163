#include "compare/google_benchmark_entry.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/json.h"
#include "base/text.h"

namespace harness {
namespace {

/// Members that are numbers, and neither counters nor of interest.
constexpr std::string_view kIgnored[] = {"\"repetition_index\"", "\"threads\""};
constexpr std::size_t kMaxCounters = 1000;

/// The value of a number; nothing for all else, NaN and Infinity included.
std::optional<double> number_of_json(std::string_view raw) {
  double value = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  const bool whole = error == std::errc{} && end == raw.data() + raw.size();
  return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::uint64_t count_of_json(std::string_view raw) {
  std::uint64_t value = 0;
  std::from_chars(raw.data(), raw.data() + raw.size(), value);
  return value;
}

bool is_string(std::string_view raw) { return raw.starts_with('"'); }

/// The text of a string, into the room that `text` has.
void assign(std::string& text, std::string_view raw) {
  if (contains(raw, "\\")) {
    text = json_text(raw);
  } else {
    text.assign(raw.substr(1, raw.size() - 2));
  }
}

struct TextMember {
  std::string_view key;
  std::string BenchmarkEntry::* member;
};
constexpr TextMember kTexts[] = {{"\"name\"", &BenchmarkEntry::name},
                                 {"\"run_name\"", &BenchmarkEntry::run_name},
                                 {"\"run_type\"", &BenchmarkEntry::run_type},
                                 {"\"time_unit\"", &BenchmarkEntry::time_unit},
                                 {"\"error_message\"", &BenchmarkEntry::error_message},
                                 {"\"skip_message\"", &BenchmarkEntry::skip_message}};
struct NumberMember {
  std::string_view key;
  std::optional<double> BenchmarkEntry::* member;
};
constexpr NumberMember kNumbers[] = {{"\"real_time\"", &BenchmarkEntry::real_time},
                                     {"\"cpu_time\"", &BenchmarkEntry::cpu_time},
                                     {"\"iterations\"", &BenchmarkEntry::iterations}};

}  // namespace

void BenchmarkEntry::clear() {
  for (const TextMember& text : kTexts) (this->*text.member).clear();
  time_unit = "ns";
  for (const NumberMember& number : kNumbers) (this->*number.member).reset();
  family = instance = repetitions = 0;
  error = skipped = complexity = false;
  counters.clear();
}

void BenchmarkEntry::take(std::string_view key, std::string_view raw) {
  if (is_string(raw)) {
    const auto* text = std::ranges::find(kTexts, key, &TextMember::key);
    if (text != std::end(kTexts)) assign(this->*text->member, raw);
    if (key == "\"skipped\"") skipped = raw != "\"\"";
    complexity |= key == "\"big_o\"";
    return;
  }
  const auto* number = std::ranges::find(kNumbers, key, &NumberMember::key);
  if (number != std::end(kNumbers)) {
    this->*number->member = number_of_json(raw);
  } else if (key == "\"family_index\"") {
    family = count_of_json(raw);
  } else if (key == "\"repetitions\"") {
    repetitions = count_of_json(raw);
  } else if (key == "\"per_family_instance_index\"") {
    instance = count_of_json(raw);
  } else if (key == "\"error_occurred\"") {
    error = raw == "true";
  } else if (key == "\"skipped\"") {
    skipped = raw == "true";
  } else if (key == "\"rms\"" || key == "\"cpu_coefficient\"" || key == "\"real_coefficient\"") {
    complexity = true;
  } else if (std::ranges::find(kIgnored, key) != std::end(kIgnored)) {
    return;
  } else if (const auto value = number_of_json(raw)) {
    if (counters.size() < kMaxCounters) counters.emplace_back(json_text(key), *value);
  }
}

}  // namespace harness
