// The guest that shows that wrong code of a function is found before it is published: each call of
// count_up (count_up.c) is tried with another version, made of a body that is right, or wrong in
// one way. Whatever the version does, the call must have done what the function does.
//
//   [TEST] trial.NAME      iterations=<instructions of the IR that the call took>
//   [TEST] trial.program   result=<what guest_main has found wrong>
#include "adaptive/trial.h"
#include "app/results.h"
#include "app/workplace.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "kernel/system.h"
#include "program/loaded.h"
#include "specialize/specialize.h"

namespace {

using namespace jit;

Instruction& first_of(const Body& body, Opcode op) {
  for (Instruction& i : body.instructions) {
    if (i.op == op) return i;
  }
  return body.instructions[0];
}

// Each changes the body in place, which the arena has of its own.
void nothing(const Module&, Body&) {}
void wrong_factor(const Module&, Body& body) {
  for (Instruction& i : body.instructions) {
    if (i.op != Opcode::binary || static_cast<BinaryOp>(i.code) != BinaryOp::mul) continue;
    i.code = static_cast<uint8_t>(BinaryOp::add);
  }
}
void lost_store(const Module&, Body& body) {
  Instruction& store = first_of(body, Opcode::store);
  store.op = Opcode::fence;
  store.count = 0;
}
void wrong_place(const Module& module, Body& body) {
  for (const Global& global : module.globals) {
    if (!(global.name == Text("g_other"))) continue;
    body.operands[first_of(body, Opcode::store).first] = global.value;
  }
}
void wild_place(const Module&, Body& body) {
  Instruction& store = first_of(body, Opcode::store);
  for (uint32_t v = 0; v < body.values.size; ++v) {
    Value& value = body.values[v];
    if (value.kind != ValueKind::zero && value.kind != ValueKind::integer) continue;
    const Instruction& address =
        body.instructions[body.values[body.operands[store.first] - body.base].index];
    value = {};
    value.kind = ValueKind::zero;
    value.type = address.type;
    body.operands[store.first] = body.base + v;
    return;
  }
}
void wrong_count(const Module&, Body& body) { ++first_of(body, Opcode::load).cost; }
void never_ends(const Module&, Body& body) {
  for (const Instruction& i : body.instructions) {
    // The loop's test goes back to the loop either way.
    if (i.op != Opcode::branch_if) continue;
    uint32_t* const targets = body.operands.data + i.first + 1;
    const BlockId back = targets[0] > targets[1] ? targets[0] : targets[1];
    targets[0] = targets[1] = back;
  }
}
void not_reached(const Module&, Body& body) {
  Instruction& last = first_of(body, Opcode::return_value);
  last.op = Opcode::unreachable;
  last.count = 0;
}
void wrong_result(const Module&, Body& body) {
  const Instruction& last = first_of(body, Opcode::return_value);
  if (last.count == 1) body.operands[last.first] = body.base + 1;  // the second argument
}

struct Case {
  const char* name;
  void (*change)(const Module& module, Body& body);
  SelfTest::Result expected;
};
constexpr Case kCases[] = {
    {"trial.right", nothing, SelfTest::same},
    {"trial.wrong_factor", wrong_factor, SelfTest::differs},
    {"trial.lost_store", lost_store, SelfTest::differs},
    {"trial.wrong_place", wrong_place, SelfTest::differs},
    {"trial.null_pointer", wild_place, SelfTest::differs},
    {"trial.wrong_count", wrong_count, SelfTest::differs},
    {"trial.never_ends", never_ends, SelfTest::differs},
    {"trial.not_reached", not_reached, SelfTest::differs},
    {"trial.wrong_result", wrong_result, SelfTest::differs},
    {"trial.right_again", nothing, SelfTest::same},
};
constexpr uint32_t kCount = sizeof kCases / sizeof *kCases;

class Trial {
 public:
  Trial(kernel::System& system, const app::Prepared& prepared)
      : system_(system), prepared_(prepared), loaded_(prepared.workplace) {}

  bool run(Span<const uint8_t> file) {
    Output output;
    if (const Fault fault = loaded_.load(file, prepared_.workplace, {}, output)) return say(fault);
    Native native(loaded_.machine, prepared_.workplace.machine_code,
                  prepared_.workplace.machine_data, {.fuel = true, .traps = true});
    native_ = &native;
    const FunctionId id = loaded_.machine.find("count_up");
    if (id == kNone || !native.prepare() || !native.make(id)) return say(native.fault());
    native.install();
    native.publish(id);
    if (!native.watch(id, {look, this})) return say(native.fault());
    Outcome outcome = Outcome::returned;
    const bool ended = prepared_.protection.run(prepared_.protection.context, begin, this, outcome);
    const auto wrong = static_cast<uint32_t>(loaded_.machine.state().status);
    const bool good = ended && outcome_ == Outcome::returned && wrong == 0 && next_ == kCount;
    system_.emit.test("trial.program", app::status_of(good), next_, wrong);
    return good && good_;
  }

 private:
  static void begin(void* context) {
    Trial& self = *static_cast<Trial*>(context);
    self.outcome_ = self.loaded_.machine.run("guest_main", kCount);
  }

  static bool look(void* context, FunctionId id, uint32_t* arguments, Outcome& outcome) {
    return static_cast<Trial*>(context)->try_next(id, arguments, outcome);
  }

  static bool make(void* context, const Body& body, const Constants& constants, Arena& arena,
                   Body& made, Text& why) {
    Trial& self = *static_cast<Trial*>(context);
    const Module& module = self.loaded_.opened.module;
    SpecializeOptions options;
    options.unknown = false;  // one loop, all of which each call runs: a fault in it shows
    if (!specialize(module, body, constants, options, arena, made, why)) return false;
    kCases[self.next_].change(module, made);
    return true;
  }

  bool try_next(FunctionId id, uint32_t* arguments, Outcome& outcome) {
    if (next_ == kCount) return false;
    const Case& one = kCases[next_];
    const Native::Rewrite rewrite = {make, this};
    const bool made = native_->make(id, &rewrite);
    ++next_;
    SelfTest test;
    if (made) {
      test = test_version(loaded_.machine, *native_, native_->last().offset, id, arguments,
                          loaded_.scratch, &prepared_.protection, x86::read_tsc_ordered);
      outcome = test.outcome;
    } else {
      (void)say(native_->fault());
    }
    const bool good = made && test.result == one.expected;
    good_ = good_ && good;
    system_.emit.test(one.name, app::status_of(good), test.instructions,
                      static_cast<uint32_t>(test.result));
    return made;
  }

  bool say(const Fault& fault) {
    app::say(system_.console, "trial", fault);
    return false;
  }

  kernel::System& system_;
  const app::Prepared& prepared_;
  Loaded loaded_;
  Native* native_ = nullptr;
  uint32_t next_ = 0;
  bool good_ = true;
  Outcome outcome_ = Outcome::returned;
};

wire::Status run(kernel::System& system) {
  app::Prepared prepared;
  if (!app::prepare(system, prepared)) return wire::Status::fail;
  kernel::emit_plan(system.console, kCount + 1, 0);
  static_assert(sizeof(Trial) < 8192, "on the stack");
  Trial trial(system, prepared);
  return app::status_of(trial.run(bundle::program(prepared.bundle, 0).file));
}

}  // namespace

extern "C" const kernel::App kernel_app = {"trial", 0, 0, &run};
