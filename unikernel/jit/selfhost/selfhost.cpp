// The guest in which the compiler compiles itself. It is given the compiler as bitcode
// (compiler_program.cpp), by boot module. S0 is the compiler in this kernel, compiled by clang.
//
//   S0 compiles the bitcode: M1        M1 compiles it: M2        M2 compiles it: M3
//   T0 interprets the bitcode, which compiles itself: MT
//
// M1, M2, M3 and MT are the same bytes, or a test fails: code, table of functions, globals. An
// error in clang's build of the compiler, or in T1 or T0, that changes what the compiler does
// cannot do so in all of them unnoticed (D. A. Wheeler, "Fully Countering Trusting Trust through
// Diverse Double-Compiling", 2009).
#include "app/workplace.h"
#include "bitcode/module_reader.h"
#include "ir/verify.h"
#include "kernel/boot_data.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "kernel/system.h"
#include "selfhost/places.h"
#include "selfhost/request.h"

namespace {

using namespace jit;
using namespace jit::selfhost;
using kernel::Console;

constexpr uint32_t kTests = 5, kMetrics = 12;

uint8_t* at(uint32_t address) {
  return reinterpret_cast<uint8_t*>(static_cast<uintptr_t>(address));
}
uint32_t address_of(const void* p) { return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(p)); }

/// What one compilation gave.
struct Result {
  uint8_t* code = nullptr;
  uint8_t* data = nullptr;
  uint8_t* globals = nullptr;
  CompileRequest request;
  uint64_t ticks = 0;
  bool good = false;
};

/// Who asked last.
CompileRequest* asked = nullptr;

Outcome give_request(State&, uint32_t* arguments) {
  arguments[0] = address_of(asked);
  return Outcome::returned;
}
Outcome write(State& state, uint32_t* arguments) {
  const uint8_t* const bytes = state.at(arguments[0], arguments[1]);
  if (bytes == nullptr) return Outcome::wild_access;
  static_cast<Console*>(import_context(state))
      ->text(reinterpret_cast<const char*>(bytes), arguments[1]);
  return Outcome::returned;
}
constexpr Provided kProvided[] = {{"compiler_request", give_request}, {"guest_write", write}};

class Diamond {
 public:
  Diamond(kernel::System& system, Span<const uint8_t> file, uint32_t free, uint32_t end)
      : system_(system), file_(file), free_(free), end_(end) {}

  bool run() {
    work_ = take(kWorkBytes);
    const uint32_t own = take(kWorkBytes);
    Result m1, m2, m3, mt;
    for (Result* r : results(m1, m2, m3, mt)) prepare(*r);
    if (free_ > end_) {
      system_.console.text("256 MB of memory are needed\n");
      return false;
    }
    // S0, for where M1 is to run.
    uint64_t begin = x86::read_tsc_ordered();
    Fault fault;
    m1.good = compile_whole(m1.request, fault);
    m1.ticks = x86::read_tsc_ordered() - begin;
    report("m1", m1, fault);
    bool all = test("selfhost.s0", m1.good);
    if (!m1.good) return false;
    // Each compiles it once more.
    all &= test("selfhost.m1", execute(m1, m2, own) && same(m1, m2));
    all &= test("selfhost.m2", m2.good && execute(m2, m3, own) && same(m2, m3));
    all &= test("selfhost.t0", interpret(mt, own) && same(m1, mt));
    const uint64_t hash = hash_of(m1);
    system_.emit.metric("selfhost.hash", hash, "fnv1a64");
    system_.emit.metric("selfhost.instructions", m1.request.instructions, "instructions");
    system_.emit.metric("selfhost.functions", m1.request.functions, "functions");
    system_.emit.metric("selfhost.code_bytes", m1.request.code_used, "bytes");
    system_.emit.metric("selfhost.islands", m1.request.islands, "islands");
    system_.emit.metric("selfhost.s0_ticks", m1.ticks, "instructions");
    system_.emit.metric("selfhost.m1_ticks", m2.ticks, "instructions");
    system_.emit.metric("selfhost.m2_ticks", m3.ticks, "instructions");
    system_.emit.metric("selfhost.t0_ticks", mt.ticks, "instructions");
    system_.emit.metric("selfhost.m1_by_s0", m2.ticks * 1000 / m1.ticks, "permille");
    system_.emit.metric("selfhost.t0_by_s0", mt.ticks * 1000 / m1.ticks, "permille");
    system_.emit.metric("selfhost.bitcode_bytes", file_.size, "bytes");
    // One byte changed is told apart: what is compared is looked at.
    m1.code[m1.request.code_used / 2] ^= 1;
    all &= test("selfhost.one_byte_is_found", !same(m1, m2) && hash_of(m1) != hash);
    return all;
  }

