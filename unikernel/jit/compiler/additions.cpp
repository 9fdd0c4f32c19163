#include "compiler/additions.h"

#include "compiler/strength.h"
#include "interpreter/layout.h"
#include "support/bytes.h"

namespace jit {

Additions::Additions(const Module& module, Body& body, const Flow& flow, Arena& arena)
    : module_(module),
      body_(body),
      flow_(flow),
      arena_(arena),
      values_(arena),
      operands_(arena),
      added_(arena) {}

bool Additions::prepare() {
  const uint32_t count = body_.instructions.size;
  blocks_ = {arena_.make<BlockId>(count), count};
  first_ = {arena_.make<uint32_t>(count + 1), count + 1};
  good_ = !arena_.exhausted() && values_.reserve(body_.values.size / 4 * 5 + 32) &&
          operands_.reserve(body_.operands.size / 4 * 5 + 64);
  if (!good_) return false;
  good_ = values_.append({body_.values.data, body_.values.size}) &&
          operands_.append({body_.operands.data, body_.operands.size});
  if (!good_) return false;
  for_each_paced(arena_, first_.size, 2, [&](uint32_t i) { first_[i] = kNone; });
  for (BlockId b = 0; b < body_.blocks.size; ++b) {
    const Block& block = body_.blocks[b];
    arena_.step(1 + block.count / 32);
    for (uint32_t i = block.first; i < block.first + block.count; ++i) blocks_[i] = b;
  }
  return true;
}

bool Additions::is_number(ValueId id, int64_t& number) const {
  const Value& v = value(id);
  if (v.kind == ValueKind::zero) {
    number = 0;
    return true;
  }
  if (v.kind != ValueKind::integer) return false;
  number = signed_number(v.bits, module_.types[v.type].count);
  return true;
}

BlockId Additions::block_of(ValueId id) const {
  if (id < body_.base) return 0;
  const Value& v = values_[id - body_.base];
  if (v.kind != ValueKind::instruction) return 0;
  return blocks_[v.index];
}

uint32_t Additions::behind_phis(BlockId b) const {
  uint32_t i = body_.blocks[b].first;
  while (body_.instructions[i].op == Opcode::phi) ++i;
  return i;
}

uint32_t Additions::place_behind(ValueId id) const {
  if (id < body_.base || values_[id - body_.base].kind != ValueKind::instruction) {
    return behind_phis(0);
  }
  // Of one that is made, before what it will stand.
  const uint32_t i = values_[id - body_.base].index;
  if (body_.instructions[i].op == Opcode::phi) return behind_phis(blocks_[i]);
  return is_made(id) ? i : i + 1;
}

bool Additions::stands_before(uint32_t place, uint32_t at) const {
  const BlockId a = blocks_[place], b = blocks_[at];
  return a == b ? place <= at : flow_.dominates(a, b);
}

ValueId Additions::add(Opcode op, uint8_t code, TypeId type, const uint32_t* operands,
                       uint32_t count, uint32_t before) {
  Instruction i;
  i.op = op;
  i.code = code;
  i.flags = kFlagMade;
  i.cost = 0;
  i.type = type;
  give_operands(i, operands, count);
  Value v;
  v.kind = ValueKind::instruction;
  v.type = type;
  v.index = before;  // until rebuild(): where it stands
  i.result = body_.base + values_.size();
  good_ &= values_.add(v);
  const uint32_t number = added_.size();
  good_ &= added_.add({i, before, kNone});
  if (!good_) return i.result;
  uint32_t* link = &first_[before];
  while (*link != kNone) link = &added_[*link].next;
  *link = number;
  return i.result;
}

ValueId Additions::number(TypeId type, uint32_t bits) {
  Value v;
  v.kind = ValueKind::integer;
  v.type = type;
  v.bits = bits;
  good_ &= values_.add(v);
  return body_.base + values_.size() - 1;
}

void Additions::give_operands(Instruction& instruction, const uint32_t* operands, uint32_t count) {
  instruction.first = operands_.size();
  instruction.count = count;
  for (uint32_t k = 0; k < count; ++k) good_ &= operands_.add(operands[k]);
}

/// Whether the body's instructions stand as its blocks do, from the first on.
bool Additions::stand_in_order() const {
  uint32_t next = 0;
  for (const Block& block : body_.blocks) {
    if (block.first != next) return false;
    next += block.count;
  }
  return true;
}

bool Additions::rebuild() {
  body_.values = values_.span();
  body_.operands = operands_.span();
  if (added_.size() == 0 && stand_in_order()) return true;  // those that changed did in place
  const uint32_t count = body_.instructions.size + added_.size();
  const Span<Instruction> instructions = {arena_.make<Instruction>(count), count};
  if (arena_.exhausted()) return false;
  uint32_t next = 0;
  const auto put = [&](const Instruction& i) {
    if (i.result != kNone) values_[i.result - body_.base].index = next;
    instructions[next++] = i;
  };
  for (Block& block : body_.blocks) {
    const uint32_t begin = next;
    for (uint32_t i = block.first; i < block.first + block.count; ++i) {
      if (i % 2 == 0) arena_.step();
      for (uint32_t a = first_[i]; a != kNone; a = added_[a].next) put(added_[a].instruction);
      put(body_.instructions[i]);
    }
    block = {begin, next - begin};
  }
  body_.instructions = {instructions.data, next};
  return true;
}

}  // namespace jit
