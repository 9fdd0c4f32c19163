// Reports of a record in which every text comes from the input.
#include <stdexcept>

#include "base/json.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "model/verdict.h"
#include "page/harmless_testing.h"
#include "page/html_testing.h"
#include "page/markdown_testing.h"
#include "page/xml_testing.h"
#include "report/report.h"
#include "stream/collector.h"

namespace harness::fuzz {
namespace {

VerdictKind kind_of(Input& input) { return static_cast<VerdictKind>(input.byte() % kVerdictCount); }

Fingerprint fingerprint_of(Input& input) {
  Fingerprint print;
  for (std::string* text :
       {&print.qemu_version, &print.arch, &print.model, &print.accel, &print.cpu, &print.firmware,
        &print.image_sha256, &print.compiler, &print.options}) {
    *text = input.string();
  }
  print.memory = input.number();
  print.smp = input.number();
  print.clock = input.byte() % 2 == 0 ? ClockKind::counted : ClockKind::host;
  return print;
}

Events events_of(Input& input, std::string_view serial) {
  Events events = collect_events(serial, {});
  // The parser lets only plain names through; a record.json of another origin may hold any.
  const unsigned more = input.byte();
  const std::string name = input.string();
  if ((more & 1) != 0) {
    events.tests.push_back(
        {name, static_cast<wire::Status>(input.byte() % 3), input.number(), name});
  }
  if ((more & 2) != 0) events.timings.push_back({name, input.number()});
  if ((more & 4) != 0) events.metrics.push_back({name, input.number(), name});
  if ((more & 8) != 0) events.profiles.push_back({name, 1, 2, 3, 4, input.number(), {}});
  if ((more & 16) != 0) events.panics.push_back(name);
  if ((more & 32) != 0) events.protocol_errors.push_back({input.number(), name, name});
  if ((more & 32) != 0) events.crash = Crash{input.number(), name, name};
  if ((more & 64) != 0) events.benches.push_back({input.number(), input.number(), 1});
  if ((more & 128) != 0) events.memory = Memory{1, 2, 3, input.number(), 5, 6, 7};
  return events;
}

BootRecord boot_of(Input& input, std::uint64_t index) {
  BootRecord boot;
  boot.index = index;
  boot.ending = {kind_of(input), input.string()};
  boot.trace.bare_command = {"qemu-system-i386", input.string()};
  boot.trace.stderr_text = input.string();
  boot.trace.serial = input.string();
  if (input.byte() % 2 == 1) boot.trace.exit_status = static_cast<int>(input.byte());
  boot.trace.wall = std::chrono::nanoseconds(input.number() >> 8);
  boot.trace.marks = {{1, std::chrono::nanoseconds(input.number() >> 1)}};
  if (input.byte() % 8 == 7) {
    const std::string_view cells = input.text();
    boot.trace.screen.assign(cells.begin(), cells.end());
    boot.trace.screen.resize(kScreenBytes);
    boot.trace.screenshot = "PNG";
  }
  boot.trace.tsc_hz = boot.trace.serial.size();  // any frequency, 0 too
  boot.events = events_of(input, boot.trace.serial);
  return boot;
}

RunRecord record_of(Input& input) {
  RunRecord record;
  record.verdict = {kind_of(input), input.string()};
  for (std::string* text : {&record.scenario, &record.scenario_file, &record.about,
                            &record.started_at, &record.uniharness_version}) {
    *text = input.string();
  }
  const unsigned findings = input.byte() % 4;
  for (unsigned i = 0; i < findings; ++i) {
    record.findings.push_back({input.string(), static_cast<FindingStatus>(input.byte() % 3),
                               input.string(), input.string(), Place{input.string(), 1, 2}});
  }
  record.fingerprint = fingerprint_of(input);
  const unsigned boots = 1 + input.byte() % 2;
  for (unsigned i = 1; i <= boots; ++i) record.boots.push_back(boot_of(input, i));
  return record;
}

void check_console(const RunRecord& record, std::size_t width) {
  const std::string plain = render_console_report(record, false, width);
  require(harm_in(plain).empty(), "console text is harmless", plain);
  require(without_colors(render_console_report(record, true, width)) == plain,
          "colours change nothing but colour");
}

void check_markdown(const RunRecord& record) {
  const std::string text = render_markdown(record);
  require(harm_in(text).empty(), "report.md is harmless text", harm_in(text));
  const std::string fault = MarkdownReader::fault_in(text);
  require(fault.empty(), "report.md stays intact:", fault);
}

void check_junit(const RunRecord& record) {
  const std::string text = render_junit(record);
  require(harm_in(text).empty(), "junit.xml is harmless text", harm_in(text));
  try {
    XmlReader::read(text);
  } catch (const std::runtime_error& error) {
    require(false, "junit.xml stays well-formed:", error.what());
  }
}

void check_benchmark_json(const RunRecord& record) {
  const std::string text = render_benchmark_json(record);
  require(harm_in(text).empty(), "benchmark.json is harmless text", harm_in(text));
  require(is_valid_json(text), "benchmark.json is JSON");
}

void check_html(const RunRecord& record) {
  const std::string text = render_html(record);
  require(harm_in(text).empty(), "report.html is harmless text", harm_in(text));
  const std::string fault = HtmlReader::fault_in(text);
  require(fault.empty(), "report.html stays intact:", fault);
}

}  // namespace

int fuzz_report(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const unsigned which = input.byte();
  const RunRecord record = record_of(input);
  // One of the five for most inputs, all of them for some: more inputs are tried in the same time.
  constexpr unsigned kAll = 5;
  const unsigned one = which % (kAll + 1);
  if (one == 0 || one == kAll) check_console(record, which);
  if (one == 1 || one == kAll) check_markdown(record);
  if (one == 2 || one == kAll) check_junit(record);
  if (one == 3 || one == kAll) check_benchmark_json(record);
  if (one == 4 || one == kAll) check_html(record);
  return 0;
}

}  // namespace harness::fuzz