 private:
  struct Results {
    Result* all[4];
    Result** begin() { return all; }
    Result** end() { return all + 4; }
  };
  static Results results(Result& a, Result& b, Result& c, Result& d) { return {{&a, &b, &c, &d}}; }

  uint32_t take(uint32_t bytes) {
    const uint32_t taken = free_;
    free_ += (bytes + 4095) & ~4095U;
    return taken;
  }

  void prepare(Result& r) {
    r.code = at(take(kCodeBytes));
    r.data = at(take(kDataBytes));
    r.globals = at(take(kGlobalsBytes));
    r.request.file_bytes = address_of(file_.data);
    r.request.file_size = file_.size;
    r.request.code_address = kCode;
    r.request.code_size = kCodeBytes;
    r.request.code_bytes = address_of(r.code);
    r.request.data_address = kData;
    r.request.data_size = kDataBytes;
    r.request.data_bytes = address_of(r.data);
    r.request.memory_address = kMemory;
    r.request.memory_size = kMemoryBytes;
    r.request.memory_bytes = address_of(r.globals);
    r.request.work_bytes = work_;
    r.request.work_size = kWorkBytes;
  }

  static uint64_t hash_of(const Result& r) {
    uint64_t hash = selfhost::hash_of(r.code, r.request.code_used, kHashBegin);
    hash = selfhost::hash_of(r.data, r.request.data_used, hash);
    return selfhost::hash_of(r.globals, r.request.globals_used, hash);
  }
  static bool same_bytes(const uint8_t* a, const uint8_t* b, uint32_t size) {
    for (uint32_t i = 0; i < size; ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }
  static bool same(const Result& a, const Result& b) {
    const CompileRequest &x = a.request, &y = b.request;
    return x.code_used == y.code_used && x.data_used == y.data_used &&
           x.globals_used == y.globals_used && x.entry == y.entry && x.code_used > 0 &&
           same_bytes(a.code, b.code, x.code_used) && same_bytes(a.data, b.data, x.data_used) &&
           same_bytes(a.globals, b.globals, x.globals_used);
  }

  void report(const char* name, const Result& r, const Fault& fault) {
    Console& out = system_.console;
    const CompileRequest& q = r.request;
    out.text(name).text(": ").decimal(q.functions).text(" functions, ").decimal(q.instructions);
    out.text(" instructions of the IR, ").decimal(q.code_used).text(" bytes of code, ");
    out.decimal(r.ticks).text(" instructions to compile, hash 0x");
    const uint64_t hash = hash_of(r);
    out.hex(static_cast<uint32_t>(hash >> 32)).hex(static_cast<uint32_t>(hash)).newline();
    if (fault) {
      const Text what = fault.what.text();
      out.text(what.data, what.size).newline();
    }
  }
  bool test(const char* name, bool good) {
    system_.emit.test(name, good ? wire::Status::pass : wire::Status::fail, 0, 0);
    return good;
  }

  /// Runs the compiler that `compiler` holds, for `result`.
  bool execute(const Result& compiler, Result& result, uint32_t own) {
    // In its place, with its globals as they begin and its stack behind them.
    copy(at(kCode), compiler.code, compiler.request.code_used);
    copy(at(kData), compiler.data, compiler.request.data_used);
    for (uint32_t i = 0; i < kMemoryBytes; ++i) at(kMemory)[i] = 0;
    Loaded loaded(file_, own, kMemory, kMemoryBytes, &system_.console);
    if (loaded.fault) return say(loaded.fault);
    copy(at(kMemory), compiler.globals, compiler.request.globals_used);
    open_memory(loaded.machine);
    Native native(loaded.machine, {at(kCode), kCode, kCodeBytes}, {at(kData), kData, kDataBytes},
                  {.fuel = false});
    native.adopt(compiler.request.entry);
    asked = &result.request;
    const uint64_t begin = x86::read_tsc_ordered();
    const Outcome outcome = loaded.machine.run("guest_main", 0);
    result.ticks = x86::read_tsc_ordered() - begin;
    result.good = outcome == Outcome::returned && loaded.machine.state().status == 0;
    report("compiled", result, {});
    if (outcome != Outcome::returned) say(outcome);
    return result.good;
  }

  bool interpret(Result& result, uint32_t own) {
    Loaded loaded(file_, own, take(kMemoryBytes), kMemoryBytes, &system_.console);
    if (loaded.fault) return say(loaded.fault);
    open_memory(loaded.machine);
    asked = &result.request;
    const uint64_t begin = x86::read_tsc_ordered();
    const Outcome outcome = loaded.machine.run("guest_main", 0);
    result.ticks = x86::read_tsc_ordered() - begin;
    result.good = outcome == Outcome::returned && loaded.machine.state().status == 0;
    report("interpreted", result, loaded.machine.state().fault);
    if (outcome != Outcome::returned) say(outcome);
    return result.good;
  }

  /// The compiler's module, for one run of it.
  struct Loaded {
    Loaded(Span<const uint8_t> file_bytes, uint32_t own, uint32_t low, uint32_t bytes, Console* out)
        : module(at(own), kWorkBytes / 2),
          code(at(own + kWorkBytes / 2), kWorkBytes / 4),
          scratch(at(own + kWorkBytes / 4 * 3), kWorkBytes / 8) {
      fault = bitcode::open_module(file_bytes, module, file);
      if (!fault) fault = verify_module(file.module, scratch);
      if (fault) return;
      Resources resources;
      resources.low = low;
      resources.high = low + bytes;
      resources.stack_bytes = bytes / 2;
      resources.slots = {reinterpret_cast<uint32_t*>(at(own + kWorkBytes / 8 * 7)),
                         kWorkBytes / 32};
      resources.code = &code;
      resources.scratch = &scratch;
      resources.checked = false;
      fault = machine.load(file.module, {bitcode::read_verified_body, &file}, resources,
                           {kProvided, sizeof kProvided / sizeof *kProvided}, out);
    }
    Arena module, code, scratch;
    bitcode::BitcodeFile file;
    Machine machine;
    Fault fault;
  };

  /// The compiler writes to the buffers of its request, too.
  static void open_memory(Machine& machine) {
    machine.mutable_state().low = 0;
    machine.mutable_state().high = ~15U;
  }
  static void copy(uint8_t* to, const uint8_t* from, uint32_t size) {
    for (uint32_t i = 0; i < size; ++i) to[i] = from[i];
  }
  bool say(const Fault& fault) {
    const Text what = fault.what.text();
    system_.console.text(what.data, what.size).newline();
    return false;
  }
  void say(Outcome outcome) {
    const Text what = text_of(outcome);
    system_.console.text(what.data, what.size).newline();
  }

  kernel::System& system_;
  Span<const uint8_t> file_;
  uint32_t free_, end_;
  uint32_t work_ = 0;
};

wire::Status run(kernel::System& system) {
  if (!x86::enable_sse2()) {
    system.console.text("the processor has no SSE2\n");
    return wire::Status::fail;
  }
  asm volatile("fninit");
  const kernel::Region region = kernel::free_memory();
  const kernel::BootData data = kernel::find_boot_data();
  if (data.address == nullptr) {
    system.console.text("there is no compiler: give its bitcode with -initrd\n");
    return wire::Status::fail;
  }
  if (region.begin > kCode || region.begin + region.size < kMemory + kMemoryBytes) {
    system.console.text("memory from 32 MB on must be free: start with 256 MB\n");
    return wire::Status::fail;
  }
  kernel::emit_plan(system.console, kTests, kMetrics);
  Diamond diamond(system,
                  {static_cast<const uint8_t*>(data.address), static_cast<uint32_t>(data.size)},
                  kMemory + kMemoryBytes, static_cast<uint32_t>(region.begin + region.size));
  return diamond.run() ? wire::Status::pass : wire::Status::fail;
}

}  // namespace

extern "C" const kernel::App kernel_app = {"selfhost", 0, 0, &run};
