// index.html of a suite: how many ended in which way, what went wrong with its evidence, and all
// instances in a table that can be sorted and filtered, each with the way to its report.
#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "base/listing.h"
#include "base/ranked.h"
#include "base/text.h"
#include "page/page.h"
#include "report/digest.h"
#include "report/suite_report.h"
#include "suite/outcome.h"

namespace harness {
namespace {

using namespace html;

constexpr std::size_t kMostInstances = 10'000, kMostDetailed = 50, kMostUnfolded = 2;

/// The classes of rows, by Outcome.
struct OutcomeStyle {
  Literal row, badge, label;
};
constexpr OutcomeStyle kOutcomeStyles[kOutcomeCount] = {{"passed", "pass", "passed"},
                                                        {"skipped", "invalid", "skipped"},
                                                        {"failed", "fail", "failed"},
                                                        {"flaky", "fail", "flaky"},
                                                        {"quarantined", "invalid", "quarantined"},
                                                        {"not-run", "invalid", "not run"},
                                                        {"lost", "fail", "lost"}};

const OutcomeStyle& style_of(const InstanceResult& result) {
  return kOutcomeStyles[static_cast<std::size_t>(result.outcome)];
}

Markup outcome_badge(const InstanceResult& result) {
  const OutcomeStyle& style = style_of(result);
  return element("span", attribute("class", "verdict " + std::string(style.badge.text())),
                 element("span", style.label));
}

/// A name of a folder as part of an address (RFC 3986, 2.3).
std::string address_part(std::string_view name) {
  std::string text;
  for (const char c : name) {
    const bool plain = is_name_char(c) || c == '-' || c == '.' || c == '~';
    text += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return text;
}

/// Its name, and where it has reports the way there: its folder lies beside this page.
Markup linked_name(const InstanceResult& result) {
  const bool reported = !result.attempts.empty() && result.attempts.front().reported;
  const std::string folder = result.folder.filename().string();
  if (!reported || folder.empty() || folder == "." || folder == "..") return breakable(result.name);
  return element("a", attribute("href", address_part(folder) + "/report.html"),
                 breakable(result.name));
}

bool is_trouble(const InstanceResult& result) {
  return result.outcome == Outcome::failed || result.outcome == Outcome::flaky ||
         result.outcome == Outcome::quarantined || result.outcome == Outcome::lost;
}

/// Its first line, which names the place where one is known, and folded below it the rest.
Markup evidence_markup(const InstanceResult& result, bool open) {
  if (result.attempts.empty() || result.attempts.front().evidence.empty()) return {};
  const std::string& evidence = result.attempts.front().evidence;
  const std::size_t end = std::min(evidence.find('\n'), evidence.size());
  const Markup first = breakable(std::string_view(evidence).substr(0, end));
  if (end + 1 >= evidence.size()) return element("p", first);
  return element(
      "details", open ? Markup(" open") : Markup(),
      element("summary", first) + element("pre", " class=\"code\" tabindex=\"0\"",
                                          escaped(std::string_view(evidence).substr(end + 1))));
}

PageSection broken_section(const SuiteResult& suite) {
  std::vector<const InstanceResult*> order;
  for (const InstanceResult& result : suite.instances) {
    if (is_trouble(result)) order.push_back(&result);
  }
  order = ranked(std::move(order), [](const InstanceResult* result) { return result->outcome; });
  Markup body;
  for (std::size_t i = 0; i < std::min(order.size(), kMostDetailed); ++i) {
    const InstanceResult& result = *order[i];
    body +=
        element("article", element("h3", linked_name(result) + outcome_badge(result)) +
                               element("p", " class=\"reason\"",
                                       breakable(shortened(outcome_text(result), kReasonBytes))) +
                               evidence_markup(result, order.size() <= kMostUnfolded));
  }
  if (order.size() > kMostDetailed) {
    body += element("p", " class=\"note\"",
                    escaped(fmt::format("{} more: the table below has all.",
                                        grouped(order.size() - kMostDetailed))));
  }
  return {"broken", "What went wrong", body};
}

std::string tests_text(const InstanceResult& result) {
  if (result.attempts.empty() || result.attempts.front().tests.empty()) return {};
  const auto& tests = result.attempts.front().tests;
  const auto failed = std::ranges::count(tests, wire::Status::fail, &GuestTest::status);
  if (failed == 0) return grouped(tests.size());
  return fmt::format("{} of {} failed", grouped(static_cast<std::uint64_t>(failed)),
                     grouped(tests.size()));
}

PageSection instances_section(const SuiteResult& suite) {
  std::vector<const InstanceResult*> order;
  order.reserve(suite.instances.size());
  for (const InstanceResult& result : suite.instances) order.push_back(&result);
  // Where not all fit, those that passed are left out.
  order = ranked(std::move(order), [](const InstanceResult* result) {
    return is_trouble(*result) ? 0 : result->outcome == Outcome::passed ? 2 : 1;
  });
  std::vector<Row> rows;
  rows.reserve(order.size());
  for (const InstanceResult* result : order) {
    const bool ran = !result->attempts.empty();
    const double seconds = std::chrono::duration<double>(result->wall()).count();
    const std::string reason =
        result->outcome == Outcome::passed ? "" : shortened(outcome_text(*result), 200);
    rows.push_back(
        {{outcome_badge(*result),
          linked_name(*result) + element("div", " class=\"at\"", breakable(reason)),
          escaped(tests_text(*result)),
          ran ? number(seconds, escaped(duration_text(result->wall()))) : Markup(),
          escaped(ran ? grouped(result->attempts.size()) : ""), breakable(result->scenario_file)},
         style_of(*result).row});
  }
  std::vector<RowFilter> states;
  const auto counts = count_outcomes(suite.instances);
  for (std::size_t i = 0; i < kOutcomeCount; ++i) {
    if (counts[i] > 0) states.push_back({kOutcomeStyles[i].row, kOutcomeStyles[i].label});
  }
  return {"instances", "Instances",
          table_tools("instances", "Search the instances", states) +
              table({{"Outcome"},
                     {"Instance"},
                     {"Tests"},
                     {"Time", true},
                     {"Attempts", true},
                     {"Scenario"}},
                    rows, {.most = kMostInstances, .whole = "summary.json", .sortable = true})};
}

PageSection notes_section(const SuiteResult& suite) {
  constexpr std::size_t kMostNotes = 100;
  Markup items;
  for (std::size_t i = 0; i < std::min(suite.notes.size(), kMostNotes); ++i) {
    items += element("li", escaped(shortened(suite.notes[i], kReasonBytes)));
  }
  if (suite.notes.size() > kMostNotes) {
    items += element("li", escaped("and " + grouped(suite.notes.size() - kMostNotes) + " more"));
  }
  return {"notes", "Notes", items.empty() ? Markup() : element("ul", items)};
}

}  // namespace

std::string render_suite_html(const SuiteResult& suite) {
  const bool passed = suite.status == ExitStatus::pass;
  Page page;
  page.title = std::string("suite: ") + (passed ? "PASS" : "FAIL");
  page.headline = element("p", passed ? " class=\"verdict pass\"" : " class=\"verdict fail\"",
                          element("span", passed ? Markup("PASS") : Markup("FAIL"))) +
                  "<h1>Suite</h1>";
  Markup chips;
  for (const std::string& text :
       {counts_text(suite),
        fmt::format("{} in {}, {} at once", count_of(suite.instances.size(), "instance"),
                    duration_text(suite.wall), suite.jobs),
        fmt::format("exit status {}", static_cast<int>(suite.status))}) {
    if (!text.empty()) chips += element("li", escaped(text));
  }
  if (!suite.started_at.empty()) chips += element("li", moment(suite.started_at));
  page.headline += element("ul", " class=\"chips\"", chips);
  for (PageSection section :
       {broken_section(suite), instances_section(suite), notes_section(suite)}) {
    if (!section.body.empty()) page.sections.push_back(std::move(section));
  }
  page.version = suite.uniharness_version;
  return render(page);
}

}  // namespace harness
