// What was checked, what the guest's own tests said, and the evidence where something went wrong.
#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "base/ranked.h"
#include "base/text.h"
#include "model/verdict.h"
#include "page/page.h"
#include "record/brief_reason.h"
#include "report/crash.h"
#include "report/digest.h"
#include "report/facts.h"
#include "report/html/sections.h"
#include "report/test_failure.h"

namespace harness::html {
namespace {

/// The picture and the word of a state; a colour alone says nothing to those who cannot see it.
Markup badge(FindingStatus status) {
  switch (status) {
    case FindingStatus::pass:
      return R"(<b class="s pass" title="passed">✓</b>)";
    case FindingStatus::fail:
      return R"(<b class="s fail" title="failed">✗</b>)";
    case FindingStatus::invalid:
      break;
  }
  return R"(<b class="s invalid" title="no valid data">?</b>)";
}

Row check_row(const Finding& finding) {
  Markup what = breakable(finding.figure);
  const bool passed = finding.status == FindingStatus::pass;
  if (!finding.reason.empty()) {
    what += element("div", " class=\"why\"", breakable(finding.reason));
  }
  if (!passed && !finding.at.file.empty()) {
    what += element("div", " class=\"at\"", breakable(finding.at.text()));
  }
  return {{badge(finding.status), breakable(finding.check), what}, passed ? "" : Literal("bad")};
}

constexpr std::string_view state_of(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::pass:
      return "pass";
    case VerdictKind::skip:
    case VerdictKind::invalid_data:
    case VerdictKind::truncated:
    case VerdictKind::interrupted:
    case VerdictKind::harness_error:
      return "invalid";
    default:
      return "fail";
  }
}

/// A test that failed, with all that it printed: unfolded where there is little to read.
Markup failed_test(const RunRecord& record, const TestOverBoots& test, bool open) {
  const TestFailure failure = failure_of(boot_of(record, test.boot), test.shown);
  Markup markup = element("h3", breakable(test.shown.name));
  if (!failure.file.empty()) {
    markup +=
        element("p", " class=\"at\"", breakable(fmt::format("{}:{}", failure.file, failure.line)));
  }
  if (failure.output.empty()) {
    return element("article", markup + "<p class=\"note\">It printed nothing.</p>");
  }
  std::string lines;
  if (failure.left_out > 0) {
    lines = fmt::format("[… {} before]\n", count_of(failure.left_out, "line"));
  }
  for (const std::string& line : failure.output) lines += line + "\n";
  const Markup summary = element(
      "summary", escaped(fmt::format("{}, from line {} of the serial log",
                                     count_of(failure.output.size(), "line"), failure.first_line)));
  const Markup code = element("pre", " class=\"code\" tabindex=\"0\"", escaped(lines));
  markup += element("details", open ? Markup(" open") : Markup(), summary + code);
  return element("article", markup);
}

/// Where the guest crashed, or was ended.
Markup crash_markup(const CrashSite& site, std::string_view title) {
  Markup lines;
  for (const std::string& line : crash_lines(site)) {
    lines += element("span", breakable(line + "\n"));
  }
  Markup markup = element("p", escaped(fmt::format("{}:", title)));
  markup += element("pre", " class=\"code frames\" tabindex=\"0\"", lines);
  std::vector<Row> rows;
  rows.reserve(site.registers.size());
  for (const CrashRegister& one : site.registers) {
    rows.push_back({{escaped(one.name), element("code", escaped(fmt::format("{:#x}", one.value))),
                     escaped(grouped(one.value))}});
  }
  if (rows.empty()) return markup;
  return markup +
         element("details", element("summary", escaped("Registers")) +
                                table({{"Register"}, {"Value", true}, {"Decimal", true}}, rows));
}

Markup chip(const std::string& text) {
  return text.empty() ? Markup() : element("li", escaped(text));
}

}  // namespace

Markup verdict_badge(const RunRecord& record) {
  const std::string_view state =
      is_worse_than_its_verdict(record) ? "fail" : state_of(record.verdict.kind);
  return element("p", attribute("class", "verdict " + std::string(state)),
                 element("span", escaped(verdict_word(record))));
}

Markup headline(const RunRecord& record) {
  const VerdictKind kind = record.verdict.kind;
  const std::string meaning = std::string(kVerdictTable[static_cast<std::size_t>(kind)].meaning);
  Markup markup = verdict_badge(record);
  markup += element("h1", escaped(record.scenario));
  if (!record.about.empty()) markup += element("p", " class=\"about\"", escaped(record.about));
  if (const std::string reason = head_reason(record); !reason.empty()) {
    markup += element("p", " class=\"reason\"", breakable(reason));
  }
  markup +=
      element("p", " class=\"meaning\"",
              escaped(is_worse_than_its_verdict(record)
                          ? "The run itself passed its checks; its numbers did not pass the gate."
                          : fmt::format("{}: {}.", verdict_word(kind), meaning)));
  Markup chips = chip(checks_text(record)) + chip(boots_text(record)) +
                 chip(platform_of(record.fingerprint)) +
                 chip(fmt::format("in {}", unit_of(record)));
  for (const OriginFact& fact : origin_facts(record)) {
    const Markup text = breakable(fact.text);
    chips += element(
        "li", fact.address.empty() ? text : element("a", attribute("href", fact.address), text));
  }
  if (!record.started_at.empty()) chips += element("li", moment(record.started_at));
  return markup + element("ul", " class=\"chips\"", chips);
}

