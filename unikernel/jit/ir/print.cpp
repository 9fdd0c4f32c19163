#include "ir/print.h"

#include "ir/layout.h"
#include "ir/names.h"
#include "ir/printer.h"

namespace jit {

namespace {

constexpr char kHex[] = "0123456789abcdef";

template <class T>
Span<const T> view(Span<T> list) {
  return {list.data, list.size};
}

}  // namespace

Printer& Printer::put(uint64_t number) {
  Line line;
  line.add(number);
  return put(line.text());
}

Printer& Printer::put_hex(uint64_t number) {
  char digits[18] = {'0', 'x'};
  uint32_t size = 2;
  uint32_t shift = 60;
  while (shift != 0 && number >> shift == 0) shift -= 4;
  for (;; shift -= 4) {
    digits[size++] = kHex[number >> shift & 15];
    if (shift == 0) break;
  }
  return put(Text(digits, size));
}

/// Printable ASCII as it is, other bytes as \xx.
Printer& Printer::put_quoted(const uint8_t* bytes, uint32_t count) {
  char piece[64];
  uint32_t size = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint8_t byte = bytes[i];
    if (byte >= ' ' && byte <= '~' && byte != '"' && byte != '\\') {
      piece[size++] = static_cast<char>(byte);
    } else {
      piece[size++] = '\\';
      piece[size++] = kHex[byte >> 4];
      piece[size++] = kHex[byte & 15];
    }
    if (size > sizeof(piece) - 3) {
      put(Text(piece, size));
      size = 0;
    }
  }
  return put(Text(piece, size));
}

Printer& Printer::put_name(Text name) {
  put("@");
  return put_quoted(reinterpret_cast<const uint8_t*>(name.data), name.size);
}

Printer& Printer::put_type(TypeId id) {
  if (id >= module_.types.size) return put("?");
  const Type& type = module_.types[id];
  switch (type.kind) {
    case TypeKind::void_type:
      return put("void");
    case TypeKind::integer:
    case TypeKind::wide:
      return put("i").put(type.count);
    case TypeKind::float_type:
      return put("float");
    case TypeKind::double_type:
      return put("double");
    case TypeKind::extended:
      return put("x86_fp80");
    case TypeKind::pointer:
      return put("ptr");
    case TypeKind::label:
      return put("label");
    case TypeKind::metadata:
      return put("metadata");
    case TypeKind::unsupported:
      return put("unsupported");
    case TypeKind::vector:
      if (type.first < id) return put("<").put(type.count).put(" x ").put_type(type.first).put(">");
      break;
    default:
      break;
  }
  return put("%t").put(id);
}

void Printer::print_type(const Type& type) {
  switch (type.kind) {
    case TypeKind::array:
      put("[").put(type.count).put(" x ").put_type(type.first).put("]");
      break;
    case TypeKind::structure:
    case TypeKind::function: {
      const bool function = type.kind == TypeKind::function;
      put(function ? Text("function (") : type.packed ? Text("<{") : Text("{"));
      const Span<const TypeId> list =
          part_of(view(module_.type_lists), type.first + (function ? 1 : 0), type.count);
      for (uint32_t i = 0; i < list.size; ++i)
        put(i == 0 ? Text("") : Text(", ")).put_type(list[i]);
      if (type.variadic) put(list.size != 0 ? Text(", ...") : Text("..."));
      put(function ? Text(")") : type.packed ? Text("}>") : Text("}"));
      if (function && type.first < module_.type_lists.size) {
        put(" -> ").put_type(module_.type_lists[type.first]);
      }
      break;
    }
    default:
      put_type(static_cast<TypeId>(&type - module_.types.data));
  }
}

void Printer::print_types() {
  for (TypeId id = 0; id < module_.types.size; ++id) {
    const Type& type = module_.types[id];
    put("%t").put(id).put(" = type ");
    print_type(type);
    if (type.align != 0) put("  ; ").put(type.size).put(" bytes, align ").put(type.align);
    put("\n");
  }
}

// ---- values

Printer& Printer::put_value(ValueId id) {
  if (id == kNone) return put("none");
  if (!has_value(id)) return put("?");
  const Value& value = value_of(module_, body_, id);
  switch (value.kind) {
    case ValueKind::global:
      if (value.index < module_.globals.size) return put_name(module_.globals[value.index].name);
      break;
    case ValueKind::function:
      if (value.index < module_.functions.size) {
        return put_name(module_.functions[value.index].name);
      }
      break;
    case ValueKind::alias:
      if (value.index < module_.aliases.size) return put_name(module_.aliases[value.index].name);
      break;
    case ValueKind::undefined:
      return put("undef");
    case ValueKind::poison:
      return put("poison");
    case ValueKind::zero:
      if (value.type < module_.types.size && scalar_bits(module_.types[value.type]) != 0) {
        return put(module_.types[value.type].kind == TypeKind::pointer ? Text("null") : Text("0"));
      }
      return put("zeroinitializer");
    case ValueKind::integer:
      return put(value.bits);
    case ValueKind::floating:
      if (value.count != 0) put_hex(value.count).put(":");
      return put_hex(value.bits);
    default:
      break;
  }
  return put("%").put(id);
}

Printer& Printer::put_typed(ValueId id) {
  if (has_value(id)) put_type(value_of(module_, body_, id).type).put(" ");
  return put_value(id);
}

