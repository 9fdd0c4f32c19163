// Runs every module of the monolithic kernel, by int 0x80 and by sysenter, and holds what it came
// to against what it must; and measures what calls cost there, from a direct one to a system call.
#include <kernel/console.h>
#include <kernel/emit.h>
#include <kernel/system.h>

#include "kernel/modules.h"

namespace {

using monolithic::Fate;
using monolithic::Gate;
using monolithic::Module;
using monolithic::Outcome;

bool as_expected(const Module& module, const Outcome& outcome) {
  switch (module.fate) {
    case Fate::returns:
      return !outcome.killed && outcome.value == module.expected;
    case Fate::killed:
      return outcome.killed && outcome.value == module.expected;
    case Fate::measures:
      return !outcome.killed;
  }
  return false;
}

/// One [TEST] line for a module, and one [METRIC] for one that measures: cycles for all its calls.
bool check(kernel::System& system, const Module& module) {
  uint32_t right = 0;
  Outcome outcome;
  constexpr Gate kGates[] = {Gate::int80, Gate::sysenter};
  for (const Gate gate : kGates) {
    outcome = monolithic::run(module, module.input, gate);
    right += as_expected(module, outcome);
  }
  const bool passed = right == 2;
  const bool measures = module.fate == Fate::measures;
  if (measures) system.emit.metric(module.name, outcome.value, wire::kCycles);
  system.emit.test(module.name, passed ? wire::Status::pass : wire::Status::fail, 2,
                   measures ? module.input : outcome.value);
  return passed;
}

wire::Status run(kernel::System& system) {
  const monolithic::Loaded loaded =
      monolithic::load_modules(system.console, system.boot.memory_bytes);
  system.emit.metric("modules.image", loaded.image_bytes, wire::kBytes);
  bool passed = true;
  for (uint32_t i = 0; i < monolithic::kModuleCount; ++i) {
    passed = check(system, monolithic::module_of(static_cast<monolithic::ModuleId>(i))) && passed;
  }
  return passed ? wire::Status::pass : wire::Status::fail;
}

constexpr uint32_t kMetrics = 1 + 4;  // modules.image, and those that measure

}  // namespace

extern "C" const kernel::App kernel_app = {"modules_check", monolithic::kModuleCount, kMetrics,
                                           &run};
