// How values stand in slots of 32 bits.
//
//   word    integers of up to 32 bits and pointers: zero-extended
//   single  float                         real    double: two slots, low first
//   pair    integers of 33 to 64 bits: two slots, zero-extended
//   many    long double: three slots, the upper 16 bits 0
//           integers of 65 to 128 bits: three or four slots, zero-extended
//           vectors: as in memory, but a lane of i1 takes a byte, 0 or 1, rounded up to whole
//   slots;
//           structures and arrays: their elements one behind the other
#pragma once

#include "ir/ir.h"

namespace jit {

enum class Form : uint8_t { nothing, word, single, real, pair, many };

/// By TypeKind; of integers it depends on their width.
constexpr Form kForms[] = {Form::nothing, Form::word,    Form::single,  Form::real,   Form::word,
                           Form::many,    Form::many,    Form::many,    Form::many,   Form::many,
                           Form::nothing, Form::nothing, Form::nothing, Form::nothing};
inline Form form_of(const Type& type) {
  if (type.kind == TypeKind::integer) return type.count <= 32 ? Form::word : Form::pair;
  return kForms[static_cast<uint32_t>(type.kind)];
}

/// How many slots; 0 for what has no value. At most kMaxSlots, or kMaxSlots + 1 for more.
constexpr uint32_t kMaxSlots = 4096;
/// By Form; of `many`, count_slots() says.
constexpr uint8_t kSlots[] = {0, 1, 1, 2, 2, 0};
uint32_t count_slots(const Module& module, TypeId type);
inline uint32_t slots_of(const Module& module, TypeId type) {
  const Form form = form_of(module.types[type]);
  return form == Form::many ? count_slots(module, type) : kSlots[static_cast<uint32_t>(form)];
}

/// The width of an integer, or of what else stands in one word.
inline uint32_t word_bits(const Type& type) {
  return type.kind == TypeKind::integer ? type.count : 32;
}

/// Bytes of a vector's lane in slots; 0 where no lane is that wide.
uint32_t lane_bytes(const Type& element);

/// Slots before element `index` of a structure or array.
uint32_t slots_before(const Module& module, const Type& aggregate, uint32_t index);
/// Bytes before it in memory.
inline uint32_t memory_before(const Module& module, const Type& aggregate, uint32_t index) {
  return aggregate.kind == TypeKind::structure ? module.field_offsets[aggregate.first + index]
                                               : index * module.types[aggregate.first].size;
}
/// The type of that element.
inline TypeId element_type(const Module& module, const Type& aggregate, uint32_t index) {
  return aggregate.kind == TypeKind::structure ? module.type_lists[aggregate.first + index]
                                               : aggregate.first;
}

/// Whether values of the two stand in slots alike.
inline bool stand_alike(const Module& module, TypeId a, TypeId b) {
  return form_of(module.types[a]) == form_of(module.types[b]) &&
         slots_of(module, a) == slots_of(module, b);
}
/// The same of results, of which none may be wanted: then any will do that is not left in slots.
inline bool fits_result(const Module& module, TypeId is, TypeId wanted) {
  if (module.types[wanted].kind != TypeKind::void_type) return stand_alike(module, is, wanted);
  return form_of(module.types[is]) != Form::many;
}
/// Whether a call by the function's name, as if it were of the type `as`, finds its arguments and
/// its result where it is used to: of a declared function, which takes what it takes; of one with a
/// body, that has no other parameters than the first of those that are passed, as C without
/// prototypes allows. Other calls look at run time whether they fit, as those through pointers do.
bool fits_call(const Module& module, const Function& function, TypeId as);

/// A value of `bits` width has these bits.
constexpr uint32_t mask_of(uint32_t bits) { return bits >= 32 ? ~0U : (1U << bits) - 1; }
constexpr uint64_t mask64_of(uint32_t bits) { return bits >= 64 ? ~0ULL : (1ULL << bits) - 1; }

}  // namespace jit
