// The guest that measures the interpreter and the compiler: ten programs, each as clang -O2
// compiles it for this processor, and from its bitcode. By counted instructions (`clock: counted`)
// the figures are exact.
//
//   [METRIC] NAME.native                       instructions, or cycles
//   [METRIC] NAME.t0  NAME.unchecked           interpreted, with and without bounds
//   [METRIC] NAME.t1                           compiled: the run alone
//   [METRIC] NAME.compile  NAME.code_bytes     what that costs, and its size
//   [METRIC] NAME.ratio  NAME.checked_ratio    unchecked and checked t0 by native, in hundredths
//   [METRIC] NAME.t1_ratio                     t1 by native, in thousandths
//   [METRIC] geomean.* and worst.* of the ratios; compile.per_instruction: of the IR, in
//   instructions; compile.read_per_instruction: of that, to read and verify bodies
#include "app/natives.h"
#include "app/results.h"
#include "app/workplace.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "kernel/system.h"

// The native programs, and what they are linked with.
#define NATIVE_PROGRAMS(X) \
  X(crc32)                 \
  X(fibonacci) X(mandelbrot) X(matmul_int) X(nbody) X(primes) X(quicksort) X(sha256) X(sieve) X(sum)
#define DECLARE(name) extern "C" int native_##name(int argument);
NATIVE_PROGRAMS(DECLARE)

