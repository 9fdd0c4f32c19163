// Every number of a run over its boots: count, min, median, spread. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/record.h"

namespace harness {

/// The kind of line a number came from: a [TIMING] and a [METRIC] of one name are two numbers.
/// What `metrics:` found says in its source which way is better, where the scenario does: so a
/// history knows it, too.
enum class NumberSource { timing, bench, profile, metric, phase, found, found_lower, found_higher };
/// Whether it was measured by the guest in a way of its own: under the host clock such a number is
/// as noisy as time, whatever its unit.
constexpr bool is_found(NumberSource source) { return source >= NumberSource::found; }

/// A phase "init" is the number "phase init"; all of a boot together are "phases, total".
inline constexpr char kPhasePrefix[] = "phase ";
inline constexpr char kPhaseTotal[] = "phases, total";
/// What a guest that was halted executed in a whole boot, firmware with it: its clock does not show
/// that. By QEMU's own count.
inline constexpr char kWholeBoot[] = "instructions, whole boot";

/// What is compared and kept besides the lines of the guest: of each boot's [MEMORY], and of the
/// build. All in bytes.
inline constexpr std::pair<const char*, std::uint64_t Memory::*> kMemoryNumbers[] = {
    {"heap_peak", &Memory::heap_peak}, {"stack_used", &Memory::stack_used}};
inline constexpr std::pair<const char*, std::optional<std::uint64_t> Sizes::*> kSizeNumbers[] = {
    {"size loaded", &Sizes::loaded},
    {"size app", &Sizes::app},
    {"size library", &Sizes::library},
    {"size bss", &Sizes::bss}};

/// What is compared and kept of a [PROFILE] section, by name. By host time the first call pays for
/// the translation of its code: where the guest says how long it took, it is a number of its own,
/// and the average is of the calls after it. A count has no such share.
std::vector<std::pair<std::string, std::uint64_t>> numbers_of(const Profile& profile,
                                                              ClockKind clock);
inline constexpr char kAverage[] = " avg", kFirst[] = " first",
                      kAverageAfterFirst[] = " avg after first";

/// One named number, a sample for each boot that said it.
struct MetricSamples {
  NumberSource source;
  std::string name, unit;
  std::vector<std::uint64_t> samples;
};
/// How many boots at the start are warm-up: under the host clock the first of three or more, which
/// finds files, caches and the processor's clock cold. It is kept and shown, and is in no number.
std::size_t warm_up_boots(const RunRecord& record);
/// The boots that numbers are made of: all behind the warm-up.
std::span<const BootRecord> measured_boots(const RunRecord& record);

/// Where the disk persists, no two boots begin with the same one, and the numbers of each are its
/// own: what their names end in, " (boot 2)". Empty for other runs, and where there is one boot.
std::string boot_name_end(const RunRecord& record, const BootRecord& boot);
/// The name without that.
std::string_view without_boot_name_end(std::string_view name);

/// Those that summarize() is about, in the same order.
std::vector<MetricSamples> collect_samples(const RunRecord& record);
/// What the boots of the warm-up gave; empty where there was none.
std::vector<MetricSamples> warm_up_samples(const RunRecord& record);

/// Whether a number depends on how long firmware waits for the disk, which not even the counted
/// clock makes the same twice: what comes before the kernel, and the whole with it. It is measured
/// and shown, but no gate can be built on it. So is kWholeBoot where it differs between boots.
bool waits_for_disk(const MetricSamples& metric, const RunRecord& record);

/// Whether a number is shown and in no gate: one that waits for the disk, and under the counted
/// clock what runs before the kernel, which changes with the firmware and not with the guest, and
/// the whole with it.
bool is_in_no_gate(const MetricSamples& metric, const RunRecord& record);

/// Whether a counted number is one: every boot gave it, and gave the same.
bool is_exact(const MetricSummary& metric, const RunRecord& record);

/// One summary per named number ([TIMING], [BENCH], [PROFILE] avg and total, [METRIC],
/// what `metrics:` found, [PHASE]) in
/// the order of first appearance. Boots that lack a number simply have fewer samples of it.
std::vector<MetricSummary> summarize(const RunRecord& record);

}  // namespace harness
