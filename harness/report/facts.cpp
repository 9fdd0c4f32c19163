#include "report/facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "base/shell.h"
#include "base/text.h"
#include "record/host_text.h"
#include "record/origin_text.h"
#include "record/summary.h"
#include "report/digest.h"

namespace harness {
namespace {

std::string or_else(const std::string& text, std::string_view otherwise) {
  return text.empty() ? std::string(otherwise) : text;
}

Fact checksum_fact(const std::string& sha256) {
  const bool digits = sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
  return {"Image SHA-256", or_else(sha256, "not recorded"), digits && !sha256.empty()};
}

/// Whether QEMU told of each boot how long its guest was halted.
bool knows_halts(const RunRecord& record) {
  return std::ranges::all_of(record.boots,
                             [](const BootRecord& boot) { return boot.trace.halted.has_value(); });
}

std::string clock_text(const RunRecord& record) {
  if (record.fingerprint.clock == ClockKind::counted) {
    if (was_halted(record)) return "counted, and " + halted_text(record);
    return std::string("counted: one tick is one guest instruction, in instructions") +
           (knows_halts(record) ? "; the guest was never halted"
                                : "; while a guest is halted it goes on, and this QEMU does not "
                                  "tell whether it was");
  }
  return "host: real time of the host, in cycles of its time stamp counter";
}

std::string machine_text(const Fingerprint& print) {
  if (print.model.empty()) return "not recorded";
  std::string text = print.arch + " " + print.model;
  if (print.memory != 0) text += ", " + memory_text(print.memory);
  text += ", " + count_of(print.smp, "CPU");
  if (!print.firmware.empty()) text += ", firmware " + print.firmware;
  return text;
}

/// "build7 (node n3): AMD EPYC, 2 processors, Linux 6.1.0; load 0.25".
std::string host_words(const Host& host) {
  const std::string what = host_text(host);
  if (what.empty()) return "not recorded";
  std::string text = host.name;
  if (!host.node.empty())
    text += (text.empty() ? "node " : " (node ") + host.node + (text.empty() ? "" : ")");
  text += (text.empty() ? "" : ": ") + what;
  if (host.load) text += fmt::format("; load {:.2f}", *host.load);
  return text;
}

/// "build7 (node n3)", and where its name is not known what it is.
std::string host_name(const Host& host) {
  if (host.name.empty() && host.node.empty()) return host.cpu;
  if (host.name.empty()) return "node " + host.node;
  return host.name + (host.node.empty() ? "" : " (node " + host.node + ")");
}

}  // namespace

std::vector<Fact> facts_of(const RunRecord& record) {
  const Fingerprint& print = record.fingerprint;
  const auto wall = median_wall(record);
  std::vector<Fact> facts;
  facts.push_back({"Scenario", or_else(record.scenario_file, "not recorded")});
  if (!record.about.empty()) facts.push_back({"About", record.about});
  facts.push_back({"Started", or_else(record.started_at, "not recorded")});
  facts.push_back({"Machine", machine_text(print)});
  facts.push_back(
      {"CPU", or_else(print.cpu, print.model.empty() ? "not recorded" : "the machine's default")});
  if (!print.options.empty()) facts.push_back({"Further options", print.options});
  facts.push_back({"Accelerator", or_else(print.accel, "not recorded")});
  facts.push_back({"QEMU", or_else(print.qemu_version, "not recorded")});
  facts.push_back({"Clock", clock_text(record)});
  facts.push_back({"Host", host_words(record.host)});
  const Origin& origin = record.origin;
  if (!origin.commit.empty()) {
    facts.push_back(
        {"Commit", origin.commit + (origin.changed ? ", and tracked files differed from it" : "")});
  }
  if (const std::string job = job_words(origin); !job.empty()) {
    const std::string address = web_address(origin.address);
    facts.push_back({"CI job", job + (address.empty() ? "" : ", " + address)});
  }
  facts.push_back(checksum_fact(print.image_sha256));
  facts.push_back({"Compiler of the guest", or_else(print.compiler, "not recorded")});
  facts.push_back({"Boots", grouped(record.boots.size())});
  facts.push_back({"Wall time of a boot, median", wall ? duration_text(*wall) : "not measured"});
  facts.push_back({"uniharness", or_else(record.uniharness_version, "not recorded")});
  return facts;
}

std::vector<OriginFact> origin_facts(const RunRecord& record) {
  std::vector<OriginFact> facts;
  if (std::string host = host_name(record.host); !host.empty()) facts.push_back({"on " + host});
  if (std::string commit = commit_words(record.origin); !commit.empty()) facts.push_back({commit});
  if (std::string job = job_words(record.origin); !job.empty()) {
    facts.push_back({job, web_address(record.origin.address)});
  }
  return facts;
}

std::string halted_text(const RunRecord& record) {
  if (record.fingerprint.clock != ClockKind::counted || !was_halted(record)) return {};
  const Trace& most = std::ranges::max_element(record.boots, {}, [](const BootRecord& boot) {
                        return boot.trace.halted.value_or(0);
                      })->trace;
  const std::uint64_t halted = most.halted.value_or(0), executed = most.executed.value_or(0);
  const double share =
      static_cast<double>(halted) / (static_cast<double>(halted) + static_cast<double>(executed));
  return fmt::format(
      "the guest was halted for {} of the {} ticks of its clock ({}): what it measured is in "
      "ticks, "
      "which do not show what it executes between halts; \"{}\" does",
      grouped(halted), grouped(halted + executed), percent_text(share), kWholeBoot);
}

std::vector<Fact> memory_facts(const Memory& memory) {
  return {
      {"Heap in use at the end", bytes_text(memory.heap_used)},
      {"Heap in use, peak", bytes_text(memory.heap_peak)},
      {"Largest free heap block", bytes_text(memory.heap_largest)},
      {"Heap", bytes_text(memory.heap_total)},
      {"Stack, high-water mark", bytes_text(memory.stack_used)},
      {"Stack", bytes_text(memory.stack_total)},
      {"Image as loaded", bytes_text(memory.image)},
  };
}

std::vector<Fact> size_facts(const Sizes& sizes) {
  std::vector<Fact> facts;
  const auto add = [&](const char* what, const std::optional<std::uint64_t>& size) {
    if (size) facts.push_back({what, bytes_text(*size)});
  };
  add("Loaded (code, constants, data)", sizes.loaded);
  add("of it the app", sizes.app);
  add("of it the library", sizes.library);
  add("Zero-initialised memory", sizes.bss);
  add("Library archive, file", sizes.archive);
  add("Disk image, file", sizes.disk);
  return facts;
}

std::string platform_of(const Fingerprint& print) {
  std::string text;
  const auto add = [&](const std::string& part) {
    if (!text.empty() && !part.empty()) text += ", ";
    text += part;
  };
  if (!print.model.empty()) add(print.arch + " " + print.model);
  add(print.accel);
  if (!print.qemu_version.empty()) add("QEMU " + print.qemu_version);
  return text;
}

std::string checks_text(const RunRecord& record) {
  const CheckCounts checks = count_checks(record);
  const std::size_t all = record.findings.size();
  if (all == 0) return "no checks";
  std::string text = fmt::format("{} of {} passed", checks.passed, count_of(all, "check"));
  if (checks.failed != 0) text += fmt::format(", {} failed", checks.failed);
  if (checks.invalid != 0) text += fmt::format(", {} without valid data", checks.invalid);
  return text;
}

std::string boots_text(const RunRecord& record) {
  std::string text = count_of(record.boots.size(), "boot");
  if (const auto wall = total_wall(record)) text += " in " + duration_text(*wall);
  return text;
}

std::vector<ReproduceStep> reproduce_steps(const RunRecord& record) {
  std::vector<ReproduceStep> steps;
  if (!record.scenario_file.empty()) {
    steps.push_back({"Again, with the image built anew:",
                     shell_quoted({"uniharness", "run", record.scenario_file})});
  }
  steps.push_back(
      {"The verdict again from the saved output, without QEMU (DIR: the folder of this report):",
       "uniharness replay DIR"});
  const auto booted = std::ranges::find_if(
      record.boots, [](const BootRecord& boot) { return !boot.trace.bare_command.empty(); });
  if (booted != record.boots.end()) {
    steps.push_back({"The same machine by hand, serial port on the terminal:",
                     shell_quoted(booted->trace.bare_command)});
  }
  return steps;
}

std::vector<const BootRecord*> boots_to_show(const RunRecord& record, std::size_t most) {
  std::vector<const BootRecord*> boots;
  for (const bool accepted : {false, true}) {
    for (const BootRecord& boot : record.boots) {
      if (ending_accepted(record, boot) == accepted) boots.push_back(&boot);
    }
  }
  boots.resize(std::min(boots.size(), most));
  std::ranges::sort(boots, {}, [](const BootRecord* boot) { return boot->index; });
  return boots;
}

}  // namespace harness