namespace {

namespace app = jit::app;

using app::Native;
#define ROW(name) {#name, native_##name},
constexpr Native kNatives[] = {NATIVE_PROGRAMS(ROW)};
constexpr uint32_t kMetricsOfProgram = 9, kMetricsOfAll = 8;

/// log2 in steps of 2^-16, of x above 0.
uint32_t log2_of(uint64_t x) {
  uint32_t whole = 63;
  while (x >> whole == 0) --whole;
  uint64_t mantissa = x << (63 - whole) >> 32;  // 1.31 bits
  uint32_t fraction = 0;
  for (uint32_t bit = 0; bit < 16; ++bit) {
    mantissa = mantissa * mantissa >> 31;
    fraction <<= 1;
    if (mantissa >> 32 != 0) {
      mantissa >>= 1;
      fraction |= 1;
    }
  }
  return whole << 16 | fraction;
}

/// 2^x: the smallest number whose log2_of() is not below it.
uint64_t exp2_of(uint32_t x) {
  uint64_t low = 1, high = uint64_t{1} << 40;
  while (low < high) {
    const uint64_t middle = (low + high) / 2;
    if (log2_of(middle) < x) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

struct Summary {
  uint32_t logs = 0, count = 0;
  uint64_t worst = 0;
  void add(uint64_t ratio) {
    logs += log2_of(ratio > 0 ? ratio : 1);
    ++count;
    if (ratio > worst) worst = ratio;
  }
  [[nodiscard]] uint64_t mean() const { return exp2_of(logs / count); }
};

class Speed {
 public:
  Speed(kernel::System& system, const app::Prepared& prepared)
      : system_(system),
        workplace_(prepared.workplace),
        protection_(prepared.protection),
        results_(system.emit) {}

  bool measure(const jit::bundle::Program& program) {
    const Native* const native =
        app::find({kNatives, sizeof kNatives / sizeof *kNatives}, program.name);
    if (native == nullptr) return false;
    const uint64_t begin = x86::read_tsc_ordered();
    const int status = native->run(program.argument) & 0xFF;
    const uint64_t native_time = x86::read_tsc_ordered() - begin;
    uint64_t checked = 0, unchecked = 0, fuel = 0;
    jit::ProgramResult compiled;
    const bool good = run(program, {.checked = true}, status, checked, fuel, nullptr) &&
                      run(program, {.checked = false}, status, unchecked, fuel, nullptr);
    uint64_t whole = 0;
    const bool good_code = run(program,
                               {.checked = false,
                                .tier = jit::Tier::compiled,
                                .count = false,
                                .protection = &protection_,
                                .clock = read_clock},
                               status, whole, compiled.fuel, &compiled);
    results_.test(program.name, ".t0", app::status_of(good), fuel, static_cast<uint32_t>(status));
    results_.test(program.name, ".t1", app::status_of(good_code), 0, static_cast<uint32_t>(status));
    const uint64_t ratio = unchecked * 100 / native_time,
                   checked_ratio = checked * 100 / native_time;
    results_.metric(program.name, ".native", native_time, "instructions");
    results_.metric(program.name, ".t0", checked, "instructions");
    results_.metric(program.name, ".unchecked", unchecked, "instructions");
    results_.metric(program.name, ".t1", compiled.run_ticks, "instructions");
    results_.metric(program.name, ".compile", compiled.compile_ticks, "instructions");
    results_.metric(program.name, ".code_bytes", compiled.code_bytes, "bytes");
    results_.metric(program.name, ".ratio", ratio, "percent");
    results_.metric(program.name, ".checked_ratio", checked_ratio, "percent");
    results_.metric(program.name, ".t1_ratio", compiled.run_ticks * 1000 / native_time, "permille");
    all_.add(ratio);
    all_checked_.add(checked_ratio);
    all_compiled_.add(compiled.run_ticks * 1000 / native_time);
    compile_ticks_ += compiled.compile_ticks;
    read_ticks_ += compiled.read_ticks;
    instructions_ += compiled.instructions;
    return good && good_code;
  }

  void summarize() {
    results_.metric("geomean", ".ratio", all_.mean(), "percent");
    results_.metric("worst", ".ratio", all_.worst, "percent");
    results_.metric("geomean", ".checked_ratio", all_checked_.mean(), "percent");
    results_.metric("worst", ".checked_ratio", all_checked_.worst, "percent");
    results_.metric("geomean", ".t1_ratio", all_compiled_.mean(), "permille");
    results_.metric("worst", ".t1_ratio", all_compiled_.worst, "permille");
    const uint64_t count = instructions_ > 0 ? instructions_ : 1;
    results_.metric("compile", ".per_instruction", compile_ticks_ / count, "instructions");
    results_.metric("compile", ".read_per_instruction", read_ticks_ / count, "instructions");
  }

 private:
  static uint64_t read_clock() { return x86::read_tsc_ordered(); }

  bool run(const jit::bundle::Program& program, const jit::ProgramLimits& limits, int status,
           uint64_t& time, uint64_t& fuel, jit::ProgramResult* all) {
    const uint64_t begin = x86::read_tsc_ordered();
    const jit::ProgramResult result =
        jit::run_program(program.file, program.argument, workplace_, limits,
                         {app::write_to_console, &system_.console});
    if (all != nullptr) *all = result;
    time = x86::read_tsc_ordered() - begin;
    fuel = result.fuel;
    if (!result.ended()) {
      app::say(system_.console, program, result);
      return false;
    }
    return (result.status & 0xFF) == status;
  }

  kernel::System& system_;
  const jit::Workplace& workplace_;
  const jit::Protection& protection_;
  app::Results results_;
  Summary all_, all_checked_, all_compiled_;
  uint64_t compile_ticks_ = 0, read_ticks_ = 0, instructions_ = 0;
};

wire::Status run(kernel::System& system) {
  app::native_programs_write_to(system.console);
  app::Prepared prepared;
  if (!app::prepare(system, prepared)) return wire::Status::fail;
  const uint32_t count = prepared.count;
  kernel::emit_plan(system.console, 2 * count, count * kMetricsOfProgram + kMetricsOfAll);
  Speed speed(system, prepared);
  wire::Status status = app::status_of(count > 0);
  for (uint32_t i = 0; i < count; ++i) {
    if (!speed.measure(jit::bundle::program(prepared.bundle, i))) status = wire::Status::fail;
  }
  if (count > 0) speed.summarize();
  return status;
}

}  // namespace

extern "C" const kernel::App kernel_app = {"bitcode_speed", 0, 0, &run};
