#include "interpreter/lowering.h"

#include "interpreter/liveness.h"

namespace jit {

void Lowering::refuse(Text what) {
  if (refused_) return;
  refused_ = true;
  state_.fault = {};
  state_.fault.what.add(what);
  state_.fault.function = module_.functions[body_.function].name;
  state_.fault.unsupported = true;
}

const Instruction* Lowering::source(ValueId id) const {
  if (id < body_.base) return nullptr;
  const Value& value = body_.values[id - body_.base];
  return value.kind == ValueKind::instruction ? &body_.instructions[value.index] : nullptr;
}

bool Lowering::find(ValueId id, uint32_t& slot) const {
  if (id < body_.base || constants_.is_constant(id)) return false;
  switch (plan_.folds[id - body_.base]) {
    case Fold::none:
      slot = plan_.slots[id - body_.base];
      return slot != kNone;
    case Fold::place:
      return false;
    default:
      break;
  }
  const Instruction* const i = source(id);
  switch (i->op) {
    case Opcode::freeze:
    case Opcode::getelementptr: {
      if (i->op == Opcode::getelementptr && fold(id) != Fold::alias) return false;
      return find(operand(*i, 0), slot);
    }
    case Opcode::extract_value:
      return aggregate_place(*i, slot);
    case Opcode::cast: {
      const auto op = static_cast<CastOp>(i->code);
      const Form from = form(operand(*i, 0)), to = form(id);
      const bool same =
          (op == CastOp::zext && from == Form::word && to == Form::word) ||
          (op == CastOp::inttoptr && from == Form::word) ||
          (op == CastOp::ptrtoint && to == Form::word && type(i->type).count == 32) ||
          (op == CastOp::trunc && from == Form::pair && to == Form::word &&
           type(i->type).count == 32) ||
          (op == CastOp::bitcast && !is_mask(type_of(operand(*i, 0))) && !is_mask(i->type));
      return same && find(operand(*i, 0), slot);
    }
    case Opcode::call:
      return call_kind(module_, body_, *i) == CallKind::alias && find(operand(*i, 1), slot);
    default:
      return false;
  }
}

uint32_t Lowering::temporary(uint32_t slots) {
  const uint32_t slot = pool_begin() + sizes_.pool + temporaries_;
  temporaries_ += slots;
  if (temporaries_ > most_temporaries_) most_temporaries_ = temporaries_;
  return slot * 4;
}

void Lowering::put_words(Assembler& to, uint32_t slot, const uint32_t* words, uint32_t count) {
  if (count == 1) {
    to.emit(Op::put_constant_, slot, words[0]);
  } else if (count == 2) {
    to.emit(Op::put_pair_, slot, words[0], words[1]);
  } else {
    to.emit(Op::put_many_, slot, count);
    for (uint32_t i = 0; i < count; ++i) to.cell(words[i]);
  }
}

uint32_t Lowering::constant_slot(const uint32_t* words, uint32_t count) {
  if (count > 4 || !plan_.loops) {
    const uint32_t slot = temporary(count);
    put_words(assembler_, slot, words, count);
    return slot;
  }
  for (const Pooled& pooled : pool_) {
    bool same = pooled.count == count;
    for (uint32_t i = 0; same && i < count; ++i) same = pooled.words[i] == words[i];
    if (same) return pooled.slot;
  }
  Pooled pooled = {(pool_begin() + pool_slots_) * 4, {}, count};
  pool_slots_ += count;
  for (uint32_t i = 0; i < count; ++i) pooled.words[i] = words[i];
  if (!pool_.add(pooled)) refuse("no memory for code");
  put_words(prologue_, pooled.slot, words, count);
  return pooled.slot;
}

uint32_t Lowering::constant_slot(ValueId id) {
  const uint32_t count = slots_of(module_, type_of(id));
  uint32_t* const words = arena_.make<uint32_t>(count);
  if (words == nullptr || !constants_.slots(id, words)) {
    refuse("a constant that is not computed");
    return 0;
  }
  return constant_slot(words, count);
}

uint32_t Lowering::slot_of(ValueId id) {
  uint32_t slot = 0;
  if (constants_.is_constant(id)) return constant_slot(id);
  if (find(id, slot)) return slot;
  slot = temporary(slots_of(module_, type_of(id)));
  into(id, slot);
  return slot;
}

void Lowering::into(ValueId id, uint32_t slot) {
  switch (form(id)) {
    case Form::word:
      word(id, slot);
      return;
    case Form::single:
    case Form::real:
      real(id, slot);
      return;
    default:
      break;
  }
  const uint32_t count = slots_of(module_, type_of(id));
  if (constants_.is_constant(id)) {
    uint32_t* const words = arena_.make<uint32_t>(count);
    if (words == nullptr || !constants_.slots(id, words)) {
      refuse("a constant that is not computed");
      return;
    }
    if (count > 0) put_words(assembler_, slot, words, count);
    return;
  }
  uint32_t from = 0;
  if (find(id, from)) {
    copy(from, slot, count);
  } else {
    refuse("a value that stands nowhere");
  }
}

void Lowering::copy(uint32_t from, uint32_t to, uint32_t slots) {
  if (from == to || slots == 0) return;
  switch (slots) {
    case 1:
      assembler_.emit(Op::copy_s_d_, from, to);
      holds_word_ = kNone;
      break;
    case 2:
      assembler_.emit(Op::copy_pair_, from, to);
      break;
    case 4:
      assembler_.emit(Op::copy_quad_, from, to);
      break;
    default:
      assembler_.emit(Op::copy_many_, from, to, slots);
  }
}

uint32_t Lowering::result_slot(const Instruction& i) const {
  return i.result == kNone ? kNowhere : plan_.slots[i.result - body_.base];
}

void Lowering::lower_root(const Instruction& i) {
  temporaries_ = 0;
  const uint32_t to = result_slot(i);
  const bool used = i.result != kNone && plan_.uses[i.result - body_.base] > 0;
  switch (i.op) {
    case Opcode::store:
      store(i);
      return;
    case Opcode::fence:
      return;
    case Opcode::compare_exchange:
    case Opcode::atomic_update:
      atomic(i);
      return;
    case Opcode::call:
      call(i);
      return;
    case Opcode::alloca:
      alloca_dynamic(i);
      return;
    case Opcode::va_arg:
      refuse("va_arg");
      return;
    default:
      break;
  }
  if (!used && i.op != Opcode::load && i.op != Opcode::binary) return;  // nothing but a result
  switch (form_of(type(i.type))) {
    case Form::word:
      is_in_slot_alone_ = false;
      word_of(i, to);
      holds_word_ = is_in_slot_alone_ ? kNone : i.result;
      return;
    case Form::single:
    case Form::real:
      is_in_slot_alone_ = false;
      real_of(i, to);
      holds_real_ = is_in_slot_alone_ ? kNone : i.result;
      return;
    case Form::pair:
    case Form::many:
      wide(i);
      return;
    case Form::nothing:
      refuse("a value without a form");
      return;
  }
}

void Lowering::lower_blocks() {
  for (BlockId b = 0; b < body_.blocks.size; ++b) {
    if (b > 0 && plan_.predecessors[b] == 0) continue;  // never reached
    if (falls_into_ != b || plan_.predecessors[b] > 1) forget();
    if (falls_into_ != b) pending_ = 0;
    falls_into_ = kNone;
    assembler_.bind(b);
    block_ = b;
    const Block& block = body_.blocks[b];
    for (uint32_t v = 0; b == 0 && v < body_.arguments; ++v) compute_products(body_.base + v);
    for (uint32_t k = block.first; k < block.first + block.count; ++k) {
      if (body_.instructions[k].op != Opcode::phi) break;
      compute_products(body_.instructions[k].result);
    }
    for (uint32_t k = block.first; k < block.first + block.count; ++k) {
      arena_.step(5);
      const Instruction& i = body_.instructions[k];
      if (i.op == Opcode::phi) continue;
      pending_ += i.cost;
      if (is_terminator(i.op)) {
        temporaries_ = 0;
        lower_terminator(i, b);
      } else if (i.result == kNone || plan_.folds[i.result - body_.base] == Fold::none) {
        lower_root(i);
        if (i.result != kNone) compute_products(i.result);
      }
    }
  }
  for (uint32_t e = 0; e < edges_.size(); ++e) {
    const Edge edge = edges_[e];
    assembler_.bind(edge.label);
    forget();
    temporaries_ = 0;
    copies(edge.from, edge.to);
    assembler_.op(Op::jump_);
    assembler_.target(edge.to);
    assembler_.cell(0);
  }
}

bool Lowering::run() {
  for (BlockId b = 0; b < body_.blocks.size; ++b) assembler_.label();
  for (const Instruction& i : body_.instructions) {
    if (i.result != kNone && plan_.folds[i.result - body_.base] == Fold::place) {
      const Type& t = type(i.subject);
      const Value& count = value_of(module_, body_, operand(i, 0));
      const uint64_t bytes = uint64_t{t.size} * count.bits;
      if (bytes > 0x1000'0000 || count.bits > 0x1000'0000) {
        refuse("an alloca of more than 256 MB");
        return false;
      }
      if (!areas_.add(
              {area(static_cast<uint32_t>(bytes), i.detail != 0 ? i.detail : t.align), &i})) {
        refuse("no memory for code");
        return false;
      }
    } else if (i.op == Opcode::alloca) {
      has_memory_ = true;
    }
  }
  lower_blocks();
  // Only now it is known what memory the frame needs: the prologue says so first, behind its
  // constants.
  if (has_memory_) {
    prologue_.emit(Op::enter_, before_slot(), place_slot(), (memory_bytes_ + 15) & ~15U,
                   memory_align_);
  }
  if (!refused_ && (!assembler_.good() || !prologue_.good() || arena_.exhausted())) {
    refuse("no memory for code");
    state_.fault.unsupported = false;
  }
  if (!refused_ && frame_bytes() > kMaxFrameBytes) refuse("a frame of more than 64 KB");
  return !refused_;
}

bool Lowering::run_island(const Instruction& i) {
  lower_root(i);
  assembler_.op(Op::finish_);
  if (!refused_ && has_memory_) refuse("memory of a frame, where there is none");
  if (!refused_ && (!assembler_.good() || arena_.exhausted())) {
    refuse("no memory for code");
    state_.fault.unsupported = false;
  }
  return !refused_;
}

bool Lowering::fits() const {
  return pool_slots_ <= sizes_.pool && most_temporaries_ <= sizes_.temporaries &&
         has_memory_ == sizes_.memory && found_.product_count == 0;
}

Lowering::Sizes Lowering::needed() const {
  Sizes sizes = sizes_;
  if (pool_slots_ > sizes.pool) sizes.pool = pool_slots_;
  if (most_temporaries_ > sizes.temporaries) sizes.temporaries = most_temporaries_;
  sizes.memory |= has_memory_;
  for (uint32_t k = 0; k < found_.product_count; ++k) {
    sizes.products[sizes.product_count++] = found_.products[k];
  }
  return sizes;
}

}  // namespace jit