Printer& Printer::put_data(const Value& value) {
  const TypeId element = value.type < module_.types.size ? module_.types[value.type].first : kNone;
  uint32_t size = element < module_.types.size ? scalar_bits(module_.types[element]) / 8 : 0;
  const bool stored =
      element != kNone && (module_.types[value.type].kind == TypeKind::unsupported ||
                           module_.types[value.type].kind == TypeKind::wide);
  if (stored) size = 1;
  if (size == 1 && !stored) {
    put("c\"").put_quoted(value.bytes, value.count);
    return put("\"");
  }
  put("data [");
  for (uint32_t i = 0; i < value.count && size != 0; ++i) {
    uint64_t bits = 0;
    __builtin_memcpy(&bits, value.bytes + size_t{i} * size, size);
    put(i == 0 ? Text("") : Text(", ")).put_hex(bits);
  }
  return put("]");
}

void Printer::print_constant(const Value& value, Span<const ValueId> lists,
                             Span<const InlineAsm> inline_asms) {
  const auto put_list = [&] {
    const Span<const ValueId> list = part_of(lists, value.first, value.count);
    for (uint32_t i = 0; i < list.size; ++i) put(i == 0 ? Text("") : Text(", ")).put_typed(list[i]);
  };
  switch (value.kind) {
    case ValueKind::aggregate:
      put("aggregate [");
      put_list();
      put("]");
      break;
    case ValueKind::data:
      put_data(value);
      break;
    case ValueKind::cast:
      put(name_of(static_cast<CastOp>(value.code))).put(" ").put_typed(value.first);
      break;
    case ValueKind::address:
      put(value.code != 0 ? Text("getelementptr inbounds ") : Text("getelementptr "));
      put_type(value.source).put(", ");
      put_list();
      break;
    case ValueKind::binary:
      put(name_of(static_cast<BinaryOp>(value.code))).put(" ");
      put_list();
      break;
    case ValueKind::block_address:
      put("blockaddress b").put(value.bits - kLabelBase);
      break;
    case ValueKind::inline_asm:
      put("asm \"");
      if (value.index < inline_asms.size) {
        const InlineAsm& assembly = inline_asms[value.index];
        put_quoted(reinterpret_cast<const uint8_t*>(assembly.code.data), assembly.code.size);
        put("\", \"");
        put_quoted(reinterpret_cast<const uint8_t*>(assembly.constraints.data),
                   assembly.constraints.size);
      }
      put("\"");
      break;
    default:
      put_value(kNone);
  }
}

/// Those that operands do not show in full.
void Printer::print_constants(Span<const Value> values, uint32_t base, Span<const ValueId> lists,
                              Span<const InlineAsm> inline_asms) {
  for (uint32_t i = 0; i < values.size; ++i) {
    const ValueKind kind = values[i].kind;
    if (kind < ValueKind::aggregate || kind > ValueKind::inline_asm) continue;
    put("%").put(base + i).put(" = constant ").put_type(values[i].type).put(" ");
    print_constant(values[i], lists, inline_asms);
    put("\n");
  }
}

// ---- the module

void Printer::print_globals() {
  for (const Global& global : module_.globals) {
    put_name(global.name).put(" = ").put(name_of(global.linkage));
    put(global.constant ? Text(" constant ") : Text(" global ")).put_type(global.type);
    if (global.initializer != kNone) put(" ").put_value(global.initializer);
    if (global.align != 0) put(", align ").put(global.align);
    put("\n");
  }
  for (const Alias& alias : module_.aliases) {
    put_name(alias.name).put(" = alias ").put_type(alias.type).put(", ").put_value(alias.target);
    put("\n");
  }
}

void Printer::print_by_values(uint32_t list) {
  if (list >= module_.attribute_lists.size) return;
  const AttributeList& entries = module_.attribute_lists[list];
  for (const ByValue& copied : part_of(view(module_.by_values), entries.first, entries.count)) {
    put(" byval(").put(copied.parameter).put(": ").put_type(copied.type);
    put(", align ").put(copied.align).put(")");
  }
}

void Printer::print_function(const Function& function) {
  put(function.body_bit != 0 ? Text("define ") : Text("declare "));
  put(name_of(function.linkage)).put(" ").put_name(function.name).put(" ");
  if (function.type < module_.types.size) print_type(module_.types[function.type]);
  print_by_values(function.attributes);
}

void Printer::print_functions() {
  for (const Function& function : module_.functions) {
    print_function(function);
    put("\n");
  }
}

void print_module(const Module& module, Sink sink) {
  const Body none;
  Printer printer(module, none, sink);
  printer.print_types();
  printer.print_globals();
  printer.print_constants(view(module.values), 0, view(module.value_lists),
                          view(module.inline_asms));
  printer.print_functions();
}

void print_begin(const Module& module, const Body& body, Sink sink) {
  Printer printer(module, body, sink);
  printer.print_header();
  printer.print_constants(view(body.values), body.base, view(body.value_lists),
                          view(body.inline_asms));
}

void print_instruction(const Module& module, const Body& body, const Instruction& instruction,
                       Sink sink) {
  Printer(module, body, sink).print_instruction(instruction);
}

void print_body(const Module& module, const Body& body, Sink sink) {
  print_begin(module, body, sink);
  Printer(module, body, sink).print_blocks();
}

}  // namespace jit
