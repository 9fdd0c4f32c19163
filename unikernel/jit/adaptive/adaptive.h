// A program that begins in the interpreter (T0), and whose functions become machine code while it
// runs, as soon as that pays (T1); those that are hot even so are compiled once more, for arguments
// that repeat (T2).
#pragma once

#include "adaptive/calls.h"
#include "adaptive/cut_trial.h"
#include "adaptive/hot_paths.h"
#include "adaptive/learned.h"
#include "adaptive/slices.h"
#include "adaptive/trial.h"
#include "compiler/native.h"
#include "interpreter/machine.h"

namespace jit {

/// A function goes on in another way, or cannot.
struct TierChange {
  enum What : uint8_t {
    calls,      // machine code from its next call on
    loop,       // or from the next turn of the loop that it is in
    version,    // code of its own for arguments that repeat
    versions,   // none: `why`
    abandoned,  // its versions fit no longer: T1 again
    restored,   // what an earlier run has made of it, or of calls of it
    missed,     // the program has ended: calls that went to T1 beside versions
    trial,      // of a version: what comes of it is told as `version`
  };
  FunctionId id = kNone;
  What what = calls;
  uint64_t at = 0;            // instructions of the IR that the program had run
  uint32_t samples = 0;       // of the function
  uint32_t instructions = 0;  // of the IR, in it
  uint32_t bytes = 0;         // of machine code; 0: it was refused, and all stays as it was
  uint64_t ticks = 0;         // what compiling it took
  Text why;                   // it was refused, or abandoned
  // Of a version.
  Span<const Observed> observed;
  Known known;
  SelfTest test;
  uint64_t before = 0;   // ticks of a call like the one that was tried, by T1; 0: not known
  uint64_t like = 0;     // instructions of the IR of that one
  uint32_t inlined = 0;  // calls of others that are part of it
  // Of `abandoned`, and `missed`.
  uint32_t fallen_back = 0;  // calls for which no guard held
};

class Adaptive {
 public:
  /// `machine` has been loaded, `native` is new: all outlive this. `clock` counts ticks, or is
  /// nullptr; `protection` is for code that is tried, or nullptr. `changed` is told of each change,
  /// before the code is called for the first time.
  struct Listener {
    void (*changed)(void* context, const Module& module, const Native& native,
                    const TierChange& change) = nullptr;
    void* context = nullptr;
    // And where code is, when it has been made: a version is tried then, and `changed` says what
    // came of it.
    void (*made)(void* context, const Module& module, const TierChange& change,
                 const Native::Placed& code) = nullptr;
    // And where code was that `made` was told of, when nobody can be in it any more.
    void (*gone)(void* context, const Native::Placed& code) = nullptr;
  };
  Adaptive(Machine& machine, Native& native, const HotPathOptions& options, uint64_t (*clock)(),
           const Protection* protection, const Listener& listener);
  Adaptive(const Adaptive&) = delete;
  Adaptive& operator=(const Adaptive&) = delete;

  /// The program's run() is adaptive from here on. false: there is no memory.
  bool start();
  /// Behind the program's end: tells of the functions whose versions did not fit all calls.
  void tell_missed() const;
  /// Behind the program's end: makes machine code of all that was interpreted, for the next run.
  void complete();
  /// What has been learnt up to now, for start() and restore() of a later run of the same program
  /// in the same memory: functions that are machine code, and versions of them. How many bytes of
  /// `to` it takes; 0: there is no room.
  [[nodiscard]] uint32_t save(Span<uint8_t> to) const;
  /// Behind start(), and before the program begins: uses what save() has given. Versions are tried
  /// again on a call for which they are made. false: `why` says why nothing, or no more, is used.
  /// Machine code is believed: `saved` must be as it was given, by the same build of this.
  bool restore(Span<const uint8_t> saved, Text& why);
  /// What all compiling has taken.
  [[nodiscard]] uint64_t ticks() const { return ticks_; }
  /// The longest that the program has stood still for compiling.
  [[nodiscard]] uint64_t longest_slice() const { return longest_slice_; }
  /// The longest trial of a version, and the longest that the program has stood still for one: it
  /// goes on while the interpreter runs the call, and between slices of the version's.
  [[nodiscard]] uint64_t longest_trial() const { return longest_trial_; }
  [[nodiscard]] uint64_t longest_still() const { return longest_still_; }

 private:
  [[nodiscard]] uint64_t now() const { return clock_ != nullptr ? clock_() : 0; }
  void tell(const TierChange& change) const {
    if (listener_.changed == nullptr) return;
    listener_.changed(listener_.context, *machine_.state().module, native_, change);
  }
  void tell_made(const TierChange& change) const {
    if (listener_.made == nullptr) return;
    listener_.made(listener_.context, *machine_.state().module, change, native_.last());
  }
  static void tell_gone(void* context, const Native::Piece& piece);
  static void sample(State& state, const Cell* ip);
  void note_interpreted(const Cell* ip);
  [[nodiscard]] uint32_t late_samples(uint32_t worth) const;
  void change(const Machine::Lowered& function, TierChange::What what, const Cell* ip);

