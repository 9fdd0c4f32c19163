// What the parts of the printer share.
#pragma once

#include "ir/print.h"

namespace jit {

class Printer {
 public:
  Printer(const Module& module, const Body& body, Sink sink)
      : module_(module), body_(body), sink_(sink) {}

  void print_types();
  void print_globals();
  void print_functions();
  void print_header();  // of the body's function
  void print_constants(Span<const Value> values, uint32_t base, Span<const ValueId> lists,
                       Span<const InlineAsm> inline_asms);
  void print_blocks();
  void print_instruction(const Instruction& at);

 private:
  Printer& put(Text text) {
    sink_.write(sink_.context, text);
    return *this;
  }
  Printer& put(uint64_t number);
  Printer& put_hex(uint64_t number);
  Printer& put_quoted(const uint8_t* bytes, uint32_t count);
  Printer& put_name(Text name);
  Printer& put_type(TypeId id);
  Printer& put_value(ValueId id);
  Printer& put_typed(ValueId id);
  Printer& put_data(const Value& value);
  void print_type(const Type& type);
  void print_constant(const Value& value, Span<const ValueId> lists,
                      Span<const InlineAsm> inline_asms);
  void print_function(const Function& function);
  void print_by_values(uint32_t list);
  void print_operation(const Instruction& at);
  void print_flags(const Instruction& at);
  void print_operands(const Instruction& at, Span<const uint32_t> operands);

  [[nodiscard]] bool has_value(ValueId id) const {
    return id < module_.values.size || (id >= body_.base && id - body_.base < body_.values.size);
  }

  const Module& module_;
  const Body& body_;
  Sink sink_;
};

/// The part of a list that is there.
template <class T>
Span<const T> part_of(Span<const T> list, uint32_t first, uint32_t count) {
  if (first > list.size) return {};
  return {list.data + first, count < list.size - first ? count : list.size - first};
}

}  // namespace jit
