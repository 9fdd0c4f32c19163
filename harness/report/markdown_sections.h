// The sections of report.md below the verdict and the checks. Each is Markdown with its heading
// and ends in a newline, or empty where the run has nothing to show in it. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/record.h"

namespace harness {

/// What one section may take at most, about: a table's rows, a block of code, one cell.
inline constexpr std::size_t kTableBytes = 9'000, kBlockBytes = 8'000, kCellBytes = 600;
inline constexpr std::string_view kWholeReport = "report.html";

/// Untrusted text of any length for one cell or sentence.
std::string markdown_cell(std::string_view untrusted);

/// What ran, on what, when.
std::string facts_section(const RunRecord& record);
std::string tests_section(const RunRecord& record);
/// Of a run that did not pass: the first tests that failed, with what was printed for them.
std::string failed_tests_section(const RunRecord& record);
std::string boots_section(const RunRecord& record);
/// What was made of what, where the guest tells (wire/stage.h).
std::string stages_section(const RunRecord& record, const BootRecord& boot);
std::string curves_section(const RunRecord& record, const BootRecord& boot);
/// power_cuts.cpp: each place where the power was cut, and the failures with their disks.
std::string power_cuts_section(const RunRecord& record);

/// Every number over all boots: one value where the clock is counted and all boots agree, else
/// lowest, median, highest and spread.
std::string measurements_section(const RunRecord& record);
/// The profile of one boot, with the lowest and highest call.
std::string profile_section(const RunRecord& record, const BootRecord& boot);
std::string memory_section(const RunRecord& record, const BootRecord& boot);
std::string sizes_section(const Sizes& sizes);

std::string screen_section(const RunRecord& record, const BootRecord& boot);
/// For a run that did not pass: panics, damaged lines and the end of the serial log.
std::string evidence_section(const BootRecord& boot);
std::string qemu_messages_section(const RunRecord& record);
std::string reproduce_section(const RunRecord& record);

}  // namespace harness
