// A FUNCTION_BLOCK: declarations of blocks, constants, instructions. What the parts of the reader
// of bodies share.
#pragma once

#include "bitcode/reading.h"

namespace jit::bitcode {

inline uint16_t flag_if(bool set, uint16_t flag) { return set ? flag : uint16_t{0}; }

/// The body while it is read. Operands of instructions are relative: the id of the next value less
/// that of the operand, in 32 bits. Those that lie ahead bring their type where it is not known.
class BodyReader {
 public:
  BodyReader(const BitcodeFile& file, BitReader& in, Workspace& space)
      : file_(file),
        module_(file.module),
        base_(file.module.values.size),
        in_(in),
        arena_(space.scratch()),
        constants_(space),
        instructions_(space.scratch()),
        blocks_(space.scratch()),
        operands_(space.scratch()) {}

  /// The block was found, but not entered.
  bool read(const Type& type);
  bool keep(Workspace& space, Body& body);

 private:
  bool add_arguments(const Type& type);
  bool read_entries();
  bool read_record();
  bool read_instruction(FunctionCode code);
  bool refuse_record(FunctionCode code);

  bool read_binary(Instruction& made);
  bool read_cast(Instruction& made);
  bool read_unary(Instruction& made);
  bool read_compare(Instruction& made);
  bool read_select(Instruction& made);
  bool read_extract_element(Instruction& made);
  bool read_insert_element(Instruction& made);
  bool read_shuffle(Instruction& made);
  bool read_extract_value(Instruction& made);
  bool read_insert_value(Instruction& made);
  bool read_alloca(Instruction& made);
  bool read_load(Instruction& made, bool atomic);
  bool read_store(Instruction& made, bool atomic);
  bool read_address(Instruction& made);
  bool read_compare_exchange(Instruction& made);
  bool read_atomic_update(Instruction& made);
  bool read_branch(Instruction& made);
  bool read_switch(Instruction& made);
  bool read_indirect_branch(Instruction& made);
  bool read_phi(Instruction& made);
  bool read_call(Instruction& made);
  bool finish(Instruction& made);
  bool add_nowhere();

  // Operands, to the instruction that is made.
  bool push(uint32_t operand) { return add(in_, operands_, operand); }
  /// With its type where it lies ahead.
  bool take_value(TypeId& type) {
    const auto distance = static_cast<uint32_t>(in_.operand());
    const uint32_t values = constants_.values.size();
    const ValueId id = base_ + values - distance;
    if (distance - 1 >= values) [[unlikely]]
      return take_outer(id, type);
    type = constants_.values[values - distance].type;  // most: of the body, and made before
    return push(id);
  }
  [[gnu::noinline]] bool take_outer(ValueId id, TypeId& type);
  bool take_typed();  // known by what it stands beside
  bool take_number() { return push(in_.number()); }
  /// Its type; kNone where it lies ahead.
  [[nodiscard]] TypeId type_of(ValueId id) const;
  [[nodiscard]] ValueId next_value() const { return base_ + constants_.values.size(); }
  /// Volatile, ordering, scope.
  bool take_order(Instruction& made);
  bool take_alignment(Instruction& made, TypeId type);

  // Types of results.
  [[nodiscard]] bool in_range(TypeId type) const { return type < module_.types.size; }
  /// A vector of as many as `like` has, where that is one; else `element`.
  bool shaped(TypeId element, TypeId like, TypeId& type);
  bool vector_of(TypeId element, uint32_t count, TypeId& type);
  /// The part of an aggregate that the indices name, which are taken.
  bool take_indices(TypeId aggregate, TypeId& part);
  bool is_floating(TypeId type) const;

  const BitcodeFile& file_;
  const Module& module_;
  const uint32_t base_;  // where the values of the body begin
  BitReader& in_;
  const Arena& arena_;       // whose pace is kept
  ConstantLists constants_;  // and all other values
  List<Instruction> instructions_;
  List<Block> blocks_;
  List<uint32_t> operands_;
  uint32_t arguments_ = 0;
  uint32_t announced_blocks_ = 0;
  uint32_t block_begin_ = 0;
  bool nowhere_ = false;  // a branch to an address may be to none
  bool bundles_ = false;  // before the call that they belong to
};

}  // namespace jit::bitcode
