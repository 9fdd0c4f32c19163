// report.md: the verdict first, then what was checked, then the evidence, then every figure.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/format.h"
#include "base/listing.h"
#include "base/ranked.h"
#include "model/verdict.h"
#include "page/markdown_text.h"
#include "report/crash.h"
#include "report/digest.h"
#include "report/facts.h"
#include "report/markdown_sections.h"
#include "report/report.h"

namespace harness {
namespace {

std::string_view symbol(FindingStatus status) {
  switch (status) {
    case FindingStatus::pass:
      return "✓";
    case FindingStatus::fail:
      return "✗";
    case FindingStatus::invalid:
      return "?";
  }
  return "?";
}

std::string headline(const RunRecord& record) {
  const VerdictKind kind = record.verdict.kind;
  const std::string meaning =
      markdown_text(kVerdictTable[static_cast<std::size_t>(kind)].meaning) + ".";
  const std::string word = markdown_text(verdict_word(record));
  if (is_worse_than_its_verdict(record)) {
    const std::string why = markdown_text(shortened(record.compared_why, kReasonBytes));
    return fmt::format(
        "# {}: {}\n\n**{}**: {}{}he run itself passed its checks; its numbers did not pass the "
        "gate.\n",
        markdown_text(record.scenario), word, word, why, why.empty() ? "t" : "\n\nT");
  }
  std::string text = fmt::format("# {}: {}\n\n", markdown_text(record.scenario), word);
  // The reason of this run comes before what such a verdict means in general.
  if (record.verdict.reason.empty()) return text + fmt::format("**{}**: {}\n", word, meaning);
  text += fmt::format("**{}**: {}\n", word,
                      markdown_text(shortened(head_reason(record), kReasonBytes)));
  return text + fmt::format("\nWhat {} means: {}\n", word, meaning);
}

/// "22 of 24 checks passed, 1 failed, 1 without valid data · 2 boots in 164.5 ms · i386 pc, ..."
std::string figures_line(const RunRecord& record) {
  std::string text = checks_text(record) + " · " + boots_text(record);
  const std::string platform = markdown_text(platform_of(record.fingerprint));
  if (!platform.empty()) text += " · " + platform;
  text += fmt::format(" · numbers of the guest in {}\n", unit_of(record));
  std::string origin;
  for (const OriginFact& fact : origin_facts(record)) {
    const std::string words = markdown_text(fact.text);
    origin += origin.empty() ? "" : " · ";
    origin += fact.address.empty() ? words : fmt::format("[{}]({})", words, fact.address);
  }
  return text + (origin.empty() ? "" : "\n" + origin + "\n");
}

std::string checks_section(const RunRecord& record) {
  std::vector<std::vector<std::string>> rows;
  for (const Finding& finding : record.findings) {
    std::string reason = markdown_cell(finding.reason);
    if (finding.status != FindingStatus::pass && !finding.at.file.empty()) {
      reason += fmt::format("{}({})", reason.empty() ? "" : " ", markdown_text(finding.at.text()));
    }
    rows.push_back({std::string(symbol(finding.status)), markdown_cell(finding.check),
                    markdown_cell(finding.figure), std::move(reason)});
  }
  if (rows.empty()) return {};
  // A column that nothing fills would only squeeze the others.
  const CheckCounts counts = count_checks(record);
  if (counts.failed + counts.invalid != 0) {
    // Where not all fit, those that failed do.
    rows = ranked(std::move(rows), [](const auto& row) { return row[0] == "✓"; });
    return "## Checks\n\n" + markdown_table_within({{""}, {"Check"}, {"Measured"}, {"Why not"}},
                                                   rows, kTableBytes, kWholeReport);
  }
  for (auto& row : rows) row.pop_back();
  return "## Checks\n\n" +
         markdown_table_within({{""}, {"Check"}, {"Measured"}}, rows, kTableBytes, kWholeReport);
}

std::string joined(const std::vector<std::string>& sections) {
  std::string text;
  for (const std::string& section : sections) {
    if (section.empty()) continue;
    if (!text.empty()) text += '\n';
    text += section;
  }
  return text;
}

/// Sections until they fit: of those behind the first two the largest becomes a line that says so.
void shrink(std::vector<std::string>& sections, std::size_t most) {
  constexpr std::size_t kFirst = 2;
  const auto total = [&] {
    std::size_t sum = 0;
    for (const std::string& section : sections) sum += section.size() + 1;
    return sum;
  };
  for (std::size_t i = kFirst; i < sections.size() && total() > most; ++i) {
    const auto largest =
        std::ranges::max_element(sections.begin() + kFirst, sections.end(), {}, &std::string::size);
    const std::string title = largest->substr(0, largest->find('\n'));
    *largest = fmt::format("{}\n\nLeft out here, {}: {} has it.\n", title,
                           bytes_text(largest->size()), kWholeReport);
  }
}

}  // namespace

std::string render_markdown(const RunRecord& record) {
  return render_markdown(record, kMarkdownBytes);
}

std::string render_markdown(const RunRecord& record, std::size_t most) {
  return render_markdown(record, most, "");
}

std::string render_markdown(const RunRecord& record, std::size_t most,
                            const std::string& comparison) {
  const BootRecord* boot = shown_boot(record);
  const BootRecord none;
  const BootRecord& shown = boot ? *boot : none;
  const bool passed = record.verdict.kind == VerdictKind::pass;
  std::vector<std::string> sections = {headline(record),
                                       figures_line(record),
                                       comparison,
                                       checks_section(record),
                                       failed_tests_section(record),
                                       boot && !passed ? evidence_section(shown) : "",
                                       stages_section(record, shown),
                                       curves_section(record, shown),
                                       power_cuts_section(record),
                                       tests_section(record),
                                       measurements_section(record),
                                       profile_section(record, shown),
                                       memory_section(record, shown),
                                       sizes_section(record.sizes),
                                       boots_section(record),
                                       screen_section(record, shown),
                                       facts_section(record),
                                       qemu_messages_section(record),
                                       reproduce_section(record)};
  shrink(sections, most);
  return joined(sections);
}

}  // namespace harness
