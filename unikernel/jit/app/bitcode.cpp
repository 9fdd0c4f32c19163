// The guest that runs programs in bitcode: a bundle of them (bundle/bundle.h), given by boot
// module, fw_cfg or disk, each from its file to its end, thousands in one boot.
//
//   [TEST] NAME.t0: pass  iterations=<instructions of the IR that were run> result=<exit status>
//   [TEST] NAME.t1: ...   the same as machine code
//
// pass: it came to its own end. fail: it did not, and the line before says why; or it was refused
// and must not be. skip: it was refused, and the line before says why.
//
// Options, each a fw_cfg file (QEMU's -fw_cfg name=opt/uniharness/bitcode/fuel,string=1000000):
//   tiers   t0, where not given: interpreted; t0-unchecked: accesses are not held against the
//           program's memory; t1: compiled; t0,t1: both, and they must run the same number of
//           instructions
//   fuel    instructions that a program may run, 2,000,000,000 where not given
//   only    the programs whose names begin so
//   code    1: says what machine code there is, and when it is gone ([CODE], wire/protocol.h)
#include "app/workplace.h"
#include "bundle/bundle.h"
#include "kernel/boot_data.h"
#include "kernel/code.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "kernel/system.h"
#include "program/program.h"

namespace {

using jit::Text;
namespace app = jit::app;
using kernel::Console;
using kernel::System;

struct Options {
  bool interpreted = true;
  bool compiled = false;
  bool checked = true;
  const jit::Protection* protection = nullptr;
  bool code = false;
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

bool read_options(Console& out, Options& options) {
  char text[64];
  size_t size = kernel::read_boot_text("opt/uniharness/bitcode/tiers", text, sizeof text);
  const Text tiers = without_newline(text, size);
  options.compiled = tiers == Text("t1") || tiers == Text("t0,t1");
  options.interpreted = !(tiers == Text("t1"));
  options.checked = !(tiers == Text("t0-unchecked"));
  if (size > 0 && options.checked && !options.compiled && !(tiers == Text("t0"))) {
    out.text("option opt/uniharness/bitcode/tiers must be t0, t0-unchecked, t1 or t0,t1\n");
    return false;
  }
  size = kernel::read_boot_text("opt/uniharness/bitcode/fuel", text, sizeof text);
  if (size > 0 && !read_number(without_newline(text, size), options.fuel)) {
    out.text("option opt/uniharness/bitcode/fuel must be a number of instructions\n");
    return false;
  }
  size = kernel::read_boot_text("opt/uniharness/bitcode/code", text, sizeof text);
  options.code = without_newline(text, size) == Text("1");
  if (size > 0 && !options.code && !(without_newline(text, size) == Text("0"))) {
    out.text("option opt/uniharness/bitcode/code must be 0 or 1\n");
    return false;
  }
  size = kernel::read_boot_text("opt/uniharness/bitcode/only", options.only, sizeof options.only);
  options.only_size = without_newline(options.only, size).size;
  return true;
}

/// Tells of the machine code of one program.
struct CodeTeller {
  Console* out;
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

wire::Status run_in(System& system, const jit::bundle::Program& program,
                    const jit::Workplace& workplace, const Options& options, jit::Tier tier,
                    uint64_t* fuel) {
  const bool compiled = tier == jit::Tier::compiled;
  CodeTeller teller = {&system.console, &workplace.machine_code};
  const jit::ProgramResult result =
      jit::run_program(program.file, program.argument, workplace,
                       {.fuel = options.fuel,
                        .checked = options.checked && !compiled,
                        .tier = tier,
                        .protection = options.protection,
                        .listener = {options.code ? tell : nullptr, &teller}},
                       {app::write_to_console, &system.console});
  const bool refused = result.refused || jit::is_refusal(result.outcome);
  const bool must = (program.flags & jit::bundle::kFlagMustPass) != 0;
  wire::Status status = wire::Status::pass;
  if (!result.ended()) {
    app::say(system.console, program, result);
    status = refused && !must ? wire::Status::skip : wire::Status::fail;
  } else if (compiled && options.interpreted && *fuel != result.fuel) {
    system.console.text("interpreted, it ran ").decimal(*fuel).text(" instructions of the IR\n");
    status = wire::Status::fail;
  }
  *fuel = result.fuel;
  char name[jit::bundle::kNameBytes + 4];
  uint32_t size = 0;
  for (; size < program.name.size; ++size) name[size] = program.name.data[size];
  for (const char* c = compiled ? ".t1" : ".t0"; *c != 0; ++c) name[size++] = *c;
  name[size] = 0;
  system.emit.test(name, status, result.fuel, static_cast<uint32_t>(result.status) & 0xFF);
  if (teller.told) {
    const jit::Region& region = workplace.machine_code;
    kernel::emit_code_retire(system.console, region.address, region.size);
  }
  return status;
}

wire::Status run_one(System& system, const jit::bundle::Program& program,
                     const jit::Workplace& workplace, const Options& options) {
  uint64_t fuel = 0;
  wire::Status all = wire::Status::pass;
  for (uint32_t k = 0; k < 2; ++k) {  // interpreted first: then the fuel is known
    const jit::Tier tier = k == 0 ? jit::Tier::interpreted : jit::Tier::compiled;
    if (!(k == 0 ? options.interpreted : options.compiled)) continue;
    const wire::Status status = run_in(system, program, workplace, options, tier, &fuel);
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
  const uint32_t tiers = (options.interpreted ? 1 : 0) + (options.compiled ? 1 : 0);
  kernel::emit_plan(system.console, chosen * tiers, 0);
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
