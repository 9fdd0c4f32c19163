#include "run/clock_watch.h"

#include "base/error.h"
#include "profile/counts.h"
#include "profile/plugin_file.h"

namespace harness {
namespace {

/// Nothing is counted: what the plugin's memory must have, and no more.
profile::SharedMemory memory_to_watch() {
  profile::GuestCode code;
  code.functions = {{"[all]", 0, true, 0}};
  return profile::SharedMemory(code,
                               {.contexts = 1, .blocks = 1, .made = 0, .code = 0, .unnamed = 0});
}

std::vector<std::filesystem::path> plugins_or_none() {
  try {
    return profile::find_plugins();
  } catch (const Error&) {
    return {};  // `uniharness profile` says what is missing
  }
}

void add_count(Trace& trace, const profile::SharedMemory& memory) {
  const auto qemu = memory.read().qemu;
  if (!qemu) return;
  trace.executed = qemu->instructions;
  trace.halted = qemu->clock - qemu->instructions;
}

}  // namespace

ClockWatch::ClockWatch(Machine& machine, const Scenario& scenario) : machine_(machine) {
  const bool one = scenario.machine.smp == 1;  // QEMU's count is of all processors together
  if (scenario.clock == ClockKind::counted && one) plugins_ = plugins_or_none();
}

Trace ClockWatch::run(const Job& job, const SerialSink& sink) {
  if (job.plugin) return machine_.run(job, sink);
  while (!plugins_.empty()) {
    const profile::SharedMemory memory = memory_to_watch();
    Job watched = job;
    watched.plugin = PluginSpec{plugins_.front(), memory.descriptor()};
    watched.plugin->watches = true;
    Trace trace = machine_.run(watched, sink);
    if (memory.attached()) {
      add_count(trace, memory);
      return trace;
    }
    if (trace.started || trace.stop != StopReason::none) return trace;
    // A QEMU without plugins, or with another interface, has ended before the guest ran.
    plugins_.erase(plugins_.begin());
  }
  return machine_.run(job, sink);
}

}  // namespace harness
