// The guest that shows that pages of code are given back when nobody is in them, and not before:
// a function is compiled anew at each call that it makes, and another is specialized again and
// again because the arguments that it is made for change.
//
//   [TEST] code_pages.in_use            iterations=<times that code was made anew> result=<wrong>
//   [TEST] code_pages.alternation       iterations=<instructions of the IR> result=<exit status>
//   [TEST] code_pages.freed_too_early   the control: code that is taken away from under a frame is
//                                       run into, and what it was filled with traps
//   [TEST] code_pages.slot_among_code   the control: a table of functions on a page of code is
//                                       noticed by the first store to it
//   [TEST] code_pages.left_alone        iterations=<calls at least that fell back to T1 before
//   versions
//                                       went> result=<how often they did, which is so often as may
//                                       be>
//   [METRIC] code_pages.most            pages that were taken at once
//   [METRIC] code_pages.versions        of the alternation, and of one four times as long
//   [METRIC] code_pages.versions_later
//   [METRIC] code_pages.longest_slice   ticks for which the alternation stood still for compiling
//   [METRIC] code_pages.bytes           of the code region, that the alternation has used
#include "app/results.h"
#include "app/workplace.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "kernel/system.h"
#include "program/loaded.h"

namespace {

using namespace jit;

constexpr uint32_t kRounds = 500;
constexpr int32_t kPhases = 8;
constexpr uint32_t kMetrics = 5;
constexpr uint32_t kTests = 5;
/// What adaptive/recompile.cpp gives a function, at least, before its versions go.
constexpr uint32_t kFallBacks = 1000;
constexpr uint32_t kChances = 2;
constexpr uint8_t kInt3 = 0xCC;
/// As often as can be; a function is never left alone.
constexpr HotPathOptions kOften = {.share = 101,
                                   .break_even = 10,
                                   .machine_share = 1009,
                                   .machine_break_even = 50,
                                   .watched = 4,
                                   .watch_share = 10,
                                   .chances = 1'000'000,
                                   .slice = 20'000};

/// `outer` calls `inner`, which is watched: there `outer` is made anew.
class Nested {
 public:
  Nested(const app::Prepared& prepared, bool too_early)
      : prepared_(prepared), loaded_(prepared.workplace), too_early_(too_early) {}

  /// false: it could not begin; native's fault says why.
  bool run(Span<const uint8_t> file, const Region& data, Fault& fault) {
    Output output;
    fault = loaded_.load(file, prepared_.workplace, {}, output);
    if (fault) return false;
    Native native(loaded_.machine, prepared_.workplace.machine_code, data,
                  {.fuel = true, .traps = true});
    native_ = &native;
    outer_ = loaded_.machine.find("outer");
    const FunctionId inner = loaded_.machine.find("inner");
    if (outer_ == kNone || inner == kNone || !native.prepare() || !native.make(outer_) ||
        !native.make(inner)) {
      fault = native.fault();
      return false;
    }
    native.install();
    native.publish(outer_);
    native.publish(inner);
    if (!native.watch(inner, {look, this})) return false;
    if (!prepared_.protection.run(prepared_.protection.context, begin, this, outcome_)) {
      native.settle();
    }
    return true;
  }

  [[nodiscard]] Outcome outcome() const { return outcome_; }
  [[nodiscard]] uint32_t made() const { return made_; }
  [[nodiscard]] uint32_t most() const { return most_; }
  /// What the program has found, and pages that were given back too early, too late, or not.
  [[nodiscard]] uint32_t wrong() const {
    return wrong_ + static_cast<uint32_t>(loaded_.machine.state().status);
  }

 private:
  static void begin(void* context) {
    Nested& self = *static_cast<Nested*>(context);
    self.outcome_ = self.loaded_.machine.run("nested", kRounds);
  }

  static bool look(void* context, FunctionId, uint32_t*, Outcome&) {
    static_cast<Nested*>(context)->make_anew();
    return false;
  }

  /// Who calls is in the code that is there at its first call, and at its second, when that has
  /// been replaced, in the one before: nobody has come to this one.
  void make_anew() {
    const Native::Placed before = native_->placed(outer_);
    const bool is_in_use = made_ % 2 == 0;
    if (!native_->make(outer_)) {
      ++wrong_;
      return;
    }
    ++made_;
    native_->publish(outer_);
    native_->release(before.offset);
    uint8_t* const code = prepared_.workplace.machine_code.bytes + before.offset;
    if (too_early_) __builtin_memset(code, kInt3, before.size);
    uint32_t filled = 0;
    for (uint32_t k = 0; k < before.size; ++k) filled += code[k] == kInt3 ? 1 : 0;
    wrong_ += (filled == before.size) == is_in_use ? 1 : 0;
    if (native_->code_pages() > most_) most_ = native_->code_pages();
  }

  const app::Prepared& prepared_;
  Loaded loaded_;
  Native* native_ = nullptr;
  FunctionId outer_ = kNone;
  bool too_early_;
  uint32_t made_ = 0, wrong_ = 0, most_ = 0;
  Outcome outcome_ = Outcome::returned;
};

class CodePages {
 public:
  CodePages(kernel::System& system, const app::Prepared& prepared)
      : system_(system),
        prepared_(prepared),
        file_(bundle::program(prepared.bundle, 0).file),
        results_(system.emit) {}

  bool run() {
    bool good = in_use();
    good = freed_too_early() && good;
    good = slot_among_code() && good;
    good = alternation() && good;
    return left_alone() && good;
  }

 private:
  bool in_use() {
    Nested nested(prepared_, false);
    Fault fault;
    const bool good = nested.run(file_, prepared_.workplace.machine_data, fault) &&
                      nested.outcome() == Outcome::returned && nested.wrong() == 0 &&
                      nested.made() == 2 * kRounds;
    told("code_pages.in_use", good, fault, nested);
    system_.emit.metric("code_pages.most", nested.most(), "pages");
    return good;
  }

  bool freed_too_early() {
    Nested nested(prepared_, true);
    Fault fault;
    const bool good = nested.run(file_, prepared_.workplace.machine_data, fault) &&
                      nested.outcome() == Outcome::trapped;
    told("code_pages.freed_too_early", good, fault, nested);
    return good;
  }

  /// The table is written where code is written, and is found where code is executed.
  bool slot_among_code() {
    Region data = prepared_.workplace.machine_code;
    const uint32_t half = data.size / 2 & ~4095U;
    data = {data.bytes + half, data.address + half, data.size - half};
    Nested nested(prepared_, false);
    Fault fault;
    const bool good = nested.run(file_, data, fault) && nested.outcome() == Outcome::wild_access;
    told("code_pages.slot_among_code", good, fault, nested);
    return good;
  }

  void told(Text name, bool good, Fault fault, const Nested& nested) {
    if (!fault) fault.what.add(text_of(nested.outcome()));
    if (!good) app::say(system_.console, name, fault);
    results_.test(name, "", app::status_of(good), nested.made(), nested.wrong());
  }

  struct Ran {
    ProgramResult result;
    uint32_t versions = 0, abandoned = 0, wrong = 0;
    uint32_t least_missed = ~0U;  // calls that fitted no version, when it was abandoned
  };

  Ran run_program(Tier tier, int32_t phases, uint32_t chances = kOften.chances) {
    Ran ran;
    HotPathOptions hot_paths = kOften;
    hot_paths.chances = chances;
    const auto note = [](void* context, const Module&, const Native&, const TierChange& change) {
      Ran& r = *static_cast<Ran*>(context);
      r.versions += change.what == TierChange::version && change.bytes > 0 ? 1 : 0;
      if (change.what == TierChange::abandoned) {
        ++r.abandoned;
        if (r.least_missed > change.fallen_back) r.least_missed = change.fallen_back;
      }
      r.wrong += change.test.result == SelfTest::differs ? 1 : 0;
    };
    ran.result = jit::run_program(file_, phases, prepared_.workplace,
                                  {.tier = tier,
                                   .protection = &prepared_.protection,
                                   .clock = x86::read_tsc_ordered,
                                   .hot_paths = hot_paths,
                                   .tier_listener = {note, &ran}},
                                  {app::write_to_console, &system_.console});
    if (!ran.result.ended()) {
      app::say(system_.console, bundle::program(prepared_.bundle, 0), ran.result);
    }
    return ran;
  }

  /// Memory is what it was, however often code is made.
  bool alternation() {
    const Ran t1 = run_program(Tier::compiled, kPhases),
              once = run_program(Tier::adaptive, kPhases);
    const Ran t1_later = run_program(Tier::compiled, 4 * kPhases),
              later = run_program(Tier::adaptive, 4 * kPhases);
    const auto same = [](const Ran& a, const Ran& b) {
      return a.result.ended() && b.result.ended() && a.result.fuel == b.result.fuel &&
             a.result.status == b.result.status && b.wrong == 0;
    };
    const bool flat = once.result.code_bytes == later.result.code_bytes &&
                      once.result.kept_bytes == later.result.kept_bytes;
    const bool good = same(t1, once) && same(t1_later, later) && flat && once.result.islands > 0 &&
                      once.versions > kPhases / 2 && later.versions > 3 * once.versions &&
                      later.abandoned > 3 * once.abandoned;
    if (!flat) {
      system_.console.text("code_pages: ").decimal(once.result.kept_bytes).text(" bytes kept, ");
      system_.console.decimal(later.result.kept_bytes).text(" later\n");
    }
    results_.test("code_pages.alternation", "", app::status_of(good), later.result.fuel,
                  static_cast<uint32_t>(later.result.status));
    system_.emit.metric("code_pages.versions", once.versions, "versions");
    system_.emit.metric("code_pages.versions_later", later.versions, "versions");
    system_.emit.metric("code_pages.longest_slice", later.result.longest_slice, "ticks");
    system_.emit.metric("code_pages.bytes", later.result.code_bytes, "bytes");
    return good;
  }

  /// A function whose versions fit no longer so often has none any more, and is T1 to the end.
  bool left_alone() {
    const Ran t1 = run_program(Tier::compiled, 4 * kPhases),
              ran = run_program(Tier::adaptive, 4 * kPhases, kChances);
    const bool good = ran.result.ended() && ran.result.fuel == t1.result.fuel &&
                      ran.result.status == t1.result.status && ran.wrong == 0 &&
                      ran.abandoned == kChances && ran.versions == kChances &&
                      ran.least_missed > kFallBacks;
    results_.test("code_pages.left_alone", "", app::status_of(good), ran.least_missed,
                  ran.abandoned);
    return good;
  }

  kernel::System& system_;
  const app::Prepared& prepared_;
  Span<const uint8_t> file_;
  app::Results results_;
};

wire::Status run(kernel::System& system) {
  app::Prepared prepared;
  if (!app::prepare(system, prepared)) return wire::Status::fail;
  kernel::emit_plan(system.console, kTests, kMetrics);
  static_assert(sizeof(Nested) < 8192, "on the stack");
  CodePages pages(system, prepared);
  return app::status_of(pages.run());
}

}  // namespace

extern "C" const kernel::App kernel_app = {"code_pages", 0, 0, &run};
