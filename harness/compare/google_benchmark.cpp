// A file of Google Benchmark can hold a quarter of a million benchmarks in 50 MB: it is read in one
// pass, names are looked up in tables, and of an entry nothing is kept but its numbers.
#include "compare/google_benchmark.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <unordered_set>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "compare/google_benchmark_entry.h"
#include "compare/series_index.h"
#include "compare/units.h"
#include "formats/units.h"
#include "model/record.h"

namespace harness {
namespace {

constexpr char kRealTime[] = "real_time", kCpuTime[] = "cpu_time";

[[noreturn]] void refuse_file(const std::string& file, const std::string& what) {
  throw Error(file + ": " + what, "write it again with --benchmark_out=FILE",
              ExitStatus::invalid_data);
}

/// What makes two sides comparable, as far as the file says it.
constexpr std::array kConditions = {"host_name", "num_cpus", "library_build_type", "conditions"};
constexpr char kNoName[] = "(counter without a name)";
constexpr char kAggregatesOnly[] = "it has aggregates only, and samples are needed";

/// The file, put together from what read_json() meets.
class BenchmarkReader : public JsonVisitor {
 public:
  /// `on_entry` is called for each entry as it ends, and may keep what is in it.
  explicit BenchmarkReader(std::function<void(BenchmarkEntry& entry)> on_entry)
      : on_entry_(std::move(on_entry)) {}
  void enter(char bracket) override {
    const bool of_root = levels_.size() == 1;
    if (of_root && key_ == "\"context\"" && bracket == '{') has_context_ = true;
    if (of_root && key_ == "\"benchmarks\"" && bracket == '[') has_benchmarks_ = true;
    const bool is_entry = levels_.size() == 2 && levels_.back() == "\"benchmarks\"";
    not_an_entry_ |= is_entry && bracket != '{';
    if (is_entry) entry_.clear();
    levels_.push_back(key_);
    key_ = {};
  }
  void leave() override {
    levels_.pop_back();
    if (levels_.size() == 2 && levels_.back() == "\"benchmarks\"") on_entry_(entry_);
  }
  void key(std::string_view raw) override { key_ = raw; }
  void scalar(std::string_view raw) override {
    if (levels_.size() == 2 && levels_.back() == "\"context\"") context[json_text(key_)] = raw;
    if (levels_.size() < 2 || levels_[1] != "\"benchmarks\"") return;
    if (levels_.size() == 2) not_an_entry_ = true;
    if (levels_.size() == 3) entry_.take(key_, raw);
  }

  [[nodiscard]] bool has_context() const { return has_context_; }
  [[nodiscard]] bool has_shape() const { return has_context_ && has_benchmarks_; }
  [[nodiscard]] bool has_other_entries() const { return not_an_entry_; }
  [[nodiscard]] std::string context_text(const std::string& key) const {
    const auto at = context.find(key);
    return at == context.end() ? std::string() : json_text(at->second);
  }

  std::map<std::string, std::string_view> context;  // raw

 private:
  std::function<void(BenchmarkEntry& entry)> on_entry_;
  BenchmarkEntry entry_;                  // that is being read
  std::vector<std::string_view> levels_;  // the keys of what is open
  std::string_view key_;
  bool has_context_ = false, has_benchmarks_ = false, not_an_entry_ = false;
};

constexpr std::string_view kAggregates[] = {"_mean", "_median", "_stddev", "_cv", "_min", "_max"};

/// Files from before `run_type`: "BM_a_mean" beside "BM_a", or beside the two others that the
/// library made with it, is an aggregate.
class OldAggregates {
 public:
  explicit OldAggregates(const std::vector<BenchmarkEntry>& entries) {
    for (const BenchmarkEntry& entry : entries) {
      if (entry.run_type.empty()) names_.insert(entry.name);
    }
  }
  [[nodiscard]] bool has(const BenchmarkEntry& entry) const {
    if (!entry.run_type.empty()) return false;
    for (const std::string_view suffix : kAggregates) {
      if (!entry.name.ends_with(suffix)) continue;
      const std::string base = entry.name.substr(0, entry.name.size() - suffix.size());
      const auto is = [&](std::string_view end) {
        return names_.contains(base + std::string(end));
      };
      return is("") || (is("_mean") && is("_median") && is("_stddev"));
    }
    return false;
  }

 private:
  std::unordered_set<std::string_view> names_;
  // Names that are looked up are made anew: a view of them must not outlive the question.
};

/// Benchmarks as series, in the order of their first entries.
class CollectedBenchmarks {
 public:
  /// About so many `entries` will come.
  CollectedBenchmarks(const BenchmarkReader& file, std::size_t entries)
      : ours_(file.context.contains("conditions")), unit_(file.context_text("unit")) {
    series_.reserve(2 * entries);  // most have real_time and cpu_time
    by_name_.reserve(entries);
  }

