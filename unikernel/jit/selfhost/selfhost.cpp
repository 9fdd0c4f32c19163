// The guest in which the compiler compiles itself. It is given the compiler as bitcode
// (compiler_program.cpp), by boot module. S0 is the compiler in this kernel, compiled by clang.
//
//   S0 compiles the bitcode: M1        M1 compiles it: M2        M2 compiles it: M3
//   T0 interprets the bitcode, which compiles itself: MT
//   the compiler on the host, built for it, compiles the bitcode: MH, whose SHA-256 comes as the
//   text opt/uniharness/selfhost/host of fw_cfg
//
// All are the same bytes, or a test fails: code, table of functions, globals. An error in clang's
// build of the compiler, or in T1 or T0, that changes what the compiler does cannot do so in all of
// them unnoticed (D. A. Wheeler, "Fully Countering Trusting Trust through Diverse
// Double-Compiling", 2009).
#include "app/protection.h"
#include "bitcode/module_reader.h"
#include "ir/verify.h"
#include "kernel/boot_data.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "kernel/stage.h"
#include "kernel/system.h"
#include "selfhost/places.h"
#include "selfhost/request.h"

namespace {

using namespace jit;
using namespace jit::selfhost;
using kernel::Console;

constexpr uint32_t kTests = 6, kMetrics = 12;
constexpr char kHostFile[] = "opt/uniharness/selfhost/host";

uint8_t* at(uint32_t address) {
  return reinterpret_cast<uint8_t*>(static_cast<uintptr_t>(address));
}
uint32_t address_of(const void* p) { return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(p)); }

/// SHA-256 in hexadecimal, with a zero behind it.
struct Digest {
  char digits[Sha256::kDigits + 1] = {};

  friend bool operator==(const Digest& a, const Digest& b) {
    for (uint32_t i = 0; i < sizeof a.digits; ++i) {
      if (a.digits[i] != b.digits[i]) return false;
    }
    return true;
  }
  /// Its first 64 bits.
  [[nodiscard]] uint64_t begin() const {
    uint64_t value = 0;
    for (int i = 0; i < 16; ++i) {
      const char c = digits[i];
      value = value << 4 | static_cast<uint64_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return value;
  }
};

/// What one compilation gave.
struct Result {
  const char* name = "";
  const char* by = "";
  Buffers buffers;
  CompileRequest request;
  Digest digest;  // where it is good
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
    const uint32_t tables = take(app::kTableBytes);
    Result m1 = prepare("M1", "S0"), m2 = prepare("M2", "M1"), m3 = prepare("M3", "M2");
    Result mt = prepare("MT", "T0");
    if (free_ > end_) {
      system_.console.text("256 MB of memory are needed\n");
      return false;
    }
    if (!protect(tables)) return false;
    tell_material();
    // S0, for where M1 is to run.
    announce(m1);
    const uint64_t begin = x86::read_tsc_ordered();
    Fault fault;
    const bool compiled = compile_whole(m1.request, fault);
    finish(m1, compiled, begin);
    if (fault) say(fault);
    if (!test("selfhost.s0", m1, m1.good)) return false;
    // Each compiles it once more.
    bool all = test("selfhost.m1", m2, execute(m1, m2, own) && same(m1, m2));
    all &= test("selfhost.m2", m3, m2.good && execute(m2, m3, own) && same(m2, m3));
    all &= test("selfhost.t0", mt, interpret(mt, own) && same(m1, mt));
    all &= compare_host(m1);
    tell_metrics(m1, m2, m3, mt);
    // One byte changed is told apart: what is compared is looked at.
    m1.buffers.code[m1.request.code_used / 2] ^= 1;
    Digest changed;
    digest_into(m1.request, changed);
    all &= test("selfhost.one_byte_is_found", m1, !same(m1, m2) && !(changed == m1.digest));
    return all;
  }

 private:
  uint32_t take(uint32_t bytes) {
    const uint32_t taken = free_;
    free_ += (bytes + 4095) & ~4095U;
    return taken;
  }

  /// Of what was compiled, which finds the end of its stack by a page that is not there.
  bool protect(uint32_t tables) {
    place_.machine_code = {at(kCode), kCode, kCodeBytes};
    place_.low = kMemory;
    place_.high = kMemory + kMemoryBytes;
    return app::protect(system_, {at(tables), tables, app::kTableBytes}, place_, protection_);
  }

  Result prepare(const char* name, const char* by) {
    Result r;
    r.name = name;
    r.by = by;
    r.buffers = {at(take(kCodeBytes)), at(take(kDataBytes)), at(take(kGlobalsBytes)), at(work_)};
    r.request = request_for(file_, r.buffers);
    return r;
  }

  static void digest_into(const CompileRequest& request, Digest& digest) {
    char digits[Sha256::kDigits];
    digest_of(request, digits);
    for (uint32_t i = 0; i < sizeof digits; ++i) digest.digits[i] = digits[i];
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
           same_bytes(a.buffers.code, b.buffers.code, x.code_used) &&
           same_bytes(a.buffers.data, b.buffers.data, x.data_used) &&
           same_bytes(a.buffers.globals, b.buffers.globals, x.globals_used);
  }

  // ---- what is told

