// The guest that shows that wrong code of a function is found before it is published: calls of
// count_up (count_up.c) are tried with another version each, made of a body that is right, or wrong
// in one way. Whatever the version does, the call must have done what the function does. Each is
// tried twice: at once, and in slices, between which the program goes on and calls the function.
//
//   [TEST] trial.NAME         iterations=<instructions of the IR that the call took>
//   [TEST] trial.NAME.cut     the same, in slices
//   [TEST] trial.program      iterations=<trials> result=<what guest_main has found wrong>
//   [METRIC] trial.slices     of the first that was cut
//   [METRIC] trial.longest    ticks of a slice, of those that end because they have had their time
#include "adaptive/cut_trial.h"
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
  Text name;
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
/// Calls of the function that are more than enough for all; the program's instructions from one
/// slice to the next; ticks of a slice; and the version's instructions from one look at the clock
/// to another.
constexpr int32_t kCalls = 3000;
constexpr uint32_t kPause = 509, kSlice = 300, kVersionShare = 41;
constexpr uint32_t kMetrics = 2;
/// The first version that is right needs more slices than that.
constexpr uint32_t kLeastSlices = 3;

class Trial {
 public:
  Trial(kernel::System& system, const app::Prepared& prepared)
      : system_(system), prepared_(prepared), results_(system.emit), loaded_(prepared.workplace) {}

  bool run(Span<const uint8_t> file) {
    Output output;
    if (const Fault fault = loaded_.load(file, prepared_.workplace, {}, output)) return say(fault);
    Native native(loaded_.machine, prepared_.workplace.machine_code,
                  prepared_.workplace.machine_data, {.fuel = true, .traps = true});
    CutTrial cut(loaded_.machine, native, &prepared_.protection, x86::read_tsc_ordered);
    native_ = &native;
    cut_ = &cut;
    const FunctionId id = loaded_.machine.find("count_up");
    if (id == kNone || !native.prepare() || !native.make(id)) return say(native.fault());
    native.install();
    native.publish(id);
    char* const stack = loaded_.code.make<char>(kStackBytes);
    if (stack == nullptr ||
        !cut.prepare(loaded_.scratch, {pause_interpreted, {pause, kVersionShare, this}})) {
      system_.console.text("trial: no memory\n");
      return false;
    }
    slices_.use({stack, kStackBytes});
    State& state = loaded_.machine.mutable_state();
    state.share = state.until_sample = kPause;
    state.sample = sample;
    state.sampler = this;
    if (!native.watch(id, {look, this})) return say(native.fault());
    Outcome outcome = Outcome::returned;
    const bool ended = prepared_.protection.run(prepared_.protection.context, begin, this, outcome);
    const auto wrong = static_cast<uint32_t>(loaded_.machine.state().status);
    const bool good = ended && outcome_ == Outcome::returned && wrong == 0 && next_ == 2 * kCount &&
                      !cut.is_under_way() && slices_of_first_ >= kLeastSlices;
    results_.test("trial.program", "", app::status_of(good), next_, wrong);
    results_.metric("trial", ".slices", slices_of_first_, "slices");
    results_.metric("trial", ".longest", longest_, "ticks");
    return good && good_;
  }

 private:
  static constexpr uint32_t kStackBytes = 16 * 1024;

  static void begin(void* context) {
    Trial& self = *static_cast<Trial*>(context);
    self.outcome_ = self.loaded_.machine.run("guest_main", kCalls);
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
    self.one().change(module, made);
    return true;
  }

  // ---- slices: the program is interpreted, and one comes at each sample
  static void sample(State& state, const Cell*) {
    Trial& self = *static_cast<Trial*>(state.sampler);
    if (!self.cut_->is_under_way()) return;
    if (!self.slices_.is_active()) self.slices_.begin(work, &self);
    const uint64_t begin = x86::read_tsc_ordered();
    self.cut_->go_on(self.slices_, kSlice);
    const uint64_t ticks = x86::read_tsc_ordered() - begin;
    if (self.next_ == 1) ++self.slices_of_first_;
    if (!self.cut_->is_under_way()) {
      ++self.next_;
      self.conclude(self.case_, ".cut", self.cut_->test());
    } else if (self.longest_ < ticks) {
      self.longest_ = ticks;
    }
  }
  static void work(void* context) {
    Trial& self = *static_cast<Trial*>(context);
    self.cut_->work(self.slices_.pace());
  }
  static void pause(void* context, FunctionId, bool) {
    static_cast<Trial*>(context)->cut_->pause();
  }
  static void pause_interpreted(State& state, const Cell*) {
    static_cast<Trial*>(state.sampler)->cut_->pause();
  }

  [[nodiscard]] const Case& one() const { return kCases[next_ / 2]; }

  /// Each at once, and then in slices.
  bool try_next(FunctionId id, uint32_t* arguments, Outcome& outcome) {
    if (next_ == 2 * kCount || cut_->is_under_way()) return false;
    case_ = &one();
    const Native::Rewrite rewrite = {make, this};
    if (!native_->make(id, &rewrite)) {
      next_ = next_ / 2 * 2 + 2;
      (void)say(native_->fault());
      return good_ = false;
    }
    const uint32_t offset = native_->last().offset;
    if (next_ % 2 == 1) {
      const bool begun = cut_->begin(offset, id, arguments);
      if (!begun) ++next_;
      // Nobody calls it from here on, and its pages go when nobody is in it: not before its end.
      native_->release(offset);
      good_ = good_ && begun;
      outcome = cut_->test().outcome;
      return begun;
    }
    ++next_;
    const SelfTest test =
        test_version(loaded_.machine, *native_, offset, id, arguments, loaded_.scratch,
                     &prepared_.protection, x86::read_tsc_ordered);
    outcome = test.outcome;
    native_->release(offset);
    conclude(case_, "", test);
    return true;
  }

  void conclude(const Case* tried, Text how, const SelfTest& test) {
    const bool good = test.result == tried->expected && test.whole == (how.size == 0);
    good_ = good_ && good;
    results_.test(tried->name, how, app::status_of(good), test.instructions,
                  static_cast<uint32_t>(test.result));
  }

  bool say(const Fault& fault) {
    app::say(system_.console, "trial", fault);
    return false;
  }

  kernel::System& system_;
  const app::Prepared& prepared_;
  app::Results results_;
  Loaded loaded_;
  Native* native_ = nullptr;
  CutTrial* cut_ = nullptr;
  Slices slices_;
  uint32_t next_ = 0;  // two of each case
  const Case* case_ = nullptr;
  uint32_t slices_of_first_ = 0;
  uint64_t longest_ = 0;
  bool good_ = true;
  Outcome outcome_ = Outcome::returned;
};

wire::Status run(kernel::System& system) {
  app::Prepared prepared;
  if (!app::prepare(system, prepared)) return wire::Status::fail;
  kernel::emit_plan(system.console, 2 * kCount + 1, kMetrics);
  static_assert(sizeof(Trial) < 8192, "on the stack");
  Trial trial(system, prepared);
  return app::status_of(trial.run(bundle::program(prepared.bundle, 0).file));
}

}  // namespace

extern "C" const kernel::App kernel_app = {"trial", 0, 0, &run};
