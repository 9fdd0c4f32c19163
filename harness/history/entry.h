// One run as the history keeps it: what was run, where, on which commit, and every sample of every
// number. Plain data; the database and the exchange format hold exactly this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/record.h"
#include "record/summary.h"

namespace harness::history {

/// The revision of the sources that were measured. `commit` is empty where it is not known.
struct Revision {
  std::string commit;
  bool dirty = false;  // tracked files differed from the commit
  friend bool operator==(const Revision&, const Revision&) = default;
};

struct Sample {
  std::uint64_t boot = 1;  // counted from 1
  std::uint64_t value = 0;
  friend bool operator==(const Sample&, const Sample&) = default;
};

/// Where a number came from: those of record/summary.h in its order, then what a run has besides.
enum class Source {
  timing,
  bench,
  profile,
  metric,
  phase,
  found,
  found_lower,
  found_higher,
  memory,  // of [MEMORY]
  size     // of the build: the same in each boot
};
static_assert(static_cast<int>(Source::found_higher) ==
              static_cast<int>(NumberSource::found_higher));
inline constexpr const char* kSourceNames[] = {"timing", "bench", "profile",     "metric",
                                               "phase",  "found", "found-lower", "found-higher",
                                               "memory", "size"};

/// One named number of a run, under the name and the unit that it is compared under.
struct EntryMetric {
  Source source = Source::metric;
  std::string name, unit;
  std::vector<Sample> samples;  // boots rise; never empty
  friend bool operator==(const EntryMetric&, const EntryMetric&) = default;
};

struct Entry {
  /// 64 lower-case hexadecimal digits, made from the bytes and times of the run's boots: the same
  /// run is kept once, however often it is added.
  std::string identity;
  std::string scenario;
  std::string started_at;  // UTC, "2026-01-02T03:04:05Z"
  std::string uniharness_version;
  VerdictKind verdict = VerdictKind::pass;
  Revision revision;
  Fingerprint fingerprint;
  /// Whether its firmware waited for a disk, so that no gate judges what came before the kernel.
  /// Unset: an entry of before this was kept, and memory and sizes with it.
  std::optional<bool> waits_for_disk = {};
  std::vector<EntryMetric> metrics;
};

/// Entry::identity of that run: of what a replay does not change. Checks and verdict may, bytes and
/// times do not.
std::string identity_of(const RunRecord& record);

/// What the history keeps of `record`. Pure. Throws Error (invalid_data) where the record has no
/// scenario, or no start time of the form above.
Entry entry_of(const RunRecord& record, const Revision& revision);
/// The same of a record whose first `warm_up` boots are in no number: 0 where whoever booted has
/// taken them away.
Entry entry_of(const RunRecord& record, const Revision& revision, std::size_t warm_up);

/// Whether `text` is a time as Entry::started_at is.
bool is_time(std::string_view text);
/// Whether `text` consists of `size` lower-case hexadecimal digits.
bool is_hex(std::string_view text, std::size_t size);

}  // namespace harness::history
