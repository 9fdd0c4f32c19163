// TYPE_BLOCK_NEW: one record a type, numbered as they come. A type is made of types before it, so
// that each can be laid out at once.
#include "bitcode/reading.h"
#include "ir/layout.h"

namespace jit::bitcode {

namespace {

class TypeReader {
 public:
  explicit TypeReader(Reading& reading)
      : reading_(reading), in_(reading.in), depths_(reading.scratch) {}

  bool read() {
    const BitReader::Outer outer = in_.enter();
    for (;;) {
      const Entry entry = in_.next();
      if (entry == Entry::end) break;
      if (entry == Entry::block) return in_.refuse("a block among the types");
      if (!read_record(static_cast<TypeCode>(in_.code()))) return false;
    }
    in_.leave(outer);
    if (!in_.failed() && reading_.types.size() != announced_) {
      return in_.fail("there are fewer types than announced");
    }
    return !in_.failed();
  }

 private:
  bool read_record(TypeCode code);
  bool read_count();
  bool add_simple(TypeKind kind, uint32_t count = 0, bool floating = false);
  bool add_sequence(TypeKind kind);
  bool add_structure(bool literal);
  bool add_function();
  bool add_type(Type type, uint32_t depth);
  /// An operand that names a type before this one.
  bool take_type(TypeId& id);
  bool add_list(TypeId id, uint32_t offset) {
    return add(in_, reading_.type_lists, id) && add(in_, reading_.field_offsets, offset);
  }
  bool remember_vector(TypeId id);
  bool remember_exchange(TypeId id);

