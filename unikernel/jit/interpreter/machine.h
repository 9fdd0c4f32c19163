// A program on the machine: its globals in memory, its functions to be compiled when they are first
// called, its entry to be run.
#pragma once

#include "interpreter/constants.h"
#include "interpreter/ops.h"
#include "interpreter/state.h"

namespace jit {

/// Where bodies come from: read and checked. `read` returns a fault, or fills `body` with what
/// lives in `arena`.
struct BodySource {
  Fault (*read)(void* context, FunctionId id, Arena& arena, Body& body) = nullptr;
  void* context = nullptr;
};

/// What the program may use. `memory` is the byte of address 0 (in a guest: nullptr, and addresses
/// are the machine's); addresses from `low` to `high` are the program's, and hold zeros.
struct Resources {
  uint8_t* memory = nullptr;
  uint32_t low = kFirstAddress;
  uint32_t high = 0;
  uint32_t stack_bytes = 256 * 1024;  // of that, at its end
  Span<uint32_t> slots;               // at least kMinSlots
  Arena* code = nullptr;              // keeps what compiled functions need
  Arena* scratch = nullptr;           // for one function at a time
  bool checked = true;                // every access against low and high
  uint64_t fuel = ~uint64_t{0} >> 1;  // instructions of the IR, phis apart
};
constexpr uint32_t kMinSlots = 64 * 1024;

/// A function that the host or kernel provides.
struct Provided {
  Text name;
  Import import;
};

/// Runs a function otherwise than by interpretation; a word as its result goes to state().status.
struct Engine {
  Outcome (*call)(void* context, FunctionId id, Span<const uint32_t> arguments) = nullptr;
  void* context = nullptr;
};

/// A frame of interpreted code at the head of a loop, behind its phis.
struct FrameMap {
  Cell* head = nullptr;  // where it begins in the function's code
  uint32_t first = 0;    // the block: its first instruction in Body::instructions
  Span<uint32_t> slots;  // by value of the body: bytes from the frame's begin; kNone: in no slot
  Span<uint32_t>
      places;  // by value: of an alloca, bytes from the frame's memory; kNone: it is none
  bool has_memory = false;
  uint32_t memory_slot = 0;  // bytes from the frame's begin: the address of its memory,
  uint32_t before_slot = 0;  // and the stack pointer before that was taken
};

class Machine {
 public:
  /// Places and initializes globals. `module`, `source` and `resources` outlive the machine.
  /// `provided` comes before the runtime's own (memcpy and its like), which is always there.
  Fault load(const Module& module, const BodySource& source, const Resources& resources,
             Span<const Provided> provided, void* context);

  /// Runs constructors, then `name` with one argument; it must be `i32 (i32)`, or take nothing. The
  /// status is state().status. A second run goes on with memory as the first has left it.
  Outcome run(Text name, int32_t argument);

  /// Whether run() would refuse this function when it is called. It keeps nothing.
  Fault check(FunctionId id);

  [[nodiscard]] const State& state() const { return state_; }

  // ---- for an engine
  /// From here on, run() goes there.
  void use(const Engine& engine) { engine_ = engine; }
  [[nodiscard]] State& mutable_state() { return state_; }
  [[nodiscard]] const Resources& resources() const { return resources_; }
  [[nodiscard]] const Cell* handlers() const { return handlers_; }
  Fault read(FunctionId id, Arena& arena, Body& body) const {
    return source_.read(source_.context, id, arena, body);
  }
  [[nodiscard]] Constants constants(const Body& body) const {
    return {*state_.module, {addresses_.data, addresses_.size}, &body};
  }
  /// `code`, in a frame of somebody's own.
  Outcome execute(const Cell* code, uint32_t* frame);
  [[nodiscard]] Cell handler(Op op) const { return handlers_[static_cast<uint32_t>(op)]; }
  /// A function that has code for the interpreter.
  struct Lowered {
    Cell* code = nullptr;
    uint32_t cells = 0;
    FunctionId id = kNone;
    uint32_t instructions = 0;  // of the IR
  };
  /// Of the innermost loop that `ip`, in the code of the function, is in. `body` is the
  /// function's, as read. false: in none, or the arena is full.
  bool map_frame(const Lowered& function, const Body& body, const Cell* ip, Arena& arena,
                 FrameMap& map);
  /// All of them, by ascending addresses of their code.
  [[nodiscard]] Span<const Lowered> lowered() const { return {lowered_.data, compiled_}; }
  /// The one whose code has `ip`; nullptr: none.
  [[nodiscard]] const Lowered* lowered_at(const Cell* ip) const;

  /// A function of that name that has a body; kNone: there is none.
  [[nodiscard]] FunctionId find(Text name) const;
  /// Where the bytes of a global of the module stand.
  [[nodiscard]] uint32_t address_of(const Global& global) const {
    return addresses_[static_cast<uint32_t>(&global - state_.module->globals.data)];
  }
  /// Bytes of a global that is constant, so that no run changes them; nullptr where they are not
  /// all of one.
  [[nodiscard]] const uint8_t* fixed(uint32_t address, uint32_t size) const;

  [[nodiscard]] uint64_t fuel_used() const { return given_ - state_.fuel; }
  /// Functions compiled so far, and cells of their code.
  [[nodiscard]] uint32_t compiled() const { return compiled_; }
  [[nodiscard]] uint32_t cells() const { return cells_; }

 private:
  bool place_globals();
  bool make_entries(Span<const Provided> provided);
  bool refuse(Text what, Text name);
  static Outcome compile_for(State& state, FunctionId id);
  bool compile(FunctionId id);
  template <class F>
  bool lower(const Body& body, const F& done);
  Outcome construct();
  Outcome call(FunctionId id, Span<const uint32_t> arguments);

  State state_;
  Resources resources_;
  BodySource source_;
  const Cell* handlers_ = nullptr;
  Span<uint32_t> addresses_;
  Engine engine_;
  uint64_t given_ = 0;
  Span<Lowered> lowered_;  // compiled_ of them, by ascending addresses
  uint32_t compiled_ = 0;
  uint32_t cells_ = 0;
  bool constructed_ = false;
  Cell finish_[3] = {};
};

/// The context that load() was given, for imports.
void* import_context(const State& state);

}  // namespace jit
