// A program as machine code: all its functions, compiled before the first of them runs.
//
// Code and data have regions of their own, so that no store goes to a page that holds code. Where
// they will be is a parameter: the bytes are the same wherever, and for whatever processor, the
// compiler itself runs.
#pragma once

#include "compiler/code_pages.h"
#include "compiler/islands.h"
#include "compiler/services.h"
#include "compiler/shape.h"
#include "compiler/x86.h"
#include "interpreter/machine.h"

namespace jit {

/// Memory that is written at `bytes` and, by the program, found at `address`.
struct Region {
  uint8_t* bytes = nullptr;
  uint32_t address = 0;  // a multiple of 16
  uint32_t size = 0;
};

/// Is shown each function that has a body, while all that was known of it is still there. Its code
/// is in its place; calls in it get their distances when all functions are.
struct Watcher {
  void (*compiled)(void* context, FunctionId id, const class Generator& generator) = nullptr;
  void (*refused)(void* context, FunctionId id, const Fault& fault) = nullptr;
  void* context = nullptr;
};

struct NativeOptions {
  bool fuel = true;    // count the instructions of the IR, and stop where none is left
  bool traps = false;  // exceptions end the program, and a page that is not there guards its stack
  const Watcher* watcher = nullptr;
};

class Native {
 public:
  /// `machine` has been loaded; `code` and `data` are the regions. All outlive this.
  Native(Machine& machine, const Region& code, const Region& data, const NativeOptions& options)
      : machine_(machine),
        code_(code),
        data_(data),
        options_(options),
        pages_({code.bytes, code.size}),
        pieces_(*machine.resources().code),
        islands_(machine.mutable_state(), machine.handlers(), *machine.resources().code),
        calls_(*machine.resources().code),
        entries_(*machine.resources().code) {}

  /// Compiles all functions that have a body. A function that cannot be compiled ends the program
  /// where it is called; `fault` of the last such one is kept. false: out of memory, or of code.
  bool compile();
  /// run() of the machine comes here. The processor must be one that runs the code.
  void install();

  // ---- instead of compile(), function by function: what has no machine code is interpreted
  /// Makes the services; each function leads to the interpreter. false: out of memory, or of code.
  bool prepare();
  /// Makes another body of a function's, in the arena. false: `why` says why not.
  struct Rewrite {
    bool (*make)(void* context, const Body& body, const Constants& constants, Arena& arena,
                 Body& made, Text& why) = nullptr;
    void* context = nullptr;
  };
  /// Makes the code of a function that has a body, in pages of its own: nobody calls it yet. With
  /// `rewrite`, of the body that it makes, and the function keeps what it has: last() says where
  /// the code is. false: `fault` says why not.
  bool make(FunctionId id, const Rewrite* rewrite = nullptr);
  /// Calls of the function go to its machine code from here on: one aligned store for compiled
  /// callers, one for interpreted ones. Who is in it stays where he is.
  void publish(FunctionId id) { publish(id, id); }
  /// The same, to the code that was made of another function of the same type.
  void publish(FunctionId id, FunctionId code);
  /// Where the 32 bits are that compiled callers jump through.
  [[nodiscard]] uint32_t entry_address(FunctionId id) const {
    return data_.address + static_cast<uint32_t>(sizeof(Header) + sizeof(Entry) * id);
  }
  [[nodiscard]] bool is_published(FunctionId id) const {
    return machine_.state().entries[id].code == cells_[id].cells;
  }

  /// Makes the code with which interpreted activations of `function` go on from the next turn of
  /// the loop that `ip` is in: those that run now, and later ones. false: fault() says why not.
  bool replace(const Machine::Lowered& function, const Cell* ip);
  [[nodiscard]] uint32_t replaced() const { return entries_.size(); }

  /// Slots of the function's arguments, with the place of variadic ones; of its result.
  [[nodiscard]] uint32_t argument_slots(FunctionId id) const;
  [[nodiscard]] uint32_t result_slots(FunctionId id) const;