  void tell(const kernel::Stage& stage) { kernel::emit_stage(system_.console, stage); }
  void tell_material() {
    Digest digest;
    char digits[Sha256::kDigits];
    Sha256 hash;
    hash.add(file_.data, file_.size);
    hash.finish(digits);
    for (uint32_t i = 0; i < sizeof digits; ++i) digest.digits[i] = digits[i];
    tell({.name = "bitcode",
          .what = "the compiler, as clang's bitcode",
          .bytes = file_.size,
          .sha256 = digest.digits});
    tell({.name = "S0", .what = "the compiler in this kernel, built by clang", .from = "bitcode"});
    tell({.name = "T0", .what = "the interpreter in this kernel", .from = "bitcode"});
    has_host_ = kernel::read_boot_text(kHostFile, host_.digits, Sha256::kDigits) == Sha256::kDigits;
    if (has_host_) {
      tell({.name = "host", .what = "the compiler on the host, built by clang", .from = "bitcode"});
    }
  }
  void announce(const Result& r) {
    Console& out = system_.console;
    out.text(r.by).text(r.by[0] == 'T' ? " interprets the bitcode, which compiles itself to "
                                       : " compiles the bitcode to ");
    out.text(r.name).newline();
  }
  void finish(Result& r, bool good, uint64_t begin) {
    const CompileRequest& q = r.request;
    r.ticks = x86::read_tsc_ordered() - begin;
    r.good = good && q.code_used > 0 && q.code_used <= kCodeBytes && q.data_used <= kDataBytes &&
             q.globals_used <= kGlobalsBytes;
    if (!r.good) return;
    digest_into(q, r.digest);
    tell({.name = r.name,
          .what = "the compiler, as machine code",
          .by = r.by,
          .ticks = r.ticks,
          .bytes = bytes_made(q),
          .sha256 = r.digest.digits});
  }
  bool test(const char* name, const Result& r, bool good) {
    system_.emit.test(name, good ? wire::Status::pass : wire::Status::fail, r.ticks,
                      r.good ? r.digest.begin() : 0);
    return good;
  }
  bool compare_host(const Result& m1) {
    const bool good = has_host_ && host_ == m1.digest;
    if (has_host_) {
      tell({.name = "MH",
            .what = "the compiler, as machine code",
            .by = "host",
            .sha256 = host_.digits});
    }
    system_.emit.test("selfhost.host",
                      !has_host_ ? wire::Status::skip
                      : good     ? wire::Status::pass
                                 : wire::Status::fail,
                      0, has_host_ ? host_.begin() : 0);
    return good || !has_host_;
  }
  void tell_metrics(const Result& m1, const Result& m2, const Result& m3, const Result& mt) {
    kernel::Emitter& emit = system_.emit;
    emit.metric("selfhost.hash", m1.digest.begin(), "sha256");
    emit.metric("selfhost.instructions", m1.request.instructions, "instructions");
    emit.metric("selfhost.functions", m1.request.functions, "functions");
    emit.metric("selfhost.code_bytes", m1.request.code_used, "bytes");
    emit.metric("selfhost.islands", m1.request.islands, "islands");
    emit.metric("selfhost.s0_ticks", m1.ticks, "instructions");
    emit.metric("selfhost.m1_ticks", m2.ticks, "instructions");
    emit.metric("selfhost.m2_ticks", m3.ticks, "instructions");
    emit.metric("selfhost.t0_ticks", mt.ticks, "instructions");
    emit.metric("selfhost.m1_by_s0", m2.ticks * 1000 / m1.ticks, "permille");
    emit.metric("selfhost.t0_by_s0", mt.ticks * 1000 / m1.ticks, "permille");
    emit.metric("selfhost.bitcode_bytes", file_.size, "bytes");
  }

  /// Runs the compiler that `compiler` holds, for `result`.
  bool execute(const Result& compiler, Result& result, uint32_t own) {
    // In its place, with its globals as they begin and its stack behind them.
    copy(place_.machine_code.bytes, compiler.buffers.code, compiler.request.code_used);
    copy(at(kData), compiler.buffers.data, compiler.request.data_used);
    for (uint32_t i = 0; i < kMemoryBytes; ++i) at(kMemory)[i] = 0;
    Loaded loaded(file_, own, kMemory, kMemoryBytes, &system_.console);
    if (loaded.fault) return say(loaded.fault);
    copy(at(kMemory), compiler.buffers.globals, compiler.request.globals_used);
    open_memory(loaded.machine);
    Native native(loaded.machine, place_.machine_code, {at(kData), kData, kDataBytes},
                  kWholeOptions);
    native.adopt(compiler.request.entry);
    const uint32_t guard = (loaded.machine.state().stack_low + 4095) & ~4095U;
    protection_.guard(protection_.context, guard, true);
    const bool good = run_for(result, loaded.machine);
    protection_.guard(protection_.context, guard, false);
    return good;
  }

  bool interpret(Result& result, uint32_t own) {
    Loaded loaded(file_, own, take(kMemoryBytes), kMemoryBytes, &system_.console);
    if (loaded.fault) return say(loaded.fault);
    open_memory(loaded.machine);
    return run_for(result, loaded.machine);
  }

  bool run_for(Result& result, Machine& machine) {
    asked = &result.request;
    announce(result);
    const uint64_t begin = x86::read_tsc_ordered();
    struct Run {
      Machine& machine;
      Outcome outcome = Outcome::returned;
    } run = {machine};
    const auto code = [](void* context) {
      Run& r = *static_cast<Run*>(context);
      r.outcome = r.machine.run("guest_main", 0);
    };
    (void)protection_.run(protection_.context, code, &run, run.outcome);
    const Outcome outcome = run.outcome;
    finish(result, outcome == Outcome::returned && machine.state().status == 0, begin);
    if (machine.state().fault) say(machine.state().fault);
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
  Workplace place_;
  Protection protection_;
  Digest host_;
  bool has_host_ = false;
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
