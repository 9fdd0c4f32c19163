// Machine code function by function, beside the interpreter.
#include "compiler/may_fail.h"

namespace jit {
namespace {

/// Instructions of the IR from one sample to the next, where nobody says.
constexpr uint32_t kShare = 1U << 30;
/// Islands of another run between two that are restored: those of code that was not kept.
constexpr uint32_t kMostMissing = 65'536;

}  // namespace

bool Native::prepare() {
  on_demand_ = true;
  if (!begin()) return false;
  State& state = machine_.mutable_state();
  Arena& keep = *machine_.resources().code;
  const uint32_t count = placed_.size;
  cells_ = {keep.make<Cells>(count), count};
  entered_ = {keep.make<uint32_t>(count), count};
  ways_ = {keep.make<uint32_t>(count), count};
  if (keep.exhausted()) return false;
  if (sampler_.share == 0) sampler_.share = kShare;
  share_left_ = sampler_.share;
  for (FunctionId id = 0; id < count; ++id) {
    placed_[id] = {};
    ways_[id] = kNone;
    cells_[id] = {{machine_.handler(Op::native_), id}};
    const Function& function = state.module->functions[id];
    if (function.intrinsic == Intrinsic::none) {
      const bool has_code = state.entries[id].import == nullptr && function.body_bit != 0;
      if (!(has_code ? stub(id, id, Service::interpret) : compile(id))) return false;
    }
    fill_entry(id);
    placed_[id] = {};
  }
  common_ = used_;
  return pages_.begin(used_, keep);
}

bool Native::make(FunctionId id, const Rewrite* rewrite) {
  const MayFail trying(machine_);
  bool placed = true;
  fault_ = {};
  collect();
  if (generate(id, nullptr, rewrite, placed)) return false;
  if (!placed) fault_.what.add("no memory for machine code");
  return placed;
}

bool Native::is_movable(const Piece& piece) const {
  bool movable = true;
  for (uint32_t k = piece.first_island; k != kNone; k = island(k).next) {
    movable &= island(k).movable;
  }
  return movable;
}

bool Native::restore_island(uint32_t number, Span<const uint8_t> cells) {
  const MayFail trying(machine_);
  // Padding for those that are missing is a few bytes each.
  return number < islands_.end() + kMostMissing && islands_.restore(number, cells);
}

bool Native::fits(const Piece& piece) const {
  return piece.offset % CodePages::kPage == 0 && piece.offset >= common_ && piece.size > 0 &&
         piece.offset <= code_.size && piece.size <= code_.size - piece.offset;
}

bool Native::restore(Piece piece, const uint8_t* code) {
  const MayFail trying(machine_);
  fault_ = {};
  piece.first_island = islands_.first();
  islands_.start();
  if (!fits(piece) || !pages_.is_free(piece.offset, piece.size)) {
    islands_.release(piece.first_island);
    fault_.what.add("code that has no place");
    return false;
  }
  while (used_ < piece.offset) code_.bytes[used_++] = 0xCC;
  __builtin_memcpy(code_.bytes + piece.offset, code, piece.size);
  pages_.take(piece.offset, piece.size);
  last_ = {piece.offset, piece.size};
  if (used_ < last_.offset + last_.size) used_ = last_.offset + last_.size;
  if (piece.kind == Piece::function) placed_[piece.id] = last_;
  ++functions_;
  if (add(piece)) return true;
  fault_.what.add("no memory");
  return false;
}

void Native::publish(FunctionId id, FunctionId code) {
  entered_[code] = placed_[code].offset;
  table()[id].code = code_.address + placed_[code].offset;
  cells_[id].cells[1] = code;
  machine_.mutable_state().entries[id].code = cells_[id].cells;
  lead(id, kNone);
}

bool Native::replace(const Machine::Lowered& function, const Cell* ip) {
  const MayFail trying(machine_);
  LoopEntry entry = {};
  const Loop loop = {&function, ip, &entry};
  bool placed = true;
  fault_ = {};
  collect();
  if (generate(function.id, &loop, nullptr, placed)) return false;
  if (!placed || !entries_.add(entry)) {
    fault_.what.add("no memory for machine code");
    return false;
  }
  entries_[entries_.size() - 1].handler = *entry.head;
  *entry.head = machine_.handler(Op::replaced_);
  return true;
}

uint32_t Native::result_slots(FunctionId id) const {
  const Module& module = *machine_.state().module;
  return slots_of(module, result_of(module, module.types[module.functions[id].type]));
}

/// Of the function's parameters, and of the place of variadic ones.
uint32_t Native::argument_slots(FunctionId id) const {
  const Module& module = *machine_.state().module;
  const Type& type = module.types[module.functions[id].type];
  uint32_t slots = type.variadic ? 1 : 0;
  for (const TypeId parameter : parameters_of(module, type)) slots += slots_of(module, parameter);
  return slots;
}

}  // namespace jit