  // ---- code of functions that are hot as machine code, too
  /// Where machine code has run so many instructions of the IR, `sample` is told in which function
  /// it is, and whether in its own code or in one that was made of another body. Before prepare().
  struct Sampler {
    void (*sample)(void* context, FunctionId id, bool is_rewritten) = nullptr;
    uint32_t share = 0;
    void* context = nullptr;
  };
  void use(const Sampler& sampler) { sampler_ = sampler; }
  /// From here on calls of the function come to `call`, with its arguments as slots: it runs the
  /// function (run_at(), interpret()) and leaves its result there, or gives false, and the call
  /// goes on as machine code. Calls within such a call go on at once. false: no memory for machine
  /// code.
  struct Watch {
    bool (*call)(void* context, FunctionId id, uint32_t* arguments, Outcome& outcome) = nullptr;
    void* context = nullptr;
  };
  bool watch(FunctionId id, const Watch& watch);
  /// For who watches: runs code at that offset, or the interpreter, as a call of the function.
  Outcome run_at(uint32_t offset, FunctionId id, uint32_t* arguments);
  Outcome interpret(FunctionId id, uint32_t* arguments);
  /// Whether the interpreter interprets loops of the function that are machine code otherwise.
  void interpret_loops(FunctionId id, bool interpreted);
  /// While something is tried that is no part of the program's run.
  void pause_samples(bool paused) { paused_ = paused; }
  /// Where machine code and interpreters stand in one another; and back there, when an exception
  /// has ended what came since.
  struct Inside {
    uint32_t* free_slots;
    uint32_t depth, saved_stack;
  };
  [[nodiscard]] Inside inside() const { return {free_slots_, depth_, header().saved_stack}; }
  void abandon(const Inside& inside);
  /// All that belongs to one run of the program's code. Two may be under way, in turns: each has
  /// its stacks, slots and fuel.
  struct Activity {
    uint64_t fuel = 0;
    uint32_t stack_pointer = 0, stack_low = 0;
    uint32_t stack_limit = 0;                         // of machine code
    uint32_t *slots = nullptr, *slots_end = nullptr;  // of the interpreter
    uint32_t share = 1, until_sample = 1;             // of it
    void (*sample)(State& state, const Cell* ip) = nullptr;
    Sampler sampler;  // of machine code
    bool watching = false, paused = false;
    // Of who is in machine code.
    uint64_t reserve = 0;
    uint32_t share_left = 1, fuel_low = 0;
    uint32_t saved_stack = 0, frame = 0, result = 0, depth = 0;
    uint32_t* free_slots = nullptr;
    bool inside = false;
    Outcome outcome = Outcome::returned;
    int32_t status = 0;
  };
  /// Bytes of the program's stack that are left to what machine code calls.
  static constexpr uint32_t kStackReserve = 8 * 1024;
  /// The activity that is under way becomes `other`, and the other way round.
  void exchange(Activity& other);
  /// While held, pages of released code stay as they are: somebody may be in them who is not on the
  /// program's stack.
  void hold(bool held) { held_ = held; }
  /// A slot of the arguments, or what it points to.
  struct Seen {
    uint32_t slot = 0;
    uint32_t bytes = 0;   // 0: the slot itself; 1, 2 or 4: so many behind it,
    uint32_t offset = 0;  // from there on
  };
  struct Guard {
    Seen where;
    uint32_t value = 0;
  };
  /// A call for which all guards hold goes to the code at that offset.
  struct Version {
    Span<const Guard> guards;
    uint32_t offset = 0;
  };
  /// Calls of the function go to the first version that fits, else to its own machine code. false:
  /// no memory for machine code.
  bool publish(FunctionId id, Span<const Version> versions);
  /// Calls for which no version fitted, since then.
  [[nodiscard]] uint32_t missed(FunctionId id) const { return table()[id].missed; }

