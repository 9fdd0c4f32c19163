// Decisions about one function before machine code is made for it: which values get a place of
// their own, and which are computed inside of the instruction that uses them, because x86 can.
//
//   load             the memory operand of its only user
//   getelementptr    the address of all loads and stores that use it
//   compare          the flags that its users in the same block branch on or select by
//   load, op, store  of one address: one instruction
//   casts            other words for their operand
#pragma once

#include "interpreter/plan.h"

namespace jit {

enum class Role : uint8_t {
  nothing,    // no result, or nobody uses it and nothing is lost
  variable,   // in a register or in the frame
  alias,      // the bits of its first operand, or of a part of it
  address,    // part of the address of every user
  operand,    // a load: the memory operand of its only user
  condition,  // flags, or jumps: made anew where they are used
  update,     // the middle of load, op, store
  place,      // an alloca of fixed size in the first block: a distance from the frame
};

struct Selection {
  // By values of the body (ValueId - body.base).
  Span<Role> roles;
  Span<uint32_t> uses;
  /// Of integers below 32 bits: whether the bits above may hold anything, since no user looks.
  Span<bool> loose;
  // By instructions.
  Span<BlockId> blocks;
};

/// false: the arena is full.
bool select_roles(const Module& module, const Body& body, Arena& arena, Selection& selection);

/// An integer that is known, as a signed number. false: it is not.
bool constant_number(const Module& module, const Value& value, int64_t& number);

/// An address as far as x86 can compute it: base + index * 2^scale + symbol + offset.
struct AddressParts {
  ValueId base = kNone;    // a value, a place, or kNone: `offset` is all
  ValueId index = kNone;   // a word
  ValueId symbol = kNone;  // a constant
  uint8_t scale = 0;
  uint32_t offset = 0;
};
/// Takes `pointer` apart as far as roles allow: it becomes the base where it is no `address`.
AddressParts address_of(const Module& module, const Body& body, const Selection& selection,
                        ValueId pointer);
/// How a getelementptr is made of one base, at most one index and an offset. false: it is not.
bool simple_address(const Module& module, const Body& body, const Instruction& gep,
                    AddressParts& parts);

/// A comparison of two vectors of 128 bits that SSE2 has: its mask selects between two others.
bool is_mask_comparison(const Module& module, const Body& body, const Instruction& compare);

/// Floating-point comparisons that become one of `above` or `below` with the operands exchanged:
/// of ucomiss, only the second can stand in memory.
constexpr bool compares_exchanged(Predicate p) {
  return p == Predicate::fcmp_olt || p == Predicate::fcmp_ole || p == Predicate::fcmp_ugt ||
         p == Predicate::fcmp_uge;
}

/// The value whose bits `id` has, behind all aliases; of a truncated one, the lowest of them.
ValueId behind_aliases(const Body& body, const Selection& selection, ValueId id);

/// Calls f(index of the value in the body) for all variables of which `id` is computed.
template <class F>
void for_each_variable(const Module& module, const Body& body, const Selection& selection,
                       ValueId id, const F& f) {
  if (id < body.base) return;
  const Value& value = body.values[id - body.base];
  if (value.kind != ValueKind::instruction && value.kind != ValueKind::argument) return;
  switch (selection.roles[id - body.base]) {
    case Role::variable:
      f(id - body.base);
      return;
    case Role::nothing:
    case Role::place:
      return;
    case Role::address: {
      const AddressParts parts = address_of(module, body, selection, id);
      if (parts.base != kNone) for_each_variable(module, body, selection, parts.base, f);
      if (parts.index != kNone) for_each_variable(module, body, selection, parts.index, f);
      return;
    }
    case Role::alias:
    case Role::operand:
    case Role::condition:
    case Role::update: {
      const Instruction& i = body.instructions[value.index];
      for (uint32_t k = 0; k < i.count; ++k) {
        if (is_value_operand(i, k)) {
          for_each_variable(module, body, selection, body.operands[i.first + k], f);
        }
      }
    }
  }
}

}  // namespace jit
