// A record with something in every member, for tests and benchmarks.
#pragma once

#include <algorithm>
#include <csignal>
#include <string>

#include "model/record.h"
#include "model/verdict.h"
#include "record/classify.h"
#include "stream/collector.h"
#include "stream/log_testing.h"

namespace harness {

/// A boot of `serial` that arrived in pieces of 100 bytes, a microsecond apart.
inline BootRecord sample_boot(std::uint64_t index, std::string serial) {
  BootRecord boot;
  boot.index = index;
  Trace& trace = boot.trace;
  trace.command = {"qemu-system-i386", "-display", "none", "-name", "a \"b\" \xff"};
  trace.serial = std::move(serial);
  for (std::size_t size = 0; size < trace.serial.size();) {
    size = std::min(size + 100, trace.serial.size());
    trace.marks.push_back({size, std::chrono::nanoseconds(40'000'000 + 10 * size)});
  }
  trace.stderr_text = "qemu: warning: one\nqemu: \x1b[1mtwo\n";
  trace.exit_status = wire::process_status(wire::Exit::pass);
  trace.qemu_version = "7.2.22";
  trace.started = true;
  trace.wall = std::chrono::milliseconds(64);
  trace.use = {std::chrono::microseconds(51'000), std::chrono::microseconds(7'000), 41'000};
  boot.events = collect_events(trace.serial, trace.marks);
  boot.ending = classify(trace, boot.events);
  return boot;
}

/// Two boots: one that passed with a screen and a screenshot, one that was torn and damaged.
inline RunRecord sample_record() {
  RunRecord record;
  record.uniharness_version = "0.1.0";
  record.scenario = "sample";
  record.scenario_file = "scenarios/sample.yaml";
  record.about = "two lines\nof text, \xC3\xA9 and a tab\there";
  record.started_at = "2026-01-02T03:04:05Z";
  record.fingerprint = {
      "7.2.22",           "i386", "pc",          "tcg", "", "qboot.rom", 32 << 20, 1,
      ClockKind::counted, "ab12", "Clang 19.1.7"};
  record.sizes.loaded = 13'304;
  record.sizes.disk = 10 << 20;

  record.boots.push_back(sample_boot(1, "BIOS \x1b[2J\r\n" + sample_session().close("pass")));
  Trace& first = record.boots[0].trace;
  first.screen.assign(kScreenBytes, 0x07);
  first.screenshot = std::string("\x89PNG\r\n\x1a\n\0\xff", 10);

  SampleLog with_code = sample_session();
  std::string torn = add_code(with_code).line("[PANIC] exception 14 \xff").close("fail");
  torn.replace(torn.find("Init"), 4, "\x80\x81");
  record.boots.push_back(sample_boot(2, torn));
  Trace& second = record.boots[1].trace;
  second.exit_status.reset();
  second.exit_signal = SIGKILL;
  second.stop = StopReason::panic_line;
  second.shutdown_reason = "guest-panic";
  second.shutdown_by_guest = true;
  record.boots[1].ending = classify(second, record.boots[1].events);

  second.disk_sha256 = std::string(64, 'a');
  PowerCuts cuts;
  cuts.boot = 2;
  cuts.atomic = 4096;
  cuts.writes = cuts.sectors = 1;
  cuts.possible = UINT64_MAX;
  cuts.tried = cuts.disks = 4;
  cuts.failed = 1;
  cuts.points = {
      {.event = 0, .states = 1},
      {.event = 1, .what = "write of 1 sector at 7", .promised = 3, .states = 3, .failed = 1}};
  cuts.failures = {{.event = 1,
                    .state = "nothing lost",
                    .verdict = {VerdictKind::panic, "exception 14 \xff"},
                    .said = "no superblock",
                    .image = "power-cut-2-1.img",
                    .command = "qemu-system-i386"}};
  cuts.at = {"scenarios/sample.yaml", 12, 1};
  record.power_cuts = {cuts};

  record.findings = {
      {"ending", FindingStatus::fail, "panic", "boot 2 panicked", {"scenarios/sample.yaml", 9, 5}},
      {"profile fibonacci", FindingStatus::pass, "calls 10", "", {"scenarios/sample.yaml", 10, 5}},
      {"timing Nil", FindingStatus::invalid, "", "never came", {}}};
  record.verdict = {VerdictKind::panic, "exception 14 \xff"};
  return record;
}

}  // namespace harness