  // ---- code that has pages of its own
  struct Piece {
    uint32_t offset = 0, size = 0;  // in the code region
    FunctionId id = kNone;
    enum Kind : uint8_t {
      function,
      version,  // of it, made of another body
      loop,     // of it, entered from the interpreter
      way,      // to it: what watch() has made, or publish() of versions
    } kind = function;
    bool released = false, is_in_use = false;
    uint32_t first_island = kNone, islands = 0;  // parts of it that are interpreted in place
  };
  /// All that is there, by ascending offsets.
  [[nodiscard]] Span<const Piece> pieces() const { return pieces_.view(); }
  /// The code that begins at that offset is called no more. Once nobody is in it, its pages are
  /// filled with int3, and used again: now, or when the next code is made. Nobody is where no word
  /// of the program's stack is an address that code would return to.
  void release(uint32_t offset);
  /// Is told where code was, when its pages are filled. Before prepare().
  struct Leaver {
    void (*gone)(void* context, const Piece& piece) = nullptr;
    void* context = nullptr;
  };
  void use(const Leaver& leaver) { leaver_ = leaver; }
  /// Pages of the code region that pieces have.
  [[nodiscard]] uint32_t code_pages() const { return pages_.taken(); }

  // ---- code that is kept, for a later run with regions at the same addresses
  [[nodiscard]] Span<const uint8_t> code_of(const Piece& piece) const {
    return {code_.bytes + piece.offset, piece.size};
  }
  /// Another run may use it: its islands are movable.
  [[nodiscard]] bool is_movable(const Piece& piece) const;
  /// Of a piece, each has the number of the next.
  [[nodiscard]] const Islands::Island& island(uint32_t number) const {
    return islands_.island(number);
  }
  /// What stands before all functions, and they refer to.
  [[nodiscard]] Span<const uint8_t> common_code() const { return {code_.bytes, common_}; }
  /// Whether code can be restored there, as far as the region goes: whatever else is there.
  [[nodiscard]] bool fits(const Piece& piece) const;
  /// Puts code at `piece.offset` that make() has made in another run. Its islands come first, by
  /// restore_island(). false: fault() says why not.
  bool restore(Piece piece, const uint8_t* code);
  bool restore_island(uint32_t number, Span<const uint8_t> cells);
  [[nodiscard]] const Region& code_region() const { return code_; }
  [[nodiscard]] const Region& data_region() const { return data_; }
  [[nodiscard]] const NativeOptions& options() const { return options_; }

  /// Instead of compile(): the regions hold a program whose guest_main is at `entry`, which is all
  /// that may be run of it.
  void adopt(uint32_t entry);

  struct Placed {
    uint32_t offset = 0;  // in the code region
    uint32_t size = 0;    // bytes, with its constants
  };
  [[nodiscard]] Placed placed(FunctionId id) const { return placed_[id]; }
  /// The code that was placed last.
  [[nodiscard]] Placed last() const { return last_; }
  [[nodiscard]] uint32_t code_bytes() const { return used_; }
  [[nodiscard]] uint32_t data_bytes() const {
    return static_cast<uint32_t>(sizeof(Header) + sizeof(Entry) * placed_.size);
  }
  [[nodiscard]] uint32_t functions() const { return functions_; }
  [[nodiscard]] uint32_t refused() const { return refused_; }
  [[nodiscard]] uint32_t islands() const { return islands_.count(); }
  [[nodiscard]] const Fault& fault() const { return fault_; }
  /// Instructions of the IR that were compiled.
  [[nodiscard]] uint32_t instructions() const { return instructions_; }

  /// Takes over the fuel that is left, when an exception has ended the program.
  void settle();

  // ---- for compiled code
  Outcome run_island(uint32_t number, uint32_t* slots);
  Outcome run_runtime(RuntimeCall which, uint32_t* slots);
  Outcome run_import(FunctionId id, uint32_t* arguments);
  uint32_t* run_interpreted(FunctionId id, uint32_t* arguments, uint32_t stack);
  void refuel(uint32_t from);
  uint32_t run_watched(FunctionId id, uint32_t* arguments, uint32_t stack);
  [[noreturn]] void end(Outcome outcome);