  Reading& reading_;
  BitReader& in_;
  List<uint8_t> depths_;
  uint32_t announced_ = 0;
};

bool TypeReader::read_record(TypeCode code) {
  switch (code) {
    case TypeCode::count:
      return read_count();
    case TypeCode::void_type:
      return add_simple(TypeKind::void_type);
    case TypeCode::float_type:
      return add_simple(TypeKind::float_type);
    case TypeCode::double_type:
      return add_simple(TypeKind::double_type);
    case TypeCode::label:
      return add_simple(TypeKind::label);
    case TypeCode::metadata:
      return add_simple(TypeKind::metadata);
    case TypeCode::integer: {
      const uint32_t bits = in_.number();
      if (in_.failed()) return false;
      if (bits == 0) return in_.fail("an integer type of no bits");
      if (bits > 128) return add_simple(TypeKind::unsupported);
      return add_simple(bits > 64 ? TypeKind::wide : TypeKind::integer, bits);
    }
    case TypeCode::pointer:
      // Of other address spaces: read past, and refused where used.
      return add_simple(in_.number() == 0 ? TypeKind::pointer : TypeKind::unsupported);
    case TypeCode::array:
      return add_sequence(TypeKind::array);
    case TypeCode::vector:
      return add_sequence(TypeKind::vector);
    case TypeCode::structure:
      return add_structure(true);
    case TypeCode::structure_named:
      return add_structure(false);
    case TypeCode::structure_name:
      return true;  // names of types mean nothing
    case TypeCode::function:
      return add_function();
    case TypeCode::half:
    case TypeCode::bfloat:
      return add_simple(TypeKind::unsupported, 16, true);
    case TypeCode::x86_fp80:
      return add_simple(TypeKind::extended);
    case TypeCode::fp128:
      return add_simple(TypeKind::unsupported, 128, true);
    case TypeCode::opaque:
    case TypeCode::ppc_fp128:
    case TypeCode::x86_mmx:
    case TypeCode::x86_amx:
    case TypeCode::token:
    case TypeCode::target:
      return add_simple(TypeKind::unsupported);
    case TypeCode::pointer_old:
      return in_.refuse("typed pointers: the file is older than LLVM 15");
  }
  return in_.refuse("an unknown kind of type");
}

bool TypeReader::read_count() {
  announced_ = in_.number();
  if (announced_ > in_.left() / 2) return in_.fail("more types are announced than there are bits");
  return reading_.types.reserve(announced_) || in_.fail("out of memory");
}

bool TypeReader::take_type(TypeId& id) {
  id = in_.number();
  if (in_.failed()) return false;
  return id < reading_.types.size() || in_.refuse("a type is made of a later one");
}

bool TypeReader::add_type(Type type, uint32_t depth) {
  if (reading_.types.size() == announced_) return in_.fail("more types than announced");
  if (depth > kMaxTypeDepth) return in_.refuse("types nest too deep");
  return add(in_, reading_.types, type) && add(in_, depths_, static_cast<uint8_t>(depth));
}

bool TypeReader::add_simple(TypeKind kind, uint32_t count, bool floating) {
  if (in_.failed()) return false;
  const TypeId id = reading_.types.size();
  Type type;
  type.kind = kind;
  type.count = count;
  type.packed = floating;
  lay_out(reading_.types.view(), reading_.type_lists.view(), type, nullptr);
  if (kind == TypeKind::pointer && reading_.pointer == kNone) reading_.pointer = id;
  if (kind == TypeKind::void_type && reading_.nothing == kNone) reading_.nothing = id;
  if (kind == TypeKind::integer && count == 1 && reading_.boolean == kNone) reading_.boolean = id;
  return add_type(type, 0);
}

bool TypeReader::add_sequence(TypeKind kind) {
  const uint64_t count = in_.operand();
  TypeId element = 0;
  if (!take_type(element)) return false;
  Type type;
  type.kind = kind;
  type.first = element;
  const uint32_t bits = scalar_bits(reading_.types[element]);
  bool fits = count <= kMaxTypeBytes;
  if (kind == TypeKind::vector) {
    const bool scalable = in_.more() && in_.operand() != 0;
    fits = !scalable && bits != 0 && count != 0 && count <= kMaxVectorElements &&
           bits * count <= uint64_t{8} * kMaxVectorBytes;
  }
  if (fits) type.count = static_cast<uint32_t>(count);
  const bool placed =
      fits && lay_out(reading_.types.view(), reading_.type_lists.view(), type, nullptr);
  // Masks, <4 x i1>, are values without a place.
  if (!fits || (kind == TypeKind::array && !placed)) type = {};
  const TypeId id = reading_.types.size();
  if (!add_type(type, depths_[element] + 1U)) return false;
  return type.kind != TypeKind::vector || remember_vector(id);
}

bool TypeReader::add_structure(bool literal) {
  Type type;
  type.kind = TypeKind::structure;
  type.packed = in_.operand() != 0;
  type.first = reading_.type_lists.size();
  uint32_t depth = 0;
  while (in_.more()) {
    TypeId field = 0;
    if (!take_type(field) || !add_list(field, 0)) return false;
    if (depths_[field] >= depth) depth = depths_[field] + 1U;
    ++type.count;
  }
  if (in_.failed()) return false;
  if (!lay_out(reading_.types.view(), reading_.type_lists.view(), type,
               reading_.field_offsets.begin() + type.first)) {
    type = {};
  }
  const TypeId id = reading_.types.size();
  if (!add_type(type, depth)) return false;
  return !literal || type.kind != TypeKind::structure || remember_exchange(id);
}

bool TypeReader::add_function() {
  Type type;
  type.kind = TypeKind::function;
  type.variadic = in_.operand() != 0;
  type.first = reading_.type_lists.size();
  TypeId id = 0;
  if (!take_type(id) || !add_list(id, 0)) return false;
  while (in_.more()) {
    if (!take_type(id) || !add_list(id, 0)) return false;
    ++type.count;
  }
  return !in_.failed() && add_type(type, 0);
}

/// Instructions look for a vector by element and count: one of each is enough, and few.
bool TypeReader::remember_vector(TypeId id) {
  const Type& type = reading_.types[id];
  const Type& element = reading_.types[type.first];
  for (const TypeId other : reading_.vectors) {
    const Type& known = reading_.types[other];
    const Type& known_element = reading_.types[known.first];
    if (known.count == type.count && known_element.kind == element.kind &&
        known_element.count == element.count) {
      return true;
    }
  }
  return add(in_, reading_.vectors, id);
}

/// The same for {iN or ptr, i1}.
bool TypeReader::remember_exchange(TypeId id) {
  const Type& type = reading_.types[id];
  if (type.count != 2 || type.packed) return true;
  const TypeId* const fields = reading_.type_lists.begin() + type.first;
  const Type& value = reading_.types[fields[0]];
  if (fields[1] != reading_.boolean) return true;
  if (value.kind != TypeKind::integer && value.kind != TypeKind::pointer) return true;
  for (const TypeId other : reading_.exchanges) {
    const Type& known = reading_.types[reading_.type_lists[reading_.types[other].first]];
    if (known.kind == value.kind && known.count == value.count) return true;
  }
  return add(in_, reading_.exchanges, id);
}

}  // namespace

bool read_types(Reading& reading) {
  if (reading.types.size() != 0) return reading.in.fail("a second table of types");
  return TypeReader(reading).read();
}

}  // namespace jit::bitcode
