// From the compiler's own world into compiled code, and back. Only where that code can run.
#include "compiler/native.h"
#include "compiler/parts.h"

#if defined(__i386__)

namespace jit {
namespace {

constexpr uint32_t kPage = 4096;

extern "C" {
/// What a function leaves in registers.
struct Results {
  uint32_t words[2];   // eax, edx
  uint32_t vector[4];  // xmm0
};
/// Calls `code` with `stack` as its stack, on which its arguments lie. *saved is where
/// jit_leave_code() finds its way back.
void jit_enter_code(uint32_t code, uint32_t stack, uint32_t* saved, Results* results);
/// Returns from the jit_enter_code() that saved this.
[[noreturn]] void jit_leave_code(uint32_t saved);
}
asm(R"(
.text
.globl jit_enter_code
jit_enter_code:
  pushl %ebp
  pushl %ebx
  pushl %esi
  pushl %edi
  movl 20(%esp), %eax
  movl 24(%esp), %ecx
  movl 28(%esp), %ebx
  movl %esp, (%ebx)
  movl %ecx, %esp
  call *%eax
  movl (%ebx), %esp
  movl 32(%esp), %ecx
  movl %eax, (%ecx)
  movl %edx, 4(%ecx)
  movups %xmm0, 8(%ecx)
  jmp 1f
.globl jit_leave_code
jit_leave_code:
  movl 4(%esp), %esp
1:
  popl %edi
  popl %esi
  popl %ebx
  popl %ebp
  ret
)");

void end_unless_returned(Native& native, Outcome outcome) {
  if (outcome != Outcome::returned) native.end(outcome);
}

void island_bridge(Native* native, uint32_t number, uint32_t* slots) {
  end_unless_returned(*native, native->run_island(number, slots));
}
void runtime_bridge(Native* native, RuntimeCall which, uint32_t* slots) {
  end_unless_returned(*native, native->run_runtime(which, slots));
}
uint32_t* import_bridge(Native* native, FunctionId id, uint32_t* arguments) {
  end_unless_returned(*native, native->run_import(id, arguments));
  return arguments;
}
void end_bridge(Native* native, Outcome outcome) { native->end(outcome); }
uint32_t* interpret_bridge(Native* native, FunctionId id, uint32_t* arguments, uint32_t stack) {
  return native->run_interpreted(id, arguments, stack);
}
void sample_bridge(Native* native, uint32_t from) { native->refuel(from); }
uint32_t watch_bridge(Native* native, FunctionId id, uint32_t* arguments, uint32_t stack) {
  return native->run_watched(id, arguments, stack);
}

/// Interpreters that wait for machine code that waits for an interpreter, and so on: each takes
/// some hundred bytes of the kernel's stack.
constexpr uint32_t kMaxDepth = 16;
/// Of the interpreter's slots, below a frame that nobody of its own has called.
constexpr uint32_t kHeaderSlots = 4;

}  // namespace

void Native::end(Outcome outcome) {
  outcome_ = outcome;
  jit_leave_code(header().saved_stack);
}

void Native::hand_over() {
  const uint64_t fuel = machine_.state().fuel;
  if (on_demand_) {
    const uint32_t share = fuel < share_left_ ? static_cast<uint32_t>(fuel) : share_left_;
    reserve_ = fuel - share;
    header().fuel_low = share;
    return;
  }
  constexpr uint64_t kMost = (uint64_t{1} << (32 + kFuelBits)) - 1;  // what the two words hold
  const uint64_t handed = fuel < kMost ? fuel : kMost;
  reserve_ = fuel - handed;
  header().fuel_low = static_cast<uint32_t>(handed) & ((1U << kFuelBits) - 1);
  header().fuel_high = static_cast<uint32_t>(handed >> kFuelBits);
}

/// What was not used; less than nothing, if that has ended the program or is about to.
void Native::take_back() {
  const auto left = static_cast<int32_t>(header().fuel_low);
  machine_.mutable_state().fuel = reserve_ + static_cast<uint64_t>(int64_t{left});
  share_left_ = left > 0 ? static_cast<uint32_t>(left) : sampler_.share;
}

/// Machine code has used what it was given, and goes on at `from`.
void Native::refuel(uint32_t from) {
  Header& h = header();
  bool sampled = false;
  while (static_cast<int32_t>(h.fuel_low) < 0) {
    if (reserve_ == 0) end(Outcome::out_of_fuel);
    const uint32_t share =
        reserve_ < sampler_.share ? static_cast<uint32_t>(reserve_) : sampler_.share;
    reserve_ -= share;
    h.fuel_low += share;
    sampled = true;
  }
  if (sampled && !paused_ && sampler_.sample != nullptr) {
    // The program's stack is this one: what the sampler releases may be in use there.
    State& state = machine_.mutable_state();
    state.fuel = reserve_ + h.fuel_low;
    uint32_t& stack = state.stack_pointer;
    const uint32_t before = stack;
    stack = reinterpret_cast<uint32_t>(__builtin_frame_address(0)) & ~15U;
    const Piece* const piece = piece_at(from);
    if (piece != nullptr) {
      sampler_.sample(sampler_.context, piece->id, piece->kind == Piece::version);
    }
    stack = before;
  }
}

/// Behind a page that may not be there, and room for what compiled code calls.
void Native::limit_stack() {
  header().stack_limit =
      ((machine_.state().stack_low + kPage - 1) & ~(kPage - 1)) + kPage + kStackReserve;
}

Outcome Native::call(void* context, FunctionId id, Span<const uint32_t> arguments) {
  Native& native = *static_cast<Native*>(context);
  State& state = native.machine_.mutable_state();
  Header& header = native.header();
  const uint32_t stack = (state.stack_pointer - 64 - 4 * arguments.size) & ~15U;
  auto* const words = reinterpret_cast<uint32_t*>(stack);
  for (uint32_t i = 0; i < arguments.size; ++i) words[i] = arguments[i];
  native.hand_over();
  native.limit_stack();
  native.outcome_ = Outcome::returned;
  const bool adopted = native.adopted_ != kNone;
  const uint32_t code =
      native.code_.address + (adopted ? native.adopted_ : native.placed_[id].offset);
  Results results = {};
  jit_enter_code(code, stack, &header.saved_stack, &results);
  native.settle();
  // Who returns may have paid with nothing left.
  const bool overdrawn = native.options_.fuel && static_cast<int64_t>(state.fuel) < 0;
  if (native.outcome_ == Outcome::returned && overdrawn) native.outcome_ = Outcome::out_of_fuel;
  if (native.outcome_ == Outcome::returned) state.status = static_cast<int32_t>(results.words[0]);
  if (native.outcome_ == Outcome::unsupported) state.fault = native.fault_;
  return native.outcome_;
}

/// Runs code whose arguments are at `frame`, and leaves the result there. What the interpreter has
/// above that is free.
Outcome Native::run_code(uint32_t offset, FunctionId id, uint32_t* frame) {
  State& state = machine_.mutable_state();
  Header& h = header();
  const Module& module = *state.module;
  const TypeId type = result_of(module, module.types[module.functions[id].type]);
  const uint32_t arguments = argument_slots(id), results = slots_of(module, type);
  const uint32_t slots = arguments > results ? arguments : results;
  const uint32_t old_pointer = state.stack_pointer, old_saved = h.saved_stack;
  if (old_pointer - state.stack_low < 4 * slots + 2 * kPage + kStackReserve) {
    return Outcome::stack_overflow;
  }
  uint32_t* const old_slots = free_slots_;
  const uint32_t stack = (old_pointer - 64 - 4 * slots) & ~15U;
  auto* const words = reinterpret_cast<uint32_t*>(stack);
  for (uint32_t i = 0; i < arguments; ++i) words[i] = frame[i];
  hand_over();
  h.frame = reinterpret_cast<uint32_t>(frame);
  free_slots_ = frame + slots;
  ++depth_;
  outcome_ = Outcome::returned;
  inside_ = true;
  Results registers = {};
  jit_enter_code(code_.address + offset, stack, &h.saved_stack, &registers);
  --depth_;
  free_slots_ = old_slots;
  h.saved_stack = old_saved;
  state.stack_pointer = old_pointer;
  settle();
  inside_ = false;
  if (outcome_ != Outcome::returned) return outcome_;
  if (options_.fuel && static_cast<int64_t>(state.fuel) < 0) return Outcome::out_of_fuel;
  switch (part_kind(module, type)) {
    case PartKind::word:
    case PartKind::pair:
      for (uint32_t i = 0; i < results; ++i) frame[i] = registers.words[i];
      break;
    case PartKind::memory:
      for (uint32_t i = 0; i < results; ++i) frame[i] = words[i];
      break;
    default:
      for (uint32_t i = 0; i < results; ++i) frame[i] = registers.vector[i];
  }
  return Outcome::returned;
}

/// The interpreter calls a function that is machine code.
Outcome Native::enter(State& state, FunctionId id, uint32_t* frame, bool& interpret) {
  Native& native = *static_cast<Native*>(state.engine);
  interpret = native.depth_ == kMaxDepth;
  return interpret ? Outcome::returned : native.run_code(native.entered_[id], id, frame);
}

/// The interpreter is at the head of a loop that is machine code.
Outcome Native::enter_loop(State& state, const Cell* ip, uint32_t* frame, Cell& handler) {
  Native& native = *static_cast<Native*>(state.engine);
  for (const LoopEntry& entry : native.entries_) {
    if (entry.head != ip) continue;
    if (native.depth_ == kMaxDepth) {
      handler = entry.handler;
      return Outcome::returned;
    }
    // The frame is dead once its values are in their new places; it may be overwritten.
    const uint32_t before =
        entry.has_memory ? *reinterpret_cast<const uint32_t*>(bytes_at(frame, entry.before_slot))
                         : state.stack_pointer;
    const Outcome outcome = native.run_code(entry.offset, entry.id, frame);
    state.stack_pointer = before;
    return outcome;
  }
  return Outcome::unsupported;
}

/// Machine code calls a function that has none; its stack ends at `stack`. The result is where the
/// arguments were.
uint32_t* Native::run_interpreted(FunctionId id, uint32_t* arguments, uint32_t stack) {
  settle();
  inside_ = false;
  State& state = machine_.mutable_state();
  state.stack_pointer = stack & ~15U;
  const int32_t status = state.status;
  const Outcome outcome = interpret(id, arguments);
  if (outcome != Outcome::returned) end(outcome);
  state.status = status;
  hand_over();
  inside_ = true;
  return arguments;
}

/// Machine code calls a function that is watched. Where it goes on: with the result.
uint32_t Native::run_watched(FunctionId id, uint32_t* arguments, uint32_t stack) {
  const uint32_t own = code_.address + placed_[id].offset;
  if (watching_ || depth_ + 1 >= kMaxDepth) return own;
  settle();
  inside_ = false;
  State& state = machine_.mutable_state();
  state.stack_pointer = stack & ~15U;
  const int32_t status = state.status;
  Outcome outcome = Outcome::returned;
  watching_ = true;
  const bool was_run = watch_.call(watch_.context, id, arguments, outcome);
  watching_ = false;
  if (outcome != Outcome::returned) end(outcome);
  state.status = status;
  hand_over();
  inside_ = true;
  if (!was_run) return own;
  header().result = reinterpret_cast<uint32_t>(arguments);
  return code_.address + services_[static_cast<uint32_t>(Service::deliver)];
}

Outcome Native::run_at(uint32_t offset, FunctionId id, uint32_t* arguments) {
  State& state = machine_.mutable_state();
  const uint32_t results = result_slots(id), count = argument_slots(id);
  uint32_t* const frame = free_slots_ + kHeaderSlots;
  if (depth_ == kMaxDepth || frame > state.slots_end) return Outcome::stack_overflow;
  for (uint32_t i = 0; i < count; ++i) frame[i] = arguments[i];
  const Outcome outcome = run_code(offset, id, frame);
  for (uint32_t i = 0; i < results; ++i) arguments[i] = frame[i];
  return outcome;
}

Outcome Native::interpret(FunctionId id, uint32_t* arguments) {
  State& state = machine_.mutable_state();
  const Module& module = *state.module;
  const TypeId type = result_of(module, module.types[module.functions[id].type]);
  const uint32_t results = slots_of(module, type), count = argument_slots(id);
  uint32_t* const frame = free_slots_ + kHeaderSlots;
  uint32_t* const callee = frame + kHeaderSlots;
  if (callee > state.slots_end) return Outcome::stack_overflow;
  for (uint32_t i = 0; i < count; ++i) callee[i] = arguments[i];
  FunctionEntry entry = state.entries[id];
  entry.code = entry.interpreted;
  // A call, then the accumulator to the frame, if that is where the result is.
  Cell code[] = {machine_.handler(Op::call_),
                 reinterpret_cast<Cell>(&entry),
                 kHeaderSlots * 4,
                 0,
                 machine_.handler(Op::finish_),
                 0,
                 0};
  const uint32_t* from = frame;
  switch (form_of(module.types[type])) {
    case Form::word:
      code[4] = machine_.handler(Op::copy_a_d_);
      break;
    case Form::single:
      code[4] = machine_.handler(Op::fcopy32_a_d_);
      break;
    case Form::real:
      code[4] = machine_.handler(Op::fcopy64_a_d_);
      break;
    default:
      from = callee;
  }
  code[6] = machine_.handler(Op::finish_);
  const Outcome outcome = machine_.execute(code, frame);
  for (uint32_t i = 0; i < results; ++i) arguments[i] = from[i];
  return outcome;
}

void Native::install() {
  Header& h = header();
  h.native = reinterpret_cast<uint32_t>(this);
  h.bridges[static_cast<uint32_t>(Service::island)] = reinterpret_cast<uint32_t>(&island_bridge);
  h.bridges[static_cast<uint32_t>(Service::runtime)] = reinterpret_cast<uint32_t>(&runtime_bridge);
  h.bridges[static_cast<uint32_t>(Service::import)] = reinterpret_cast<uint32_t>(&import_bridge);
  h.bridges[static_cast<uint32_t>(Service::end)] = reinterpret_cast<uint32_t>(&end_bridge);
  h.bridges[static_cast<uint32_t>(Service::interpret)] =
      reinterpret_cast<uint32_t>(&interpret_bridge);
  h.bridges[static_cast<uint32_t>(Service::sample)] = reinterpret_cast<uint32_t>(&sample_bridge);
  h.bridges[static_cast<uint32_t>(Service::watch)] = reinterpret_cast<uint32_t>(&watch_bridge);
  if (!on_demand_) {
    machine_.use({call, this});
    return;
  }
  State& state = machine_.mutable_state();
  state.native = enter;
  state.replace = enter_loop;
  state.engine = this;
  limit_stack();
}

}  // namespace jit

#else

namespace jit {

void Native::install() {}
void Native::end(Outcome) { __builtin_trap(); }
Outcome Native::call(void*, FunctionId, Span<const uint32_t>) { return Outcome::unsupported; }
Outcome Native::run_at(uint32_t, FunctionId, uint32_t*) { return Outcome::unsupported; }
Outcome Native::interpret(FunctionId, uint32_t*) { return Outcome::unsupported; }
void Native::take_back() {}

}  // namespace jit

#endif
