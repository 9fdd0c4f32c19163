#include "summary_report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/format.h"
#include "base/text.h"
#include "compare/compare.h"
#include "record/summary.h"
#include "report/facts.h"

namespace harness::summary {
namespace {

constexpr std::size_t kMaxAcceptances = 3, kMaxItems = 12;

DocumentSection built_section(const RunRecord& record) {
  DocumentTable facts{{{"What"}, {"Value"}}, {}};
  facts.rows.push_back({"platform", platform_of(record.fingerprint)});
  if (!record.fingerprint.compiler.empty()) {
    facts.rows.push_back({"compiler", record.fingerprint.compiler});
  }
  Sizes sizes = record.sizes;
  sizes.archive.reset();  // with its debug information, which names the folder of the build
  for (const Fact& fact : size_facts(sizes)) facts.rows.push_back({fact.name, fact.value});
  facts.rows.push_back({"checks", checks_text(record)});
  facts.rows.push_back({"boots", grouped(record.boots.size())});
  return {"built", "What was built and checked", {std::move(facts)}};
}

DocumentSection measured_section(const RunRecord& record) {
  DocumentTable numbers{{{"Number"}, {"Value", true}, {"Unit"}}, {}};
  const std::vector<MetricSamples> samples = collect_samples(record);
  const std::vector<MetricSummary> all = summarize(record);  // in the same order
  for (std::size_t i = 0; i < all.size(); ++i) {
    const MetricSummary& metric = all[i];
    if (!is_exact(metric, record) || waits_for_disk(samples[i], record)) continue;
    numbers.rows.push_back({metric.name, grouped(metric.min), metric.unit});
  }
  DocumentSection section{"measured", "What was measured", {}};
  if (numbers.rows.empty()) return section;
  section.parts = {std::string("Counted by QEMU, the same in every boot."), std::move(numbers)};
  return section;
}

std::string number_or_none(const std::optional<double>& value) {
  return value ? number_text(*value) : std::string("none");
}

/// The newest changes that were accepted, and what the run has changed since.
DocumentSection changed_section(const RunRecord& record, const std::optional<Baseline>& baseline) {
  DocumentSection section{"changed", "What changed", {}};
  if (!baseline) return section;
  const Comparison now = compare(baseline->numbers, measurements_of(record, "this run"), {});
  std::size_t same = 0;
  DocumentTable since{{{"Number"}, {"Accepted", true}, {"Now", true}, {"Verdict"}}, {}};
  for (const ComparedNumber& row : now.rows) {
    if (row.change == Change::unchanged) {
      ++same;
    } else {
      since.rows.push_back({row.name, number_or_none(row.base), number_or_none(row.candidate),
                            change_name(row.change)});
    }
  }
  section.parts.emplace_back(fmt::format("Against the accepted numbers: {} unchanged, {} changed.",
                                         same, since.rows.size()));
  for (const std::string& fault : now.faults) section.parts.emplace_back(fault);
  if (!since.rows.empty()) section.parts.emplace_back(std::move(since));

  const auto& history = baseline->history;
  const std::size_t first = history.size() - std::min(history.size(), kMaxAcceptances);
  DocumentTable accepted{{{"Accepted on"}, {"Why"}, {"Number"}, {"Before", true}, {"After", true}},
                         {}};
  for (std::size_t i = history.size(); i-- > first;) {
    std::string date = history[i].date, why = history[i].why;  // once for all of its changes
    for (const AcceptedChange& change : history[i].changes) {
      accepted.rows.push_back({std::exchange(date, {}), std::exchange(why, {}), change.name,
                               number_or_none(change.old_value), number_or_none(change.new_value)});
    }
  }
  if (!accepted.rows.empty()) {
    section.parts.emplace_back(std::string("The last changes that somebody accepted, and why:"));
    section.parts.emplace_back(std::move(accepted));
  }
  return section;
}

DocumentSection next_section(const std::optional<Roadmap>& roadmap) {
  DocumentSection section{"next", "What is next", {}};
  if (!roadmap || roadmap->open.empty()) return section;
  DocumentList items;
  for (const RoadmapItem& item : roadmap->open) {
    if (items.items.size() == kMaxItems) break;
    items.items.push_back(item.heading.empty() ? item.text : item.heading + ": " + item.text);
  }
  const std::size_t left = roadmap->open.size() - items.items.size();
  section.parts.emplace_back(fmt::format("{} of {} items of the roadmap are done.", roadmap->done,
                                         roadmap->done + roadmap->open.size()));
  section.parts.emplace_back(std::move(items));
  if (left > 0) section.parts.emplace_back(fmt::format("And {} more.", left));
  return section;
}

}  // namespace

Document describe(const RunRecord& record, const std::optional<Baseline>& baseline,
                  const std::optional<Roadmap>& roadmap, const std::vector<std::string>& commands) {
  if (record.fingerprint.clock != ClockKind::counted) {
    throw Error(record.scenario + ": a summary shows counted numbers, but this run has none",
                "run it again: uniharness run " + record.scenario_file + " --clock counted",
                ExitStatus::invalid_data);
  }
  if (record.verdict.kind != VerdictKind::pass) {
    throw Error(record.scenario + ": the run did not pass: " + record.verdict.reason,
                "fix it first: uniharness run " + record.scenario_file, ExitStatus::invalid_data);
  }
  Document document;
  document.title = record.scenario + ": summary";
  if (!record.about.empty()) document.lead.push_back(record.about);
  document.sections = {built_section(record), measured_section(record),
                       changed_section(record, baseline), next_section(roadmap)};
  document.sections.push_back({"reproduce", "Make it again", {DocumentCommands{commands}}});
  return document;
}

}  // namespace harness::summary
