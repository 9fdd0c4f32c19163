#include "bitcode/fuzz/input.h"
#include "bitcode/fuzz/targets.h"

namespace jit::fuzz {

namespace {

/// Eight bytes: which table, which byte of it (3), how, with what.
struct Change {
  std::uint8_t table, place_bytes[3], how, value[3];

  [[nodiscard]] std::uint32_t place() const {
    return number(place_bytes[0], place_bytes[1]) | std::uint32_t{place_bytes[2]} << 16;
  }
  [[nodiscard]] std::uint32_t wide() const { return number(value[0], value[1]); }

 private:
  static std::uint32_t number(std::uint8_t low, std::uint8_t high) {
    return low | std::uint32_t{high} << 8;
  }
};

template <class T>
void change(Span<T> table, const Change& with) {
  if (table.size == 0) return;
  const std::uint32_t place = with.place();
  T& item = table[place / 64 % table.size];
  if constexpr (sizeof(T) <= 8) {
    // Ids: to a neighbour or to another of the table.
    std::uint32_t id = 0;
    __builtin_memcpy(&id, &item, 4);
    const std::uint32_t value = with.wide();
    if (with.how % 3 == 0) id += with.value[0] - 128U;
    if (with.how % 3 == 1) id = value;
    if (with.how % 3 == 2) id ^= 1U << value % 32;
    __builtin_memcpy(&item, &id, 4);
  } else {
    // Pointers stay: those of data and names are the reader's word.
    auto* const bytes = reinterpret_cast<std::uint8_t*>(&item);
    std::uint8_t& byte = bytes[place % 64 % sizeof(T)];
    if (with.how % 3 == 0) byte = static_cast<std::uint8_t>(byte + with.value[0]);
    if (with.how % 3 == 1) byte = with.value[0];
    if (with.how % 3 == 2) byte ^= static_cast<std::uint8_t>(1U << with.value[0] % 8);
  }
}

void change_value(Span<Value> values, const Change& with) {
  if (values.size == 0) return;
  const std::uint32_t place = with.place();
  Value& value = values[place / 64 % values.size];
  const std::uint32_t number = with.wide();
  switch (with.how % 6) {
    case 0:
      if (value.kind != ValueKind::data) value.kind = static_cast<ValueKind>(number % 18);
      if (value.kind == ValueKind::data) value.kind = ValueKind::zero;
      break;
    case 1:
      value.type = number;
      break;
    case 2:
      value.first = number;
      break;
    case 3:
      value.count = number;
      break;
    case 4:
      value.code = with.value[0];
      break;
    default:
      if (value.kind != ValueKind::data) value.bits = number;
  }
}

void change_type(Span<Type> types, const Change& with) {
  if (types.size == 0) return;
  const std::uint32_t place = with.place();
  Type& type = types[place / 64 % types.size];
  switch (with.how % 6) {
    case 0:
      type.kind = static_cast<TypeKind>(with.value[0] % 15);  // and one that is none
      break;
    case 1:
      type.count = with.value[0];
      break;
    case 2:
      type.first = with.value[0];
      break;
    case 3:
      type.size = with.value[0] * 4U;
      break;
    case 4:
      type.align = with.value[0];
      break;
    default:
      type.packed = (with.value[0] & 1) != 0;
  }
}

/// One item as a whole onto another: keeps most of what must fit.
template <class T>
void copy_item(Span<T> table, const Change& with) {
  if (table.size == 0) return;
  table[with.wide() % table.size] = table[with.place() % table.size];
}

/// Where types change, nobody knows how many bytes of data there are.
void forget_data(Span<Value> values) {
  for (Value& value : values) {
    if (value.kind == ValueKind::data) value.kind = ValueKind::zero;
  }
}

void apply(Module& module, Body& body, const Change& with) {
  switch (with.table % 20) {
    case 0:
      change_type(module.types, with);
      break;
    case 1:
      change(module.type_lists, with);
      break;
    case 2:
      change(module.field_offsets, with);
      break;
    case 3:
      change_value(module.values, with);
      break;
    case 4:
      change(module.value_lists, with);
      break;
    case 5: {
      if (module.globals.size == 0) break;
      Global& global = module.globals[with.place() % module.globals.size];
      global.type = with.how % 2 == 0 ? with.value[0] : global.type;
      global.initializer = with.how % 2 == 1 ? with.value[0] : global.initializer;
      break;
    }
    case 6: {
      Function& function = module.functions[with.place() % module.functions.size];
      if (with.how % 3 == 0) function.type = with.value[0];
      if (with.how % 3 == 1) function.attributes = with.value[0];
      if (with.how % 3 == 2) function.intrinsic = static_cast<Intrinsic>(with.value[0]);
      break;
    }
    case 7:
      if (module.aliases.size != 0) {
        module.aliases[with.place() % module.aliases.size].target = with.value[0];
      }
      break;
    case 8:
      change(module.attribute_lists, with);
      break;
    case 9:
      change(module.by_values, with);
      break;
    case 10:
    case 11:
    case 12:
      change(body.instructions, with);
      break;
    case 13:
    case 14:
      change(body.operands, with);
      break;
    case 15:
      change(body.blocks, with);
      break;
    case 16:
      change_value(body.values, with);
      break;
    case 17:
      change(body.value_lists, with);
      break;
    case 18:
      copy_item(body.instructions, with);
      break;
    default:
      copy_item(body.operands, with);
  }
}

}  // namespace

int ir_target(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxChanges = 8;
  if (size == 0) return 0;
  const std::size_t changes = data[0] % (kMaxChanges + 1);
  const std::size_t head = 2 + changes * sizeof(Change);
  if (size < head) return 0;
  Input input(data + head, size - head);
  bitcode::BitcodeFile file;
  if (bitcode::open_module(input.span, input.arena, file)) return 0;
  if (file.module.functions.size == 0) return 0;
  const FunctionId id = data[1] % file.module.functions.size;
  Body body;
  if (file.module.functions[id].body_bit != 0) {
    if (bitcode::read_body(file, id, input.arena, body)) return 0;
  }
  for (std::size_t i = 0; i < changes; ++i) {
    Change with;
    __builtin_memcpy(&with, data + 2 + i * sizeof(Change), sizeof(Change));
    apply(file.module, body, with);
    if (with.table % 20 > 1 && with.table % 20 != 3 && with.table % 20 != 16) continue;
    forget_data(file.module.values);
    forget_data(body.values);
  }
  look_at_module(file.module);
  look_at_body(file.module, body);
  if (verify_module(file.module, input.arena)) return 0;
  g_result += walk(file.module, nullptr);
  if (body.blocks.size == 0) return 0;
  if (!verify_body(file.module, body, input.arena)) g_result += walk(file.module, &body);
  return 0;
}

}  // namespace jit::fuzz
