// What every report needs to know of a run and the record does not say directly. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/record.h"
#include "record/summary.h"

namespace harness {

/// True if this boot ended as the scenario asks ("ending: panic"); where it asks for nothing, if it
/// passed or skipped.
bool ending_accepted(const RunRecord& record, const BootRecord& boot);

/// The boot to show: the first that did not end as expected, else the first that was measured.
/// nullptr: no boot.
const BootRecord* shown_boot(const RunRecord& record);

/// The title of what comes from one boot of several: "Screen (boot 2)".
std::string title_of_boot(std::string_view title, const RunRecord& record, const BootRecord& boot);

/// One [TEST] over all boots that reported it.
struct TestOverBoots {
  TestResult shown;  // as the worst boot reported it: fail before skip before pass
  std::uint64_t boot = 1;
  std::uint64_t reports = 0;  // boots that reported it
};
/// In the order of first appearance.
std::vector<TestOverBoots> tests_over_boots(const RunRecord& record);

/// Of tests_over_boots() those that failed, where the run did not pass.
std::vector<TestOverBoots> failed_tests_of(const RunRecord& record);
/// The boot of that index, which is one of the record's.
const BootRecord& boot_of(const RunRecord& record, std::uint64_t index);

struct CheckCounts {
  std::size_t passed = 0, failed = 0, invalid = 0;
};
CheckCounts count_checks(const RunRecord& record);

/// Time of boots that were timed; unset where none was (a replayed serial log). The median is that
/// of the measured boots (record/summary.h).
std::optional<std::chrono::nanoseconds> median_wall(const RunRecord& record);
std::optional<std::chrono::nanoseconds> total_wall(const RunRecord& record);
/// From the start of QEMU to the first serial byte.
std::optional<std::chrono::nanoseconds> first_byte(const Trace& trace);

/// The 95 % interval of the median by the bootstrap: "12.5 to 13"; empty for fewer than two
/// samples.
std::string interval_of_median(const MetricSamples& metric);

/// What the warm-up gave, as untrusted text: "Boot 1 is warm-up, and in none of these: Init 4,711
/// cycles, ..."; empty where there was none.
std::string warm_up_text(const RunRecord& record);

/// How the QEMU process ended, in words: "status 33, exit value 0x10", "signal 9, wall_limit".
std::string process_end(const Trace& trace);

/// The last `lines` lines, printable, long ones cut; a first line says what was left out. Empty
/// for no text.
std::string tail_of(std::string_view untrusted, std::size_t lines);

/// The verdict's name as a headline: "PASS", "INVALID_DATA".
std::string verdict_word(VerdictKind kind);
/// The same of a run; where it passed and a gate found that its numbers got worse or do not
/// compare, that: "REGRESSION".
std::string verdict_word(const RunRecord& record);
/// Whether verdict_word() is a gate's.
bool is_worse_than_its_verdict(const RunRecord& record);

/// "All 157 states were tried: 120 disks, each booted once. ...": what was tried of one boot, and
/// how far that goes.
std::string power_cuts_text(const PowerCuts& cuts);

}  // namespace harness
