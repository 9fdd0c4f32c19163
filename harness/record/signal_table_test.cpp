// The table of the four signals in docs/RELIABILITY.md is true of every combination of them: its
// first row that applies names the verdict that classify() gives.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <map>

#include "base/markdown_table_testing.h"
#include "model/verdict.h"
#include "record/classify.h"
#include "stream/collector.h"
#include "stream/log_testing.h"

namespace harness {
namespace {

using Change = void (*)(Trace&);

void stop(Trace& trace, StopReason reason) {
  trace.exit_status.reset();
  trace.exit_signal = SIGKILL;
  trace.stop = reason;
}

// What each signal can say, in the words of the table.
const std::map<std::string, Change> kProcess = {
    {"interrupted", [](Trace& t) { stop(t, StopReason::interrupted); }},
    {"did not start", [](Trace& t) { t.started = false, t.exit_status = 1; }},
    {"killed", [](Trace& t) { t.exit_status.reset(), t.exit_signal = SIGSEGV; }},
    {"status 1", [](Trace& t) { t.exit_status = 1; }},
    {"even status", [](Trace& t) { t.exit_status = 2; }},
    {"not seen", [](Trace& t) { t.exit_status.reset(); }},
    {"status 0", [](Trace& t) { t.exit_status = 0; }},
    {"odd status", [](Trace&) {}},  // the exit value is in it
    {"limit wall", [](Trace& t) { stop(t, StopReason::wall_limit); }},
    {"limit cpu", [](Trace& t) { stop(t, StopReason::cpu_limit); }},
    {"limit idle", [](Trace& t) { stop(t, StopReason::idle_limit); }},
    {"limit serial", [](Trace& t) { stop(t, StopReason::serial_limit); }},
    {"stopped at a line", [](Trace& t) { stop(t, StopReason::panic_line); }}};
const std::map<std::string, const char*> kReasons = {{"none", nullptr},
                                                     {"guest-shutdown", "guest-shutdown"},
                                                     {"guest-reset", "guest-reset"},
                                                     {"guest-panic", "guest-panic"},
                                                     {"host", "host-signal"}};
const std::map<std::string, int> kValues = {
    {"pass", static_cast<int>(wire::Exit::pass)},
    {"fail", static_cast<int>(wire::Exit::fail)},
    {"skip", static_cast<int>(wire::Exit::skip)},
    {"panic", static_cast<int>(wire::Exit::panic)},
    {"boot sector", static_cast<int>(wire::Exit::boot_disk_error)},
    {"unknown", 0x33}};

std::string without(std::string log, const std::string& part) {
  return log.erase(log.find(part), part.size());
}
const std::string kPass = sample_session().close("pass");
const std::string kOpen = sample_session().open();
const std::map<std::string, std::string> kLogs = {
    {"nothing", ""},
    {"text only", "SUCCESS\n"},
    {"no end", kOpen},
    {"damaged", without(kPass, "4 cycles")},
    {"damaged without end", without(kOpen, "4 cycles")},
    {"lines lost", without(kPass, "[TIMING] Init: 1234 cycles\n")},
    {"middle left out", kPass},
    {"panic line", kOpen + "[PANIC] heap\n"},
    {"crash line", kOpen + "Kernel panic - not syncing: x\n"},
    {"end pass", kPass},
    {"end fail", sample_session().close("fail")},
    {"end skip", sample_session().close("skip")},
    {"end pass with a failed test", SampleLog(1, 0).line("[TEST] a: fail").close("pass")},
    {"end pass without its plan", SampleLog(1, 0).close("pass")}};

constexpr char kAny[] = "any";
constexpr char kNoValue[] = "—";

struct Combination {
  std::string process, reason, value, log;
};

std::vector<Combination> all_combinations() {
  std::vector<Combination> all;
  for (const auto& [process, change] : kProcess) {
    for (const auto& [reason, text] : kReasons) {
      for (const auto& [log, bytes] : kLogs) {
        if (process != "odd status") {
          all.push_back({process, reason, kNoValue, log});
          continue;
        }
        for (const auto& [value, number] : kValues) all.push_back({process, reason, value, log});
      }
    }
  }
  return all;
}

Trace trace_of(const Combination& said) {
  Trace trace;
  trace.command = {"qemu-system-i386"};
  trace.started = true;
  if (const auto value = kValues.find(said.value); value != kValues.end()) {
    trace.exit_status = value->second << 1 | 1;
  }
  kProcess.at(said.process)(trace);
  if (const char* reason = kReasons.at(said.reason)) trace.shutdown_reason = reason;
  trace.serial = kLogs.at(said.log);
  if (said.log == "middle left out") trace.left_out = 1, trace.left_out_at = 1;
  return trace;
}

bool holds(const std::string& cell, const std::string& word) {
  const std::vector<std::string> words = cell_words(cell);
  return cell == kAny || std::ranges::find(words, word) != words.end();
}

TEST(SignalTable, IsTrueOfEveryCombination) {
  const auto rows =
      markdown_table(UNIHARNESS_SOURCE_DIR "/docs/RELIABILITY.md", "## The four signals");
  ASSERT_FALSE(rows.empty());
  std::vector<bool> used(rows.size());
  const std::vector<Combination> combinations = all_combinations();
  EXPECT_EQ(combinations.size(), (12u + 6u) * 5u * 14u);
  for (const Combination& said : combinations) {
    const auto row = std::ranges::find_if(rows, [&](const std::vector<std::string>& cells) {
      return holds(cells.at(1), said.process) && holds(cells.at(2), said.reason) &&
             holds(cells.at(3), said.value) && holds(cells.at(4), said.log);
    });
    const std::string what =
        said.process + " / " + said.reason + " / " + said.value + " / " + said.log;
    ASSERT_NE(row, rows.end()) << "no row for " << what;
    used[static_cast<std::size_t>(row - rows.begin())] = true;
    const Trace trace = trace_of(said);
    const Verdict verdict = classify(trace, collect_events(trace.serial, {}));
    EXPECT_EQ(row->at(5), verdict_name(verdict.kind)) << what << ", row " << row->at(0);
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    EXPECT_TRUE(used[i]) << "row " << rows[i][0] << " never applies";
  }
}

TEST(SignalTable, HoldsWordsThatAWitnessCanSayAndNoOthers) {
  for (const auto& cells :
       markdown_table(UNIHARNESS_SOURCE_DIR "/docs/RELIABILITY.md", "## The four signals")) {
    ASSERT_EQ(cells.size(), 6u);
    const auto known = [&](std::size_t column, const auto& words) {
      for (const std::string& word : cell_words(cells[column])) {
        EXPECT_TRUE(word == kAny || word == kNoValue || words.contains(word)) << word;
      }
    };
    known(1, kProcess);
    known(2, kReasons);
    known(3, kValues);
    known(4, kLogs);
  }
}

}  // namespace
}  // namespace harness
