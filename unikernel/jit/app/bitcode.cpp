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
//   break_even, share, machine_break_even, machine_share, watched,
//   watch_share, version_ticks   when it is worth it: adaptive/hot_paths.h
//   fuel    instructions that a program may run, 2,000,000,000 where not given
//   only    the programs whose names begin so
//   ticks   1: says what running and compiling took: [METRIC] NAME.t1.run, NAME.t1.compile
//   code    1: says what machine code there is, and when it is gone ([CODE], wire/protocol.h)
#include "app/results.h"
#include "app/workplace.h"
#include "bundle/bundle.h"
#include "kernel/boot_data.h"
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
  uint64_t fuel = 2'000'000'000;
  char only[jit::bundle::kNameBytes] = {};
  uint32_t only_size = 0;
};

Text without_newline(const char* text, size_t size) {
  if (size > 0 && text[size - 1] == '\n') --size;
  return {text, static_cast<uint32_t>(size)};
}

bool read_number(Text text, uint64_t& value) {
  value = 0;
  for (uint32_t i = 0; i < text.size; ++i) {
    const char c = text.data[i];
    if (c < '0' || c > '9' || value > (UINT64_MAX >> 1) / 10 - 9) return false;
    value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  return text.size > 0;
}

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
  char text[64];
  const size_t size = kernel::read_boot_text("opt/uniharness/bitcode/tiers", text, sizeof text);
  Text left = size > 0 ? without_newline(text, size) : Text("t0");
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

/// A number of 32 bits above 0, if there is such an option.
bool read_count(Console& out, const char* name, uint32_t& value) {
  char text[64];
  const size_t size = kernel::read_boot_text(name, text, sizeof text);
  uint64_t number = 0;
  if (size == 0) return true;
  if (!read_number(without_newline(text, size), number) || number == 0 || number > UINT32_MAX / 2) {
    out.text("option ").text(name).text(" must be a number from 1 to 2147483647\n");
    return false;
  }
  value = static_cast<uint32_t>(number);
  return true;
}

bool read_switch(Console& out, const char* name, bool& on) {
  char text[64];
  const size_t size = kernel::read_boot_text(name, text, sizeof text);
  const Text value = without_newline(text, size);
  on = value == Text("1");
  if (size == 0 || on || value == Text("0")) return true;
  out.text("option ").text(name).text(" must be 0 or 1\n");
  return false;
}

constexpr struct Count {
  const char* name;
  uint32_t jit::HotPathOptions::* value;
} kCounts[] = {
    {"opt/uniharness/bitcode/share", &jit::HotPathOptions::share},
    {"opt/uniharness/bitcode/break_even", &jit::HotPathOptions::break_even},
    {"opt/uniharness/bitcode/machine_share", &jit::HotPathOptions::machine_share},
    {"opt/uniharness/bitcode/machine_break_even", &jit::HotPathOptions::machine_break_even},
    {"opt/uniharness/bitcode/watched", &jit::HotPathOptions::watched},
    {"opt/uniharness/bitcode/watch_share", &jit::HotPathOptions::watch_share},
    {"opt/uniharness/bitcode/version_ticks", &jit::HotPathOptions::version_ticks},
};

bool read_options(Console& out, Options& options) {
  char text[64];
  if (!read_tiers(out, options)) return false;
  for (const Count& count : kCounts) {
    if (!read_count(out, count.name, options.hot_paths.*count.value)) return false;
  }
  size_t size = kernel::read_boot_text("opt/uniharness/bitcode/fuel", text, sizeof text);
  if (size > 0 && !read_number(without_newline(text, size), options.fuel)) {
    out.text("option opt/uniharness/bitcode/fuel must be a number of instructions\n");
    return false;
  }
  if (!read_switch(out, "opt/uniharness/bitcode/code", options.code) ||
      !read_switch(out, "opt/uniharness/bitcode/ticks", options.ticks)) {
    return false;
  }
  size = kernel::read_boot_text("opt/uniharness/bitcode/only", options.only, sizeof options.only);
  options.only_size = without_newline(options.only, size).size;
  return true;
}

/// Functions of one program that became machine code while it ran.
struct Change {
  jit::TierChange change;
  Text name;
  jit::Line why;  // it did not
};
constexpr uint32_t kMaxChanges = 512;
Change g_changes[kMaxChanges];

/// Tells of the machine code of one program.
struct CodeTeller {
  Console* out;
  bool code;  // by [CODE], too
  const jit::Region* region;
  bool told = false;
  uint32_t change_count = 0, changes_lost = 0;
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
void note_change(void* context, const jit::Module& module, const jit::Native& native,
                 const jit::TierChange& change) {
  auto& teller = *static_cast<CodeTeller*>(context);
  if (teller.change_count == kMaxChanges) {
    ++teller.changes_lost;
  } else {
    Change& kept = g_changes[teller.change_count++];
    kept.change = change;
    kept.name = module.functions[change.id].name;
    kept.why = jit::Line().add(change.why);
  }
  if (!teller.code || change.bytes == 0) return;
  const bool version = change.what == jit::TierChange::version;
  const jit::Native::Placed placed = native.last();
  const Text name = module.functions[change.id].name;
  kernel::emit_code_load(*teller.out, teller.region->address + placed.offset, placed.size,
                         version ? "t2" : "t1", name.data, name.size);
  teller.told = true;
}

/// `f(1 = 64, *2+8 = 172)`: what a version is for, by the slots of the arguments.
void tell_known(Console& out, const jit::TierChange& change) {
  for (uint32_t k = 0; k < change.known.count; ++k) {
    const jit::Native::Seen& where = change.observed[change.known.which[k]].where;
    out.text(k == 0 ? "(" : ", ").text(where.bytes > 0 ? "*" : "").decimal(where.slot);
    if (where.bytes > 0) out.text("+").decimal(where.offset);
    out.text(" = ").decimal(change.known.values[k]);
  }
  if (change.known.count > 0) out.text(")");
}

/// What a version was tried on, and what the call took before.
void tell_test(Console& out, const jit::TierChange& change) {
  if (change.test.instructions == 0) return;
  out.text("; tried on a call of ").decimal(change.test.instructions);
  out.text(" instructions: ").decimal(change.test.ticks).text(" ticks, t1 ");
  out.decimal(change.before);
}

const char* tiers_of(const jit::TierChange& change) {
  const bool first = change.what <= jit::TierChange::loop;
  if (change.what == jit::TierChange::abandoned) return " t2 -> t1";
  if (change.bytes > 0) return first ? " t0 -> t1" : " t1 -> t2";
  return first ? " stays t0" : " stays t1";
}

void tell_changes(const CodeTeller& teller) {
  Console& out = *teller.out;
  for (uint32_t i = 0; i < teller.change_count; ++i) {
    const jit::TierChange& change = g_changes[i].change;
    jit::Line name;
    name.add(g_changes[i].name);
    out.text("tier: ").text(name.text().data, name.text().size);
    tell_known(out, change);
    if (change.what == jit::TierChange::loop) out.text(", loop");
    out.text(tiers_of(change)).text(" at ").decimal(change.at);
    out.text(", ").decimal(change.samples).text(" samples, ").decimal(change.instructions);
    out.text(" instructions; ").decimal(change.bytes).text(" bytes, ").decimal(change.ticks);
    out.text(" ticks");
    tell_test(out, change);
    const Text why = g_changes[i].why.text();
    if (why.size > 0) out.text(": ").text(why.data, why.size);
    out.newline();
  }
  if (teller.changes_lost > 0) out.text("tier: ").decimal(teller.changes_lost).text(" more\n");
}

wire::Status run_in(System& system, const jit::bundle::Program& program,
                    const jit::Workplace& workplace, const Options& options, const Way& way,
                    Ended& before) {
  CodeTeller teller = {&system.console, options.code, &workplace.machine_code};
  const jit::ProgramResult result =
      jit::run_program(program.file, program.argument, workplace,
                       {.fuel = options.fuel,
                        .checked = way.checked,
                        .tier = way.tier,
                        .protection = options.protection,
                        .clock = x86::read_tsc_ordered,
                        .listener = {options.code ? tell : nullptr, &teller},
                        .hot_paths = options.hot_paths,
                        .tier_listener = {note_change, &teller}},
                       {app::write_to_console, &system.console});
  tell_changes(teller);
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
  kernel::emit_plan(system.console, tests, options.ticks ? 2 * tests : 0);
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