  void add(const BenchmarkEntry& entry) {
    const std::string& name = entry.run_name.empty() ? entry.name : entry.run_name;
    Benchmark& benchmark = benchmark_of(name, entry);
    const std::string unit = unit_.empty() ? entry.time_unit : unit_;
    ++benchmark.entries;
    benchmark.announced = std::max(benchmark.announced, entry.repetitions);
    const std::string fault = fault_of(entry);
    Series& main = series_of(benchmark, kRealTime, unit);
    if (entry.skipped) {
      main.skipped =
          entry.skip_message.empty() ? std::string("without a message") : entry.skip_message;
      ++benchmark.skipped;
    } else if (!fault.empty()) {
      main.fault = fault;
    } else {
      add_sample(main, entry.real_time.value_or(0), unit);  // fault_of() asks for it
      if (entry.cpu_time && !ours_) {
        add_sample(series_of(benchmark, kCpuTime, unit), *entry.cpu_time, unit);
      }
      for (const auto& [counter, value] : entry.counters) {
        const std::string of = unit_of_counter(counter);
        add_sample(series_of(benchmark, counter.empty() ? kNoName : counter, of), value, of);
      }
    }
  }

  /// A row of an aggregate: its benchmark must be known, even if it has no other row.
  void add_aggregate(const BenchmarkEntry& entry) {
    if (entry.run_name.empty()) return;
    Benchmark& benchmark = benchmark_of(entry.run_name, entry);
    series_of(benchmark, kRealTime, unit_.empty() ? entry.time_unit : unit_);
  }

  std::vector<Series> take() && {
    for (const Benchmark& one : benchmarks_) {
      Series& main = series_[one.main];
      if (one.entries == 0) {
        main.fault = kAggregatesOnly;
        continue;
      }
      if (one.skipped == 0 && main.fault.empty()) main.announced = one.announced;
      if (one.skipped == 0 || one.skipped == one.entries) continue;
      main.fault = fmt::format("{} of {} repetitions were skipped: {}", one.skipped, one.entries,
                               *main.skipped);
      main.skipped.reset();
    }
    return std::move(series_);
  }

 private:
  static constexpr std::size_t kNone = SIZE_MAX;
  struct Benchmark {
    std::string name;
    std::size_t main = kNone, entries = 0, skipped = 0;
    std::uint64_t announced = 0;         // repetitions
    std::size_t second = kNone;          // of series_: its cpu_time, mostly
    std::vector<std::size_t> more = {};  // and others
    std::uint64_t family = 0, instance = 0;
    std::size_t next = kNone;  // of the same name
  };

  /// Of several benchmarks of one name the second and later ones get a number.
  Benchmark& benchmark_of(std::string_view name, const BenchmarkEntry& entry) {
    const auto first = by_name_.find(name);
    const bool is_new = first == by_name_.end();
    std::size_t count = 1;
    for (std::size_t i = is_new ? 0 : first->second; !is_new; i = benchmarks_[i].next) {
      Benchmark& one = benchmarks_[i];
      if (one.family == entry.family && one.instance == entry.instance) return one;
      ++count;
      if (one.next != kNone) continue;
      one.next = benchmarks_.size();
      break;
    }
    Benchmark& added = benchmarks_.emplace_back();
    added.name = count == 1 ? std::string(name) : fmt::format("{} ({})", name, count);
    added.family = entry.family;
    added.instance = entry.instance;
    if (is_new) by_name_.emplace(added.name, benchmarks_.size() - 1);
    return added;
  }

  Series& series_of(Benchmark& benchmark, const std::string& kind, const std::string& unit) {
    for (const std::size_t part : {benchmark.main, benchmark.second}) {
      if (part != kNone && series_[part].kind == kind) return series_[part];
    }
    for (const std::size_t part : benchmark.more) {
      if (series_[part].kind == kind) return series_[part];
    }
    const bool is_main = benchmark.main == kNone;
    if (is_main) {
      benchmark.main = series_.size();
    } else if (benchmark.second == kNone) {
      benchmark.second = series_.size();
    } else {
      benchmark.more.push_back(series_.size());
    }
    series_.push_back({.name = is_main ? benchmark.name : benchmark.name + " " + kind,
                       .unit = unit,
                       .better = is_time(kind) ? better_of(unit) : better_of_counter(kind),
                       .noisy = unit != unit_of(ClockKind::counted) && unit != kTicks,
                       .samples = {},
                       .fault = {}});
    series_.back().kind = kind;
    series_.back().of_file = !ours_;
    series_.back().is_part = !is_main;
    return series_.back();
  }

  static bool is_time(const std::string& kind) { return kind == kRealTime || kind == kCpuTime; }

