// The checked form of a program: what the reader makes of bitcode, the verifier checks, the
// interpreter runs and the compiler compiles. It keeps LLVM's meaning (LLVM Language Reference,
// version 19) and numbering: a ValueId counts as the bitcode does, so nothing is numbered again.
//
// Values of a module come first: global variables, functions, aliases, constants. A body counts on
// from there: its arguments, its own constants, then each instruction that has a result. All ids
// are indices; nothing here points to what could be freed before it, but for the names and bytes,
// which are slices of the file.
//
// The target is 32-bit x86 as i386-*-linux* has it: pointers of 4 bytes, i64 and double at
// multiples of 4 in memory, vectors at multiples of their size.
#pragma once

#include <stdint.h>

#include "ir/opcodes.h"
#include "support/arena.h"
#include "support/text.h"

namespace jit {

using TypeId = uint32_t;   // index into Module::types
using ValueId = uint32_t;  // below Module::values.size: of the module; from there on: of the body
using FunctionId = uint32_t;  // index into Module::functions
using BlockId = uint32_t;     // index into Body::blocks
constexpr uint32_t kNone = ~0U;

// ---- types

enum class TypeKind : uint8_t {
  void_type,
  integer,
  float_type,
  double_type,
  pointer,   // opaque, address space 0
  extended,  // long double: x87's 80 bits, in 12 bytes of memory
  wide,      // an integer of 65 to 128 bits
  array,
  vector,  // of integers, floats, doubles or pointers; at most 128 bits but for masks
  structure,
  function,
  label,
  metadata,     // of llvm.* arguments only: no value of it is ever computed
  unsupported,  // read past (half, i256, ...): whatever computes with it is refused.
                // Numbers have a place in memory all the same: what contains them may be copied
};

struct Type {
  TypeKind kind = TypeKind::unsupported;
  bool packed = false;    // structure; unsupported: a floating-point number
  bool variadic = false;  // function
  uint8_t align = 0;      // in memory, bytes; 0: has no place in memory
  uint32_t size = 0;      // in memory, bytes, a multiple of `align`
  uint32_t count = 0;  // integer: bits (1 to 64); wide: bits; array, vector: elements; structure:
                       // fields; function: parameters; unsupported: bits of a number, else 0
  uint32_t first = 0;  // array, vector: TypeId of an element. structure: its fields begin here in
                       // Module::type_lists, and their offsets in Module::field_offsets.
                       // function: here is the result's type, the parameters' follow
};

// ---- values

enum class ValueKind : uint8_t {
  global,    // index: in Module::globals
  function,  // index: in Module::functions
  alias,     // index: in Module::aliases
  // Constants. Of `first` and `count`: elements in Module::value_lists, or Body::value_lists.
  undefined,  // undef
  poison,
  zero,       // of any type: 0, null, zeroinitializer
  integer,    // bits, those above the type's width are 0
  floating,   // bits of the float (low 32) or double; of a long double: of its
              // mantissa, and count: the 16 bits above them
  aggregate,  // first, count: one value for each field or element
  data,       // bytes, count: elements of an array or vector, little endian as in memory; of
              // an unsupported type: so many bytes of the number
  cast,       // code: CastOp; first: ValueId of the operand
  address,    // getelementptr. code: 1 where inbounds; source: TypeId; first, count: base, indices
  binary,     // code: BinaryOp; first, count (2): operands
  block_address,  // of a label; bits: kLabelBase + its BlockId, in whichever function
  inline_asm,     // index: in Module::inline_asms, or Body::inline_asms
  // Values of a body.
  argument,     // index: which
  instruction,  // index: in Body::instructions
};

constexpr bool is_constant(ValueKind kind) {
  return kind >= ValueKind::undefined && kind <= ValueKind::block_address;
}

struct Value {
  ValueKind kind = ValueKind::poison;
  uint8_t code = 0;
  TypeId type = kNone;
  union {
    uint32_t index = 0;
    uint32_t first;
  };
  uint32_t count = 0;
  union {
    uint64_t bits = 0;
    const uint8_t* bytes;  // data
    TypeId source;         // address
  };
};

// ---- code

/// Operands stand in Body::operands from `first` on, `count` of them. What each is depends on the
/// opcode (ir/opcodes.h); most are ValueIds, some are BlockIds or plain numbers.
struct Instruction {
  Opcode op = Opcode::unreachable;
  uint8_t code = 0;        // BinaryOp, CastOp, Predicate, AtomicOp
  uint16_t flags = 0;      // kFlag*
  TypeId type = kNone;     // of the result; of void_type where there is none
  TypeId subject = kNone;  // load, store, alloca, getelementptr: the type in memory; call: that of
                           // the function
  uint32_t detail = 0;     // load, store, alloca: alignment in bytes; call: index in
                           // Module::attribute_lists, or kNone
  ValueId result = kNone;
  uint32_t first = 0;
  uint32_t count = 0;
  uint32_t cost = 1;  // instructions of the program that it counts as; a phi counts as none
};

struct Block {
  uint32_t first = 0;  // in Body::instructions
  uint32_t count = 0;  // the last is the terminator
};

/// Only assembly without instructions is accepted, whose output, if any, is its input.
struct InlineAsm {
  Text code;
  Text constraints;
  TypeId type = kNone;  // of the function
};

/// One function's code, read when it is first needed.
struct Body {
  FunctionId function = kNone;
  uint32_t base = 0;  // the number of the module's values: values[i] is ValueId base + i
  uint32_t arguments = 0;
  Span<Value> values;
  Span<Instruction> instructions;
  Span<Block> blocks;
  Span<uint32_t> operands;
  Span<ValueId> value_lists;  // of its constants
  Span<InlineAsm> inline_asms;
};

// ---- modules

enum class Linkage : uint8_t {
  external,
  internal,     // and private
  replaceable,  // weak, linkonce and their odr forms, common
  extern_weak,
  available_externally,
  appending,  // llvm.global_ctors and the like
};

struct Global {
  Text name;
  TypeId type = kNone;          // what it holds
  ValueId value = kNone;        // its own
  ValueId initializer = kNone;  // kNone: defined elsewhere
  uint32_t align = 0;           // bytes; 0: that of the type
  Linkage linkage = Linkage::external;
  bool constant = false;
};

struct Function {
  Text name;
  TypeId type = kNone;
  ValueId value = kNone;
  uint32_t attributes = kNone;  // index in Module::attribute_lists
  Linkage linkage = Linkage::external;
  Intrinsic intrinsic = Intrinsic::none;  // of a declaration
  uint64_t body_bit = 0;  // where the header of its block begins in the file; 0: declared
};

struct Alias {
  Text name;
  TypeId type = kNone;
  ValueId value = kNone;
  ValueId target = kNone;  // a global, a function, or a constant expression on one
};

/// What changes how an argument is passed. All else that attributes say is a promise to an
/// optimizer, or refused by the reader.
struct ByValue {
  uint32_t parameter = 0;
  TypeId type = kNone;  // the callee gets a copy of its own of this
  uint32_t align = 0;   // of the copy; 0: that of the type
};
struct AttributeList {
  uint32_t first = 0;  // in Module::by_values
  uint32_t count = 0;
};

struct Module {
  Text source_name;
  Text triple;
  Span<Type> types;
  Span<TypeId> type_lists;
  Span<uint32_t> field_offsets;  // beside type_lists; of entries that are no fields: 0
  Span<Value> values;
  Span<ValueId> value_lists;
  Span<Global> globals;
  Span<Function> functions;
  Span<Alias> aliases;
  Span<AttributeList> attribute_lists;
  Span<ByValue> by_values;
  Span<InlineAsm> inline_asms;
};

/// `id` of the module or of the body; it must be in range.
inline const Value& value_of(const Module& module, const Body& body, ValueId id) {
  return id < module.values.size ? module.values[id] : body.values[id - body.base];
}
/// TypeIds of a function type's parameters.
inline Span<TypeId> parameters_of(const Module& module, const Type& function) {
  return {module.type_lists.data + function.first + 1, function.count};
}
inline TypeId result_of(const Module& module, const Type& function) {
  return module.type_lists[function.first];
}

}  // namespace jit