  // ---- work.cpp: what is compiled, one after the other, a slice at a time
  void want(FunctionId id, TierChange::What what, const Cell* ip);
  void go_on(uint64_t ticks_at_once);
  void work_off();
  static constexpr uint64_t kUncut = ~uint64_t{0};
  static void work(void* context);
  static void pause_trial(void* context, FunctionId id, bool is_version);
  static void pause_trial_interpreted(State& state, const Cell* ip);
  static Outcome lower(State& state, FunctionId id);
  /// Ticks of all work until now, for who is at work.
  [[nodiscard]] uint64_t worked() const { return ticks_ + (now() - slice_begin_); }

  // ---- recompile.cpp, tries.cpp
  struct Version {
    TierChange change;
    uint32_t offset = 0;  // of its code
    enum : uint8_t { untried, good, bad } state = untried;
  };
  struct Hot {  // a function that is compiled once more
    // found: until what can be seen of its calls is known.
    // waiting: until its calls are worth a trial of versions that an earlier run has made.
    // resting: its versions fitted no longer, and it is T1 until it has paid once more.
    // made: until its versions are.
    enum : uint8_t { found, watched, made, waiting, tried, settled, resting } state = found;
    uint32_t chances = 0;    // that it has had
    bool restored = false;   // its versions are those of an earlier run
    bool whole = false;      // its trials cannot be cut
    uint32_t calls = 0;      // that were tried, or could have been
    uint64_t next_look = 0;  // by instructions that the program has run
    uint32_t random = 1;     // so that looks do not keep step with calls that take turns
    uint32_t observed_count = 0;
    Observed observed[kMaxObserved];
    uint32_t fleeting = 0;  // bits, by what is observed: it had changed when versions were made
    Call* seen = nullptr;
    uint32_t seen_count = 0;
    uint32_t version_count = 0;
    Version versions[kMaxVersions];
    uint32_t general_samples = 0, version_samples = 0;
  };
  static void sample_machine_code(void* context, FunctionId id, bool is_version);
  void note_machine_code(FunctionId id, bool is_version);
  void abandon(FunctionId id, Hot& hot);
  void rest(FunctionId id, Hot& hot);
  Hot* make_hot(FunctionId id);
  void begin_watch(FunctionId id);
  static bool run_watched(void* context, FunctionId id, uint32_t* arguments, Outcome& outcome);
  void watch(FunctionId id, Hot& hot);
  bool observe(const Hot& hot, const uint32_t* arguments, uint32_t* values) const;
  Outcome look_at(FunctionId id, Hot& hot, uint32_t* arguments, const uint32_t* values);
  Outcome try_call(FunctionId id, Hot& hot, uint32_t* arguments, const uint32_t* values);
  Outcome try_version(FunctionId id, Hot& hot, Version& version, uint32_t* arguments);
  void finish_trial(FunctionId id, Hot& hot);
  void judge(const Hot& hot, Version& version, const SelfTest& test);
  void settle_when_tried(FunctionId id, Hot& hot);
  void make_versions(FunctionId id, Hot& hot);
  void make_version(Version& version);
  void note_like(const Hot& hot, TierChange& change) const;
  void settle(FunctionId id, Hot& hot);
  [[nodiscard]] TierChange change_of(FunctionId id, TierChange::What what,
                                     const HotPaths& paths) const;
  void give_up(FunctionId id, TierChange::What what, Text why, uint32_t fallen_back = 0) const;
  bool find_observed(FunctionId id, Hot& hot, Text& why) const;

  // ---- learned.cpp
  static const Version* kept_version(const Hot& hot, uint32_t offset);
  void restore_hot(FunctionId id);
  void restore_version(const LearnedCode& code, TierChange& change);

  Machine& machine_;
  Native& native_;
  HotPathOptions options_;
  HotPaths interpreted_, compiled_;
  uint64_t (*clock_)();
  const Protection* protection_;
  Listener listener_;
  struct Turn {
    bool is_wanted = false;
    // Or loop; versions: whether it may have any; version: all of them.
    TierChange::What what = TierChange::calls;
    const Cell* ip = nullptr;  // in the interpreter's code
    FunctionId next = kNone;   // whose turn is then
  };
  struct Row {             // of a function
    uint32_t size = 0;     // instructions of the IR
    uint32_t late = 0;     // samples of calls that are interpreted still
    uint8_t loops = 0;     // of it, that were tried
    bool refused = false;  // the compiler has refused it
    Hot* hot = nullptr;    // as long as it is not
    Turn turn;
  };
  Span<Row> rows_;
  Slices slices_;
  CutTrial trial_;
  Version* tried_ = nullptr;  // while a trial is under way
  uint64_t trial_ticks_ = 0;  // of it
  FunctionId first_wanted_ = kNone, last_wanted_ = kNone;
  uint32_t until_sample_ = 0, since_noted_ = 0;  // instructions of the IR, interpreted
  uint64_t slice_begin_ = 0, longest_slice_ = 0;
  uint64_t longest_trial_ = 0, longest_still_ = 0;
  Outcome (*lower_)(State& state, FunctionId id) = nullptr;  // of the machine
  uint64_t ticks_ = 0;
};

}  // namespace jit
