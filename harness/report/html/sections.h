// The sections of report.html, one function each. A section with no body is not shown. Pure.
#pragma once

#include <cstddef>

#include "model/record.h"
#include "page/markup.h"
#include "report/facts.h"

namespace harness::html {

/// The verdict of a run, or what a gate made of it, in its colour.
Markup verdict_badge(const RunRecord& record);

/// The verdict, why, and the outline of the run: the head of the page.
Markup headline(const RunRecord& record);

PageSection checks_section(const RunRecord& record);
/// For a run that did not pass: panics, damaged lines, the end of the serial output.
PageSection evidence_section(const RunRecord& record, const BootRecord& boot);
PageSection tests_section(const RunRecord& record);
/// Each place where the power was cut, and the failures with their disks.
PageSection power_cuts_section(const RunRecord& record);

/// What the guest made and how fast, and its text (report/rates.h).
PageSection made_section(const RunRecord& record, const BootRecord& boot);

/// The profile of one boot, what costs most first.
PageSection profile_section(const RunRecord& record, const BootRecord& boot);
/// Shares of it as bars: own time, and that of numbered families.
Markup shares_picture(const std::vector<Profile>& profiles);
/// Every number over all boots, with its interval where it has several values.
PageSection numbers_section(const RunRecord& record);
PageSection memory_section(const RunRecord& record, const BootRecord& boot);

/// What was made of what, where the guest tells (wire/stage.h).
PageSection stages_section(const RunRecord& record, const BootRecord& boot);
/// Numbers that came one after another, where the guest tells (wire/curve.h).
PageSection curves_section(const RunRecord& record, const BootRecord& boot);

/// The phases of one boot as a waterfall, and a row for each boot.
PageSection boots_section(const RunRecord& record, const BootRecord& boot);

/// How much of a serial log is put into a page; head and tail get half each.
struct LogLimits {
  std::size_t lines = 20'000;
  std::size_t markup = 3 << 20;  // bytes of markup
  std::size_t line = 4'000;      // bytes of the guest in one line
};
/// Both must live until the page is made: the rows are written then.
PageSection log_section(const RunRecord& record, const BootRecord& boot,
                        const LogLimits& limits = {});

PageSection screen_section(const RunRecord& record, const BootRecord& boot);

PageSection reproduce_section(const RunRecord& record);
PageSection facts_section(const RunRecord& record);

/// JSON for charts.js: every number that has several values over the boots. Empty where there is
/// none, and so nothing to draw.
std::string chart_data(const RunRecord& record);

/// "(boot 2)" behind what comes from one boot of several, else "".
std::string of_boot(const RunRecord& record, const BootRecord& boot);
/// A table of two columns.
Markup fact_table(const std::vector<Column>& columns, const std::vector<Fact>& facts);

}  // namespace harness::html
