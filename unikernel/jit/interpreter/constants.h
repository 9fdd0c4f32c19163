// What constants are, once the module's globals have addresses.
#pragma once

#include "interpreter/layout.h"

namespace jit {

class Constants {
 public:
  /// `addresses`: of each global of the module. `body`: whose constants are asked for too, or
  /// nullptr.
  Constants(const Module& module, Span<const uint32_t> addresses, const Body* body)
      : module_(&module), addresses_(addresses), body_(body) {}

  /// A constant, or the address of a global, function or alias.
  [[nodiscard]] bool is_constant(ValueId id) const {
    const ValueKind kind = value(id).kind;
    return kind <= ValueKind::alias || jit::is_constant(kind);
  }

  /// Where a global variable is.
  [[nodiscard]] uint32_t address_of(const Value& global) const { return addresses_[global.index]; }
  /// A constant in the form `word`. false: not one, or not to be computed here.
  [[nodiscard]] bool word(ValueId id, uint32_t& value) const;
  /// As it stands in slots: slots_of() its type of them. undef and poison are 0.
  [[nodiscard]] bool slots(ValueId id, uint32_t* out) const;
  /// As it stands in memory: the size of its type.
  [[nodiscard]] bool memory(ValueId id, uint8_t* out) const;

 private:
  [[nodiscard]] const Value& value(ValueId id) const {
    return id < module_->values.size ? module_->values[id] : body_->values[id - body_->base];
  }
  [[nodiscard]] ValueId element(ValueId parent, uint32_t which) const;
  [[nodiscard]] bool number(ValueId id, uint64_t& out, uint32_t depth) const;
  [[nodiscard]] bool address(ValueId id, const Value& v, uint64_t& out, uint32_t depth) const;
  [[nodiscard]] bool slots(ValueId id, uint32_t* out, uint32_t depth) const;
  [[nodiscard]] bool memory(ValueId id, uint8_t* out, uint32_t depth) const;

  const Module* module_;
  Span<const uint32_t> addresses_;
  const Body* body_;
};

}  // namespace jit
