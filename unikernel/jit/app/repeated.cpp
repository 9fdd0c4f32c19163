// The guest that measures what code gains that is made anew for what repeats: programs whose hot
// function takes sizes, or a program, that are always the same. Each as clang -O2 compiles it for
// this processor, compiled from bitcode before it begins (T1), and adaptive: interpreted, then T1,
// then T2. By counted instructions (`clock: counted`) the figures are exact.
//
//   [METRIC] NAME.native   NAME.t1   NAME.adaptive   instructions, or cycles; of adaptive with all
//                                                    compiling and trying
//   [METRIC] NAME.compiling        of that
//   [METRIC] NAME.adaptive_ratio   adaptive by native, in thousandths
//   [METRIC] NAME.t1_ratio         adaptive by T1, both with all compiling, in thousandths
//   [METRIC] NAME.steady_ratio     the first of what a run twice as long takes more
//   [METRIC] NAME.longest_slice    for which the adaptive one stood still at once while it was
//   compiled [METRIC] NAME.longest_still    while versions of it were tried
#include "app/natives.h"
#include "app/results.h"
#include "app/workplace.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "kernel/system.h"

// The native programs, and what they are linked with.
#define NATIVE_PROGRAMS(X) X(float_products) X(int_matrices) X(little_machine) X(plain_llama)
#define DECLARE(name) extern "C" int native_##name(int argument);
NATIVE_PROGRAMS(DECLARE)

namespace {

namespace app = jit::app;

#define ROW(name) {#name, native_##name},
constexpr app::Native kNatives[] = {NATIVE_PROGRAMS(ROW)};
constexpr uint32_t kMetricsOfProgram = 9;

uint64_t now() { return x86::read_tsc_ordered(); }

class Repeated {
 public:
  Repeated(kernel::System& system, const app::Prepared& prepared)
      : system_(system), prepared_(prepared), results_(system.emit) {}

  bool measure(const jit::bundle::Program& program) {
    const app::Native* const native =
        app::find({kNatives, sizeof kNatives / sizeof *kNatives}, program.name);
    if (native == nullptr) return false;
    const int32_t once = program.argument, twice = 2 * once;
    const Measured native_once = run(*native, once), native_twice = run(*native, twice);
    const Measured t1 = run(program, once, jit::Tier::compiled);
    // The native program goes on with the memory of its first run, so that its status is another.
    const Measured t1_twice = run(program, twice, jit::Tier::compiled);
    const Measured adaptive = run(program, once, jit::Tier::adaptive);
    const Measured longer = run(program, twice, jit::Tier::adaptive);
    const bool good = t1.good && adaptive.good && longer.good && t1.fuel == adaptive.fuel &&
                      t1.status == native_once.status && adaptive.status == native_once.status &&
                      longer.status == t1_twice.status && longer.fuel == t1_twice.fuel;
    results_.test(program.name, "", app::status_of(good), adaptive.fuel,
                  static_cast<uint32_t>(adaptive.status));
    results_.metric(program.name, ".native", native_once.ticks, "instructions");
    results_.metric(program.name, ".t1", t1.ticks, "instructions");
    results_.metric(program.name, ".adaptive", adaptive.ticks, "instructions");
    results_.metric(program.name, ".compiling", adaptive.compiling, "instructions");
    results_.metric(program.name, ".adaptive_ratio", adaptive.ticks * 1000 / native_once.ticks,
                    "permille");
    results_.metric(program.name, ".t1_ratio", adaptive.ticks * 1000 / (t1.ticks + t1.compiling),
                    "permille");
    results_.metric(
        program.name, ".steady_ratio",
        (longer.ticks - adaptive.ticks) * 1000 / (native_twice.ticks - native_once.ticks),
        "permille");
    results_.metric(program.name, ".longest_slice", longer.longest_slice, "ticks");
    results_.metric(program.name, ".longest_still", longer.longest_still, "ticks");
    return good;
  }

 private:
  struct Measured {
    bool good = true;
    int status = 0;
    uint64_t ticks = 0, compiling = 0, fuel = 0;
    uint64_t longest_slice = 0, longest_still = 0;
  };

  static Measured run(const app::Native& native, int32_t argument) {
    Measured m;
    const uint64_t begin = now();
    m.status = native.run(argument) & 0xFF;
    m.ticks = now() - begin;
    return m;
  }

  Measured run(const jit::bundle::Program& program, int32_t argument, jit::Tier tier) {
    const jit::ProgramResult result = jit::run_program(
        program.file, argument, prepared_.workplace,
        {.checked = false, .tier = tier, .protection = &prepared_.protection, .clock = now},
        {app::write_to_console, &system_.console});
    if (!result.ended()) app::say(system_.console, program, result);
    return {result.ended(), result.status & 0xFF, result.run_ticks,    result.compile_ticks,
            result.fuel,    result.longest_slice, result.longest_still};
  }

  kernel::System& system_;
  const app::Prepared& prepared_;
  app::Results results_;
};

wire::Status run(kernel::System& system) {
  app::native_programs_write_to(system.console);
  app::Prepared prepared;
  if (!app::prepare(system, prepared)) return wire::Status::fail;
  kernel::emit_plan(system.console, prepared.count, prepared.count * kMetricsOfProgram);
  Repeated repeated(system, prepared);
  wire::Status status = app::status_of(prepared.count > 0);
  for (uint32_t i = 0; i < prepared.count; ++i) {
    if (!repeated.measure(jit::bundle::program(prepared.bundle, i))) status = wire::Status::fail;
  }
  return status;
}

}  // namespace

extern "C" const kernel::App kernel_app = {"bitcode_repeated", 0, 0, &run};