 private:
  // At the beginning of the data region. Offsets are part of the code.
  struct Header {
    uint32_t fuel_low, fuel_high;
    uint32_t native;  // this
    uint32_t bridges[kServices];
    uint32_t saved_stack;
    uint32_t stack_limit;
    uint32_t frame;   // of the interpreter, whose loop goes on as machine code
    uint32_t result;  // what Service::deliver delivers
  };
  struct Entry {  // a function's address is kFunctionBase + 16 * its number: so are these
    uint32_t code, shape, parameters, missed;
  };
  struct Call {
    uint32_t at;  // in the code region
    FunctionId to;
  };
  [[nodiscard]] Header& header() const { return *reinterpret_cast<Header*>(data_.bytes); }
  [[nodiscard]] Entry* table() const {
    return reinterpret_cast<Entry*>(data_.bytes + sizeof(Header));
  }
  bool make_services();
  bool compile(FunctionId id);
  bool stub(FunctionId id, uint32_t value, Service service);
  bool place(const class Encoder& code, FunctionId id);
  bool shape_types();
  struct LoopEntry {  // of a function whose loop was replaced
    FunctionId id;
    Cell* head;       // in the interpreter's code,
    Cell handler;     // which had this
    uint32_t offset;  // in the code region
    bool has_memory;
    uint32_t before_slot;
  };
  struct Loop {
    const Machine::Lowered* function;
    const Cell* ip;
    LoopEntry* entry;
  };
  Fault generate(FunctionId id, const Loop* loop, const Rewrite* rewrite, bool& placed);
  void before_running(Service service, class Encoder& code) const;
  void while_running(Service service, class Encoder& code) const;
  [[nodiscard]] x86_32::Place of_header(size_t offset) const;
  [[nodiscard]] x86_32::Place bridge_of(Service service) const;
  bool publish_way(FunctionId id);
  void lead(FunctionId id, uint32_t offset);
  [[nodiscard]] Piece* piece_at(uint32_t address) const;
  void collect();
  void find_in_use();
  bool add(const Piece& piece);
  void take_back();  // what hand_over() gave
  Outcome run_code(uint32_t offset, FunctionId id, uint32_t* frame);
  void hand_over();  // the fuel, to machine code; settle() takes it back
  void limit_stack();
  bool begin();
  void fill_entry(FunctionId id);
  static Outcome call(void* context, FunctionId id, Span<const uint32_t> arguments);
  static Outcome enter(State& state, FunctionId id, uint32_t* frame, bool& interpret);
  static Outcome enter_loop(State& state, const Cell* ip, uint32_t* frame, Cell& handler);

  Machine& machine_;
  Region code_, data_;
  NativeOptions options_;
  Span<Placed> placed_;
  Placed last_;
  Span<Shape> shapes_;
  struct Cells {
    Cell cells[2];  // of the interpreter: it calls the machine code
  };
  Span<Cells> cells_;
  Span<uint32_t> entered_;  // by function: where interpreted callers enter its machine code
  Span<uint32_t> ways_;     // by function: what leads to it; kNone: nothing besides its entry
  CodePages pages_;
  List<Piece> pieces_;
  Leaver leaver_;
  Sampler sampler_;
  Watch watch_;
  bool paused_ = false;             // no samples
  bool watching_ = false;           // in a call that is watched
  bool held_ = false;               // released code keeps its pages
  uint64_t reserve_ = 0;            // fuel that is not yet handed out
  uint32_t share_left_ = 0;         // until the next sample
  uint32_t* free_slots_ = nullptr;  // of the interpreter, above what it uses
  uint32_t depth_ = 0;              // of interpreters that wait for machine code
  bool on_demand_ = false;
  bool inside_ = false;  // the fuel is that of machine code, not the interpreter's
  Islands islands_;
  List<Call> calls_;
  List<LoopEntry> entries_;
  uint32_t services_[kServiceEntries] = {};
  uint32_t common_ = 0;
  uint32_t used_ = 0, functions_ = 0, refused_ = 0, instructions_ = 0;
  Outcome outcome_ = Outcome::returned;
  uint32_t adopted_ = kNone;  // where the only function begins that may be called
  Fault fault_;
};

}  // namespace jit
