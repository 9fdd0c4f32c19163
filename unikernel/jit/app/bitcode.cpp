// The guest that runs programs in bitcode: a bundle of them (bundle/bundle.h), given by boot
// module, fw_cfg or disk, each from its file to its end, thousands in one boot.
//
//   [TEST] NAME.t0: pass  iterations=<instructions of the IR that were run> result=<exit status>
//   [TEST] NAME.t1: ...   the same as machine code
//   [TEST] NAME.adaptive: ...   interpreted at first, and compiled function by function
//
// pass: it came to its own end. fail: it did not, and the line before says why; or it was refused
// and must not be. skip: it was refused, and the line before says why.
//
// Options, each a fw_cfg file (QEMU's -fw_cfg name=opt/uniharness/bitcode/fuel,string=1000000):
//   tiers   one or more, with commas between, which must all run the same number of instructions.
//           t0, where not given: interpreted; t0-unchecked: accesses are not held against the
//           program's memory; t1: compiled; adaptive: interpreted at first, and what is worth it is
//           compiled while it runs. Each such function is a line, `tier: ...`
//   break_even, share, loop_samples, machine_break_even, machine_share, watched, watch_share,
//   version_ticks, trial_samples, chances   when it is worth it: adaptive/hot_paths.h
//   slice   ticks for which the compiler goes on at once
//   fuel    instructions that a program may run, 2,000,000,000 where not given
//   only    the programs whose names begin so
//   ticks   1: says what running and compiling took: [METRIC] NAME.t1.run, NAME.t1.compile; and of
//           adaptive, for how long the program stood still at most for compiling:
//           NAME.adaptive.longest_slice, or for trying a version: NAME.adaptive.longest_still; with
//           `curve`, what the last 20 texts took: NAME.t1.last_texts
//   curve   1: says what the program took from each text that it wrote to the next, and where
//           functions became machine code (wire/curve.h)
//   code    1: says what machine code there is, and when it is gone ([CODE], wire/protocol.h)
#include "app/curve.h"
#include "app/options.h"
#include "app/results.h"
#include "app/tier_lines.h"
#include "app/workplace.h"
#include "bundle/bundle.h"
#include "kernel/code.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "kernel/system.h"
#include "program/program.h"

namespace {

using jit::Text;
namespace app = jit::app;
using kernel::Console;
using kernel::System;

struct Way {
  Text name;
  Text suffix;  // of its tests
  jit::Tier tier;
  bool checked;
};
constexpr Way kWays[] = {{"t0", ".t0", jit::Tier::interpreted, true},
                         {"t0-unchecked", ".t0", jit::Tier::interpreted, false},
                         {"t1", ".t1", jit::Tier::compiled, false},
                         {"adaptive", ".adaptive", jit::Tier::adaptive, true}};
constexpr uint32_t kWaysCount = sizeof kWays / sizeof *kWays;

struct Options {
  bool ways[kWaysCount] = {};  // by kWays
  uint32_t way_count = 0;
  jit::HotPathOptions hot_paths;
  const jit::Protection* protection = nullptr;
  bool code = false;
  bool ticks = false;
  bool curve = false;
  uint64_t fuel = 2'000'000'000;
  char only[app::kMaxOption] = {};
  uint32_t only_size = 0;