PageSection checks_section(const RunRecord& record) {
  // What went wrong is read first.
  std::vector<Row> rows;
  for (const bool passed : {false, true}) {
    for (const Finding& finding : record.findings) {
      if ((finding.status == FindingStatus::pass) == passed) rows.push_back(check_row(finding));
    }
  }
  return {"checks", "Checks", table({{""}, {"Check"}, {"Measured"}}, rows)};
}

PageSection evidence_section(const RunRecord& record, const BootRecord& boot) {
  constexpr std::size_t kTail = 40, kDamageShown = 20;
  Markup body;
  for (const std::string& panic : boot.events.panics) {
    body += element("p", " class=\"reason\"", breakable("Panic: " + without_registers(panic)));
  }
  if (boot.crash_site) body += crash_markup(*boot.crash_site, crash_words(boot).title);
  std::vector<Row> rows;
  for (const ProtocolError& damage : boot.events.protocol_errors) {
    if (rows.size() == kDamageShown) break;
    const std::string number = std::to_string(damage.line);
    rows.push_back({{element("a", attribute("href", "#L" + number), escaped(number)),
                     escaped(damage.why), element("code", marked(damage.text))}});
  }
  if (!rows.empty()) {
    const std::size_t all = boot.events.protocol_errors.size();
    body += element(
        "p",
        escaped(all > rows.size()
                    ? fmt::format("Damaged lines, the first {} of {}:", rows.size(), grouped(all))
                    : "Damaged lines:"));
    body += table({{"Line", true}, {"Why"}, {"Text"}}, rows);
  }
  const std::string tail = tail_of(boot.trace.serial, kTail);
  if (tail.empty()) {
    body += "<p>The guest printed nothing.</p>";
  } else {
    body += "<p>The end of its output:</p>";
    body += element("pre", " class=\"code\" tabindex=\"0\"", escaped(tail));
  }
  const std::string messages = tail_of(boot.trace.stderr_text, kTail);
  if (!messages.empty()) {
    body += "<p>Messages of QEMU:</p>";
    body += element("pre", " class=\"code\" tabindex=\"0\"", escaped(messages));
  }
  if (record.boots.size() > 1) {
    body = element("p", " class=\"note\"", escaped(fmt::format("Boot {}:", boot.index))) + body;
  }
  return {"evidence", "What went wrong", body};
}

PageSection tests_section(const RunRecord& record) {
  constexpr std::size_t kDetailed = 200, kOpen = 5;
  std::vector<Row> rows;
  std::vector<TestOverBoots> tests = tests_over_boots(record);
  const bool passed = record.verdict.kind == VerdictKind::pass;
  // What went wrong is read first.
  if (!passed) {
    tests = ranked(std::move(tests), [](const TestOverBoots& test) {
      return test.shown.status != wire::Status::fail;
    });
  }
  // Their output has the width of the page: in a table it would have what other columns leave.
  Markup failures;
  std::size_t failed = 0;
  for (const TestOverBoots& test : tests) {
    const wire::Status status = test.shown.status;
    const bool good = status == wire::Status::pass;
    std::string note;
    if (record.boots.size() > 1 && !good) note = fmt::format(" (boot {})", test.boot);
    if (test.reports != record.boots.size()) {
      note += fmt::format(", reported by {} of {}", test.reports,
                          count_of(record.boots.size(), "boot"));
    }
    const Markup state = badge(good                           ? FindingStatus::pass
                               : status == wire::Status::skip ? FindingStatus::invalid
                                                              : FindingStatus::fail);
    if (!passed && status == wire::Status::fail && failed++ < kDetailed) {
      failures += failed_test(record, test, failed <= kOpen);
    }
    rows.push_back({{state, breakable(test.shown.name), escaped(wire::status_name(status) + note),
                     escaped(test.shown.iterations ? grouped(*test.shown.iterations) : ""),
                     breakable(test.shown.result.value_or(""))},
                    status == wire::Status::fail ? Literal("bad") : ""});
  }
  return {
      "tests", "Tests",
      failures + table({{""}, {"Test"}, {"Status"}, {"Iterations", true}, {"Result", true}}, rows)};
}

}  // namespace harness::html