  static std::string fault_of(const BenchmarkEntry& entry) {
    if (entry.error) return "it stopped with an error: " + entry.error_message;
    if (!entry.real_time) return "it has no real_time that is a number";
    if (entry.iterations && *entry.iterations == 0) return "it ran no iteration";
    return {};
  }

  static void add_sample(Series& series, double value, const std::string& unit) {
    if (series.unit == unit) {
      series.samples.push_back(value);
    } else if (const auto converted = converted_number(value, unit, series.unit)) {
      series.samples.push_back(*converted);
    } else {
      series.fault = "its repetitions have different units";
    }
  }

  /// "bytes_per_second" is in bytes/s; other counters do not say what they are in.
  static std::string unit_of_counter(const std::string& counter) {
    constexpr std::string_view kRate = "_per_second";
    if (!counter.ends_with(kRate)) return {};
    return counter.substr(0, counter.size() - kRate.size()) + "/s";
  }
  static Direction better_of_counter(const std::string& counter) {
    // Of the memory manager; the others are told by what their names say.
    constexpr std::string_view kMemory[] = {"allocs_per_iter", "max_bytes_used",
                                            "total_allocated_bytes", "net_heap_growth"};
    for (const std::string_view one : kMemory) {
      if (counter == one) return Direction::lower;
    }
    const Direction better = better_of(counter);
    // A counter called "s" or "calls" need not be one.
    return better == Direction::higher ? better : Direction::neither;
  }

  bool ours_;
  std::string unit_;  // of all times, in files that we wrote
  std::vector<Series> series_;
  std::deque<Benchmark> benchmarks_;  // whose names stay where they are
  ByName<std::size_t> by_name_;       // the first of each name
};

/// Room that is not used costs nothing, but even a hostile file must not ask for all there is.
std::size_t about_entries_in(std::string_view text) {
  constexpr std::size_t kMost = 400'000;
  return std::min<std::size_t>(kMost, static_cast<std::size_t>(std::ranges::count(text, '{')));
}

ComparedFingerprint fingerprint_of(const BenchmarkReader& file) {
  ComparedFingerprint print;
  for (const char* key : kConditions) {
    if (file.context.contains(key)) print.emplace_back(key, file.context_text(key));
  }
  return print;
}

}  // namespace

bool is_benchmark_condition(std::string_view name) {
  return std::ranges::find(kConditions, name) != kConditions.end();
}

bool is_google_benchmark(const JsonRoot& file) {
  return file.has("context") && file.has("benchmarks");
}

Measurements measurements_of_google_benchmark(std::string_view text, const std::string& name) {
  std::optional<CollectedBenchmarks> collected;
  std::vector<BenchmarkEntry> kept;
  bool has_nameless = false, is_empty = true;
  const auto collect = [&](const BenchmarkEntry& entry) {
    if (entry.complexity) return;
    if (entry.run_type == "aggregate") {
      collected->add_aggregate(entry);
    } else {
      collected->add(entry);
    }
  };
  BenchmarkReader file([&](BenchmarkEntry& entry) {
    is_empty = false;
    has_nameless |= entry.name.empty() && entry.run_name.empty();
    // What an old one is shows only beside all others, and what a number is in, by the context. All
    // that follow wait with it: the order stays.
    if (!kept.empty() || entry.run_type.empty() || !file.has_context()) {
      kept.push_back(std::move(entry));
      return;
    }
    if (!collected) collected.emplace(file, about_entries_in(text));
    collect(entry);
  });
  const std::string fault = read_json(without_byte_order_mark(text), file);
  if (!fault.empty()) refuse_file(name, fault);
  if (!file.has_shape()) refuse_file(name, "is not a file of Google Benchmark");
  if (file.has_other_entries()) refuse_file(name, "an entry of 'benchmarks' is no object");
  const std::string executable = file.context_text("executable");
  Measurements all{.scenario = executable.empty() ? name : executable,
                   .source = name,
                   .fingerprint = fingerprint_of(file),
                   .series = {},
                   .fault = {}};
  all.started_at = file.context_text("date");
  if (has_nameless) refuse_file(name, "an entry of 'benchmarks' has no name");
  if (!collected) collected.emplace(file, kept.size());
  const OldAggregates old(kept);
  for (const BenchmarkEntry& entry : kept) {
    if (!old.has(entry)) collect(entry);
  }
  all.series = std::move(*collected).take();
  const auto aggregates = [](const Series& one) { return one.fault == kAggregatesOnly; };
  if (std::ranges::all_of(all.series, aggregates) && !is_empty) {
    all.series.clear();
    all.fault =
        fmt::format("{}: make it without --benchmark_report_aggregates_only", kAggregatesOnly);
  }
  return all;
}

}  // namespace harness
