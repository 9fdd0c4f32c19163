// What the parts of the verifier share: the module, perhaps a body, and the first fault. Everything
// that checks gives false at a fault.
#pragma once

#include "ir/verify.h"

namespace jit {

class Checker {
 public:
  Checker(const Module& module, const Body& body, Arena& scratch)
      : module_(module), body_(body), scratch_(scratch) {}

  [[gnu::noinline]] bool fail(const char* what);
  [[gnu::noinline]] bool refuse(const char* what);
  bool fail(const char* what, Text name);
  bool refuse(const char* what, Text name);
  bool out_of_memory() { return fail("out of memory"); }
  Fault& fault() { return fault_; }

  /// Uninitialized; null when memory is out.
  template <class T>
  T* make(uint32_t count) {
    T* const made = scratch_.make<T>(count);
    if (made == nullptr) out_of_memory();
    return made;
  }
  uint32_t* make_filled(uint32_t count, uint32_t value);
  /// A step of the work is done (support/pace.h).
  void step() const { scratch_.step(); }

  // ---- types; ids must be in range
  [[nodiscard]] const Type& type(TypeId id) const { return module_.types[id]; }
  [[nodiscard]] bool in_range(TypeId id) const { return id < module_.types.size; }
  [[nodiscard]] bool is(TypeId id, TypeKind kind) const { return type(id).kind == kind; }
  [[nodiscard]] bool is_integer(TypeId id, uint32_t bits) const {
    return is(id, TypeKind::integer) && type(id).count == bits;
  }
  /// 0: no vector.
  [[nodiscard]] uint32_t lanes(TypeId id) const {
    return is(id, TypeKind::vector) ? type(id).count : 0;
  }
  /// Of a vector its element, of others the type itself.
  [[nodiscard]] TypeId element(TypeId id) const {
    return is(id, TypeKind::vector) ? type(id).first : id;
  }
  [[nodiscard]] bool has_integers(TypeId id) const { return is(element(id), TypeKind::integer); }
  [[nodiscard]] bool is_wide(TypeId id) const { return is(id, TypeKind::wide); }
  [[nodiscard]] bool has_pointers(TypeId id) const { return is(element(id), TypeKind::pointer); }
  [[nodiscard]] bool has_floating(TypeId id) const {
    return is_floating_kind(type(element(id)).kind);
  }
  static bool is_floating_kind(TypeKind kind) {
    return kind == TypeKind::float_type || kind == TypeKind::double_type ||
           kind == TypeKind::extended;
  }
  [[nodiscard]] bool is_sized(TypeId id) const { return type(id).align != 0; }
  /// A value of the type can be: of any size.
  [[nodiscard]] bool is_first_class(TypeId id) const {
    return type(id).kind >= TypeKind::integer && type(id).kind <= TypeKind::structure;
  }
  /// Instructions may compute a value of it: at most kMaxValueParts.
  [[nodiscard]] bool is_computed(TypeId id) const {
    return is_scalar(id) || is_computed_of_parts(id);
  }
  [[nodiscard]] bool is_scalar(TypeId id) const {
    return type(id).kind >= TypeKind::integer && type(id).kind <= TypeKind::pointer;
  }
  /// The type of field or element `index`; kNone where there is none.
  [[nodiscard]] TypeId part(TypeId aggregate, uint32_t index) const;
  bool check_cast(CastOp op, TypeId from, TypeId to);
  bool check_alignment(uint32_t align);

  // ---- values
  [[nodiscard]] bool has_value(ValueId id) const {
    return id < module_.values.size || id - module_.values.size < body_.values.size;
  }
  [[nodiscard]] const Value& value(ValueId id) const { return value_of(module_, body_, id); }
  /// A constant, or the address of something in the module; in range; fit to be an operand.
  bool check_constant_operand(ValueId id);
  /// The bits of an integer constant.
  [[nodiscard]] bool is_integer_constant(ValueId id, uint64_t& bits) const;
  /// That `list` of a function, or of a call, of `count` arguments says nothing impossible.
  bool check_attributes(uint32_t list, uint32_t count);

  /// The constants among `values`, which begin at ValueId `base`. Fills `parts`, one a value, with
  /// of how many each is made; nullptr: nobody asks. constants.cpp
  bool check_constants(Span<const Value> values, uint32_t base, Span<const ValueId> lists,
                       Span<const InlineAsm> inline_asms, uint32_t* parts);
  /// Indices of getelementptr, from the second on, through `source`. kNone: a fault.
  bool check_indices(TypeId source, Span<const ValueId> indices, uint32_t result_lanes);

 protected:
  [[nodiscard]] bool is_computed_of_parts(TypeId id) const;
  void stop(const char* what, Text name, bool unsupported);

  const Module& module_;
  const Body body_;
  Arena& scratch_;
  Fault fault_;
  uint32_t instruction_ = kNone;  // at which the checker is, for faults
};

/// One call of an intrinsic: that its function type is one of those that it has, and that constants
/// are where there must be. signatures.cpp
bool check_intrinsic(Checker& checker, const Function& function, const Module& module,
                     Span<const ValueId> arguments);

}  // namespace jit
