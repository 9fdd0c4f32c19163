// One side of a comparison: named numbers with their samples, and what makes them comparable. Made
// from a record, a baseline file or a Google Benchmark file. Plain data.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/boxed.h"
#include "compare/tolerance.h"
#include "model/record.h"
#include "record/summary.h"

namespace harness {

/// Which way is better. `neither`: every change that is larger than the tolerance is a regression,
/// until someone accepts it.
enum class Direction { lower, higher, neither };
const char* direction_name(Direction direction);
std::optional<Direction> direction_of(std::string_view name);

/// Which way is better for a number of that unit: less time, instructions and bytes, also of one of
/// something ("ns/op"); more of anything per second.
Direction better_of(std::string_view unit);
/// The same for a number of a run: as its scenario says, or else by the unit.
Direction better_of(const MetricSamples& metric);

/// Samples are up to 2^53 to be exact. A file can hold half a million: what few of them have is
/// boxed.
struct Series {
  std::string name, unit;
  Direction better = Direction::lower;
  bool noisy = false;           // compared by statistics; else all samples must be the same number
  std::vector<double> samples;  // one for each boot
  std::string fault;            // why these numbers cannot be used; empty where they can
  Boxed<Tolerance> tolerance = {};   // of a baseline: what it allows
  std::optional<double> limit = {};  // of a baseline: worse than this is a regression
  std::size_t announced = 0;         // samples that its file says there are; 0: it does not say
  Boxed<std::string> skipped = {};   // the benchmark said that it cannot run here: why; no samples
  // Of a benchmark that has several numbers (Google Benchmark): what this one is ("real_time",
  // "cpu_time", the name of a counter).
  std::string kind = {};
  bool is_part = false;  // and not its main number: called "MAIN KIND"
  bool of_file = false;  // of another program: else of boots that have shown to be whole
  bool runs = false;     // samples are one for each of several runs, the oldest first
  // When each of these runs began, in seconds since 1970; empty where one does not say.
  std::vector<double> begun = {};

  /// The name of the main number that it is a part of; empty where it is none.
  [[nodiscard]] std::string_view part_of() const {
    if (!is_part) return {};
    return std::string_view(name).substr(0, name.size() - std::min(name.size(), kind.size() + 1));
  }
};

/// Names and values that both sides must agree in. What is compared, the image, is not among them.
using ComparedFingerprint = std::vector<std::pair<std::string, std::string>>;
ComparedFingerprint compared_fingerprint(const Fingerprint& fingerprint);
/// Whether records say nothing of this condition where there is none, or were written before it.
bool is_optional_condition(std::string_view name);

struct Measurements {
  std::string scenario;  // or the program that was measured
  std::string source;    // where it came from, for messages
  ComparedFingerprint fingerprint;
  std::vector<Series> series;
  std::string fault;  // why nothing of it can be compared; empty where it can
  // Numbers that this side has and that are in no gate: on the other side they are not missed.
  std::vector<std::string> left_out = {};
  std::string note = {};        // what a reader of a comparison must know of this side; often empty
  std::string started_at = {};  // of a run; empty where it is not known
  // The commit of the sources it was measured at, "+" behind it where tracked files differed; empty
  // where that is not known.
  std::string commit = {};
};

/// All numbers of a run: those of record/summary.h, memory and sizes. Where the disk persists from
/// boot to boot, each boot's are numbers of their own: "NAME (boot 2)". A number that came twice in
/// a boot, that a boot lacks, or that cannot be (min over avg) has a fault; a run that did not pass
/// has one as a whole. Pure.
Measurements measurements_of(const RunRecord& record, std::string source);

/// Samples as series, under the names that measurements_of() gives them. A number that has not one
/// sample for each of the `boots` has a fault.
std::vector<Series> series_of(const std::vector<MetricSamples>& metrics, std::size_t boots,
                              ClockKind clock);

}  // namespace harness