  [[nodiscard]] bool is_adaptive() const {
    bool is = false;
    for (uint32_t w = 0; w < kWaysCount; ++w) {
      is |= ways[w] && kWays[w].tier == jit::Tier::adaptive;
    }
    return is;
  }
};

bool choose_way(Text name, Options& options) {
  for (uint32_t w = 0; w < kWaysCount; ++w) {
    if (!(name == kWays[w].name) || options.ways[w]) continue;
    options.ways[w] = true;
    ++options.way_count;
    return true;
  }
  return false;
}

bool read_tiers(Console& out, Options& options) {
  char text[app::kMaxOption];
  Text left = app::read_text("opt/uniharness/bitcode/tiers", text);
  if (left.size == 0) left = "t0";
  while (true) {
    uint32_t end = 0;
    while (end < left.size && left.data[end] != ',') ++end;
    if (!choose_way({left.data, end}, options)) break;
    if (end == left.size) return true;
    left = {left.data + end + 1, left.size - end - 1};
  }
  out.text("option opt/uniharness/bitcode/tiers must be one or more, once each, of ");
  for (const Way& way : kWays)
    out.text(way.name.data, way.name.size).text(&way == kWays + kWaysCount - 1 ? "\n" : ",");
  return false;
}

bool read_options(Console& out, Options& options) {
  options.only_size = app::read_text("opt/uniharness/bitcode/only", options.only).size;
  return read_tiers(out, options) && app::read_hot_paths(out, options.hot_paths) &&
         app::read_number(out, "opt/uniharness/bitcode/fuel", options.fuel) &&
         app::read_switch(out, "opt/uniharness/bitcode/code", options.code) &&
         app::read_switch(out, "opt/uniharness/bitcode/ticks", options.ticks) &&
         app::read_switch(out, "opt/uniharness/bitcode/curve", options.curve);
}

/// What a program takes when it has run for a while.
constexpr uint32_t kLastTexts = 20;

app::TierLines g_lines;
app::Curve g_curve;

/// Tells of the machine code of one program.
struct CodeTeller {
  Console* out;
  bool code;  // by [CODE], too
  const jit::Region* region;
  bool told = false;
};

void tell(void* context, const jit::Module& module, const jit::Native& native) {
  auto& teller = *static_cast<CodeTeller*>(context);
  const auto load = [&](uint32_t offset, uint32_t size, Text name) {
    kernel::emit_code_load(*teller.out, teller.region->address + offset, size, "t1", name.data,
                           name.size);
    teller.told = true;
  };
  uint32_t first = native.code_bytes();
  for (jit::FunctionId id = 0; id < module.functions.size; ++id) {
    const jit::Native::Placed placed = native.placed(id);
    if (placed.size > 0 && placed.offset < first) first = placed.offset;
  }
  if (first > 0) load(0, first, "services");  // what all functions share stands before them
  for (jit::FunctionId id = 0; id < module.functions.size; ++id) {
    const jit::Native::Placed placed = native.placed(id);
    if (placed.size > 0) load(placed.offset, placed.size, module.functions[id].name);
  }
}

/// How a program ended, of which every tier must be the same.
struct Ended {
  bool is_known = false;
  uint64_t fuel = 0;
  int32_t status = 0;
};

/// Keeps what became machine code, for lines behind the program's own text.
void note_change(void*, const jit::Module& module, const jit::Native&,
                 const jit::TierChange& change) {
  g_lines.add(module, change);
  g_curve.mark(module, change);
}

/// Tells of code before it runs, what a version is for behind its name.
void note_made(void* context, const jit::Module& module, const jit::TierChange& change,
               const jit::Native::Placed& code) {
  auto& teller = *static_cast<CodeTeller*>(context);
  const bool version = change.what == jit::TierChange::version;
  jit::Line name;
  name.add(module.functions[change.id].name);
  if (version) app::TierLines::add_known(name, change);
  if (change.what == jit::TierChange::loop) name.add(",loop");
  if (g_curve.is_in_line()) teller.out->newline();
  kernel::emit_code_load(*teller.out, teller.region->address + code.offset, code.size,
                         version ? "t2" : "t1", name.text().data, name.text().size);
  teller.told = true;
}

void note_gone(void* context, const jit::Native::Placed& code) {
  auto& teller = *static_cast<CodeTeller*>(context);
  if (g_curve.is_in_line()) teller.out->newline();
  kernel::emit_code_retire(*teller.out, teller.region->address + code.offset, code.size);
}

wire::Status run_in(System& system, const jit::bundle::Program& program,
                    const jit::Workplace& workplace, const Options& options, const Way& way,
                    Ended& before) {
  CodeTeller teller = {&system.console, options.code, &workplace.machine_code};
  g_lines.clear();
  g_curve.begin(system.console, options.curve);
  const jit::ProgramResult result =
      jit::run_program(program.file, program.argument, workplace,
                       {.fuel = options.fuel,
                        .checked = way.checked,
                        .tier = way.tier,
                        .protection = options.protection,
                        .clock = x86::read_tsc_ordered,
                        .listener = {options.code ? tell : nullptr, &teller},
                        .hot_paths = options.hot_paths,
                        .tier_listener = {note_change, &teller, options.code ? note_made : nullptr,
                                          options.code ? note_gone : nullptr}},
                       {app::Curve::write, &g_curve});
  g_lines.tell(system.console);
  if (way.tier == jit::Tier::adaptive) app::TierLines::tell_longest(system.console, result);
  if (options.code) g_lines.tell_gains(system.console);
  if (options.curve) {
    const bool first = way.tier == jit::Tier::compiled;
    g_curve.tell(program.name, way.suffix, result.load_ticks + (first ? result.compile_ticks : 0));
  }
  const bool refused = result.refused || jit::is_refusal(result.outcome);
  const bool must = (program.flags & jit::bundle::kFlagMustPass) != 0;
  wire::Status status = wire::Status::pass;
  if (!result.ended()) {
    app::say(system.console, program, result);
    status = refused && !must ? wire::Status::skip : wire::Status::fail;
  } else if (before.is_known && (before.fuel != result.fuel || before.status != result.status)) {
    system.console.text("otherwise it ran ").decimal(before.fuel);
    system.console.text(" instructions of the IR, to status ")
        .decimal(static_cast<uint32_t>(before.status))
        .newline();
    status = wire::Status::fail;
  }
  before = {true, result.fuel, result.status};
  app::Results results(system.emit);
  results.test(program.name, way.suffix, status, result.fuel,
               static_cast<uint32_t>(result.status) & 0xFF);
  if (options.ticks) {
    // Of t1 the program runs when all is compiled; of adaptive, compiling is part of the run.
    results.metric(program.name, way.suffix, ".run", result.run_ticks, "ticks");
    results.metric(program.name, way.suffix, ".compile", result.compile_ticks, "ticks");
    if (way.tier == jit::Tier::adaptive) {
      results.metric(program.name, way.suffix, ".longest_slice", result.longest_slice, "ticks");
      results.metric(program.name, way.suffix, ".longest_still", result.longest_still, "ticks");
    }
    if (options.curve) {
      results.metric(program.name, way.suffix, ".last_texts", g_curve.last(kLastTexts), "ticks");
    }
  }
  if (teller.told) {
    const jit::Region& region = workplace.machine_code;
    kernel::emit_code_retire(system.console, region.address, region.size);
  }
  return status;
}

wire::Status run_one(System& system, const jit::bundle::Program& program,
                     const jit::Workplace& workplace, const Options& options) {
  Ended before;
  wire::Status all = wire::Status::pass;
  for (uint32_t w = 0; w < kWaysCount; ++w) {
    if (!options.ways[w]) continue;
    const wire::Status status = run_in(system, program, workplace, options, kWays[w], before);
    if (status != wire::Status::pass && all != wire::Status::fail) all = status;
  }
  return all;
}

wire::Status run(System& system) {
  Options options;
  if (!read_options(system.console, options)) return wire::Status::fail;
  app::Prepared prepared;
  if (!app::prepare(system, prepared)) return wire::Status::fail;
  options.protection = &prepared.protection;
  const Text only(options.only, options.only_size);
  uint32_t chosen = 0;
  for (uint32_t i = 0; i < prepared.count; ++i) {
    if (jit::bundle::program(prepared.bundle, i).name.starts_with(only)) ++chosen;
  }
  const uint32_t tests = chosen * options.way_count;
  const uint32_t metrics =
      (options.curve ? 3 : 2) * tests + (options.is_adaptive() ? 2 * chosen : 0);
  kernel::emit_plan(system.console, tests, options.ticks ? metrics : 0);
  if (chosen == 0) {
    system.console.text("no program was chosen\n");
    return wire::Status::fail;
  }
  wire::Status all = wire::Status::pass;
  for (uint32_t i = 0; i < prepared.count; ++i) {
    const jit::bundle::Program program = jit::bundle::program(prepared.bundle, i);
    if (!program.name.starts_with(only)) continue;
    if (run_one(system, program, prepared.workplace, options) == wire::Status::fail) {
      all = wire::Status::fail;
    }
  }
  return all;
}

}  // namespace

extern "C" const kernel::App kernel_app = {"bitcode", 0, 0, &run};
