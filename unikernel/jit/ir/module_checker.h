// The verifier of a module without its bodies.
#pragma once

#include "ir/checking.h"

namespace jit {

class ModuleChecker : public Checker {
 public:
  using Checker::Checker;
  bool check();

 private:
  // verify_types.cpp
  bool check_types();
  bool check_type(TypeId id, uint8_t* depths);
  bool check_list(TypeId id, uint32_t first, uint32_t count);
  bool check_layout(const Type& type);
  // verify_module.cpp
  bool check_tables();
  bool check_value_sorts();
  bool check_owner(ValueId id, ValueKind kind, uint32_t index);
  bool check_globals(const uint32_t* parts);
  bool check_constructors(const Global& list);
  bool check_functions();
  bool check_aliases();
};

}  // namespace jit
