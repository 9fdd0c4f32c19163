// Records for the tests of reports: small sessions, read by the real collector.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "model/record.h"
#include "screen/screen.h"
#include "stream/collector.h"
#include "stream/log_testing.h"

namespace harness {

/// 80 x 25 cells, light gray on black, that show `text` as a console would.
inline std::vector<std::uint8_t> cells_showing(std::string_view text) {
  std::vector<std::uint8_t> cells;
  for (const std::string& row : render_console(text)) {
    for (std::size_t column = 0; column < kScreenColumns; ++column) {
      cells.push_back(column < row.size() ? static_cast<std::uint8_t>(row[column]) : ' ');
      cells.push_back(7);
    }
  }
  return cells;
}

/// One boot that said `serial`, took `wall` and ended as isa-debug-exit ends QEMU.
inline BootRecord sample_boot(std::uint64_t index, const std::string& serial,
                              std::chrono::microseconds wall = std::chrono::microseconds{82'300}) {
  BootRecord boot;
  boot.index = index;
  boot.trace.command = {"qemu-system-i386", "-S"};
  boot.trace.bare_command = {"qemu-system-i386", "-M",      "pc",   "-kernel",
                             "/images/a b.elf",  "-serial", "stdio"};
  boot.trace.serial = serial;
  if (!serial.empty()) boot.trace.marks = {{serial.size(), std::chrono::microseconds{31'250}}};
  boot.trace.exit_status = wire::process_status(wire::Exit::pass);
  boot.trace.started = true;
  boot.trace.wall = wall;
  boot.trace.screen = cells_showing(serial);
  boot.events = collect_events(serial, boot.trace.marks);
  return boot;
}

/// Two boots under the counted clock, two checks, all well.
inline RunRecord passing_record() {
  RunRecord record;
  record.uniharness_version = "0.1.0";
  record.scenario = "sample";
  record.scenario_file = "scenarios/sample.yaml";
  record.about = "a session with a line of every kind";
  record.started_at = "2026-01-02T03:04:05Z";
  record.fingerprint = {.qemu_version = "7.2.22",
                        .arch = "i386",
                        .model = "pc",
                        .accel = "tcg",
                        .cpu = {},
                        .firmware = {},
                        .memory = 32u << 20,
                        .smp = 1,
                        .clock = ClockKind::counted,
                        .image_sha256 = std::string(64, 'a'),
                        .compiler = "Clang 19.1.7"};
  record.sizes.loaded = 13304;
  record.sizes.disk = 10'485'760;
  const std::string log = sample_session().close("pass");
  record.boots = {sample_boot(1, log), sample_boot(2, log, std::chrono::microseconds{84'300})};
  record.boots[0].trace.screenshot = "PNG";
  record.findings = {
      {.check = "ending pass",
       .status = FindingStatus::pass,
       .figure = "pass",
       .reason = {},
       .at = {"scenarios/sample.yaml", 8, 5}},
      {.check = "profile fibonacci",
       .status = FindingStatus::pass,
       .figure = "calls 10, avg 900 instructions",
       .reason = {},
       .at = {"scenarios/sample.yaml", 9, 5}},
  };
  return record;
}

/// The same with a check that failed, and the verdict that follows.
inline RunRecord failing_record() {
  RunRecord record = passing_record();
  record.findings[1].status = FindingStatus::fail;
  record.findings[1].figure = "calls 9, avg 900 instructions";
  record.findings[1].reason = "calls is 9, must be 10";
  record.verdict = {VerdictKind::fail, "profile fibonacci: calls is 9, must be 10"};
  return record;
}

/// One boot that printed TAP, and failed as `reason` says.
inline RunRecord failed_tap_record(const std::string& log, const std::string& reason) {
  RunRecord record = passing_record();
  record.boots.resize(1);
  BootRecord& boot = record.boots[0];
  boot.trace.serial = log;
  boot.events = collect_events(log, {}, {.formats = {"tap"}});
  boot.ending = record.verdict = {VerdictKind::fail, reason};
  return record;
}

/// What a guest can say to get out of a report: terminal escapes, Markdown, HTML, XML, bytes that
/// are no UTF-8, and U+FFFF, which UTF-8 can hold and XML cannot.
inline constexpr char kHostile[] =
    "\x1b[31m|`` ``` ]]></failure><script>alert(1)</script>&amp;\"'\xff\xc3\xef\xbf\xbf\x07 "
    "![x](http://evil.example) *b* __c__ | <!-- ";

/// As a CI job leaves it.
inline RunRecord record_of_a_job() {
  RunRecord record = passing_record();
  record.host.name = "build7";
  record.host.node = "n3";
  record.origin = {.commit = std::string(40, 'c'),
                   .changed = true,
                   .ci = "GitHub Actions",
                   .job = "CI, job test, run 55",
                   .address = "https://github.com/me/kern/actions/runs/1234"};
  return record;
}

/// A record with hostile text wherever a guest, QEMU or a check can put one.
inline RunRecord hostile_record() {
  RunRecord record;
  record.scenario = record.scenario_file = record.about = kHostile;
  record.verdict = {VerdictKind::panic, kHostile};
  record.host.name = record.host.node = record.host.cpu = kHostile;
  record.origin = {.commit = kHostile, .ci = kHostile, .job = kHostile, .address = kHostile};
  BootRecord boot =
      sample_boot(1, std::string(kHostile) + "\n" + kHostile + "\r\n# not a heading\n");
  boot.ending = {VerdictKind::panic, kHostile};
  boot.trace.stderr_text = kHostile;
  boot.trace.bare_command.emplace_back(kHostile);
  boot.events.panics = {kHostile};
  boot.events.tests = {
      {.name = kHostile, .status = wire::Status::fail, .iterations = {}, .result = kHostile}};
  boot.events.timings = {{.name = kHostile, .cycles = 1}};
  boot.events.metrics = {{.name = kHostile, .value = 1, .unit = kHostile}};
  boot.events.profiles = {{.name = kHostile, .calls = 1, .self = {}}};
  boot.events.protocol_errors = {{.line = 1, .text = kHostile, .why = kHostile}};
  record.boots = {boot};
  record.findings = {{.check = kHostile,
                      .status = FindingStatus::invalid,
                      .figure = kHostile,
                      .reason = std::string(kHostile) + "\n" + kHostile,
                      .at = {kHostile, 1, 1}}};
  return record;
}

}  // namespace harness
