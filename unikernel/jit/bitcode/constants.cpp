// CONSTANTS_BLOCK: of the module, or of a body. One record a value, but for SETTYPE, which says of
// what type those are that follow. Operands are absolute ids and may lie ahead.
#include "bitcode/reading.h"
#include "ir/layout.h"
#include "support/bytes.h"

namespace jit::bitcode {

namespace {

class ConstantReader {
 public:
  ConstantReader(BitReader& in, Span<const Type> types, ConstantLists& out)
      : in_(in), types_(types), out_(out) {}

  bool read_record(ConstantCode code) {
    if (code == ConstantCode::set_type) return set_type();
    if (type_id_ == kNone) return in_.fail("a constant without a type");
    Value value;
    value.kind = ValueKind::poison;
    value.type = type_id_;
    return read_value(code, value) && !in_.failed() && add(in_, out_.values, value);
  }

 private:
  bool set_type() {
    type_id_ = in_.number();
    if (type_id_ >= types_.size) return in_.fail("a type that is not there");
    return true;
  }
  [[nodiscard]] const Type& type() const { return types_[type_id_]; }
  bool read_value(ConstantCode code, Value& value);
  void read_integer(Value& value);
  bool read_stored(ConstantCode code, Value& value);
  bool read_elements(Value& value);
  bool read_data(ConstantCode code, Value& value);
  bool read_address(ConstantCode code, Value& value);
  bool read_assembly(Value& value);
  bool read_block_address(Value& value);
  bool add_id(Value& value) {
    ++value.count;
    return add(in_, out_.value_lists, in_.number());
  }

  BitReader& in_;
  Span<const Type> types_;
  ConstantLists& out_;
  TypeId type_id_ = kNone;
};

const char* name_of_refused(ConstantCode code) {
  switch (code) {
    case ConstantCode::wide_integer:
      return "an integer of more than 64 bits";
    case ConstantCode::select:
      return "select";
    case ConstantCode::extract_element:
      return "extractelement";
    case ConstantCode::insert_element:
      return "insertelement";
    case ConstantCode::shuffle:
      return "shufflevector";
    case ConstantCode::compare:
      return "icmp or fcmp";
    case ConstantCode::dso_local_equivalent:
      return "dso_local_equivalent";
    case ConstantCode::no_cfi:
      return "no_cfi";
    case ConstantCode::ptrauth:
      return "ptrauth";
    case ConstantCode::address_old:
    case ConstantCode::address_inbounds_old:
    case ConstantCode::address_range_old:
      return "getelementptr of before LLVM 19";
    default:
      return nullptr;
  }
}

bool ConstantReader::read_value(ConstantCode code, Value& value) {
  if (type().kind == TypeKind::unsupported || type().kind == TypeKind::wide) {
    return read_stored(code, value);
  }
  switch (code) {
    case ConstantCode::null:
      value.kind = ValueKind::zero;
      return true;
    case ConstantCode::undefined:
      value.kind = ValueKind::undefined;
      return true;
    case ConstantCode::poison:
      return true;
    case ConstantCode::integer:
      read_integer(value);
      return true;
    case ConstantCode::floating:
      value.kind = ValueKind::floating;
      value.bits = in_.operand();
      if (type().kind == TypeKind::extended) {  // its upper 64 bits came first
        const uint64_t upper = value.bits;
        value.bits = upper << 16 | (in_.operand() & 0xFFFF);
        value.count = static_cast<uint32_t>(upper >> 48);
      }
      return true;
    case ConstantCode::aggregate:
      value.kind = ValueKind::aggregate;
      return read_elements(value);
    case ConstantCode::string:
    case ConstantCode::c_string:
    case ConstantCode::data:
      return read_data(code, value);
    case ConstantCode::binary: {
      const uint32_t op = in_.number();
      if (op > static_cast<uint32_t>(BinaryOp::xor_)) {
        return in_.refuse("an unknown operation in a constant");
      }
      value.kind = ValueKind::binary;
      value.code = static_cast<uint8_t>(op);
      value.first = out_.value_lists.size();
      return add_id(value) && add_id(value);
    }
    case ConstantCode::cast: {
      const uint32_t op = in_.number();
      if (op > static_cast<uint32_t>(CastOp::bitcast)) {
        return in_.refuse("an unknown cast in a constant");
      }
      value.kind = ValueKind::cast;
      value.code = static_cast<uint8_t>(op);
      in_.operand();  // the operand's type, which it has itself
      value.first = in_.number();
      return true;
    }
    case ConstantCode::address:
    case ConstantCode::address_range:
      return read_address(code, value);
    case ConstantCode::inline_asm:
      return read_assembly(value);
    case ConstantCode::block_address:
      return read_block_address(value);
    default:
      break;
  }
  const char* const name = name_of_refused(code);
  if (name != nullptr) return in_.refuse("the constant", text_of(name));
  return in_.refuse("an unknown kind of constant");
}

/// Written with the sign in the lowest bit; 1 alone is the least of 64 bits.
uint64_t integer_of(uint64_t written) {
  const uint64_t bits = written >> 1;
  if ((written & 1) == 0) return bits;
  return bits != 0 ? ~bits + 1 : uint64_t{1} << 63;
}

void ConstantReader::read_integer(Value& value) {
  const uint64_t bits = integer_of(in_.operand());
  const uint32_t width = type().kind == TypeKind::integer ? type().count : 64;
  value.kind = ValueKind::integer;
  value.bits = width == 64 ? bits : bits & ((uint64_t{1} << width) - 1);
}

/// A number that is stored only, or an integer of more than 64 bits, as bytes. What has no place in
/// memory, nothing uses.
bool ConstantReader::read_stored(ConstantCode code, Value& value) {
  if (type().align == 0) return true;
  const bool whole = code == ConstantCode::wide_integer || code == ConstantCode::integer;
  switch (code) {
    case ConstantCode::undefined:
    case ConstantCode::poison:
      value.kind = ValueKind::undefined;
      return true;
    case ConstantCode::null:
      value.kind = ValueKind::zero;
      return true;
    case ConstantCode::floating:
    case ConstantCode::integer:
    case ConstantCode::wide_integer:
      break;
    default:
      return in_.refuse("an expression of a type that is not supported");
  }
  uint64_t words[2] = {};
  for (uint32_t i = 0; i < 2; ++i) {
    // Each word of an integer has its sign in its lowest bit. Upper words that are 0 are not there
    // (emitWideAPInt of LLVM's BitcodeWriter): a number below 0 has all of them.
    if (in_.more()) words[i] = whole ? integer_of(in_.operand()) : in_.operand();
  }
  // Nothing stands above its width.
  const uint32_t above = type().count > 64 ? type().count - 64 : 0;
  if (above < 64) words[1] &= (uint64_t{1} << above) - 1;
  value.count = (type().count + 7) / 8;
  auto* const bytes = out_.kept->make<uint8_t>(16);
  if (bytes == nullptr) return in_.fail("out of memory");
  write_little(bytes, words[0], 8);
  write_little(bytes + 8, words[1], 8);
  value.kind = ValueKind::data;
  value.bytes = bytes;
  return true;
}

bool ConstantReader::read_elements(Value& value) {
  value.first = out_.value_lists.size();
  while (in_.more()) {
    if (!add_id(value)) return false;
  }
  return true;
}

/// Elements of an array or vector of integers or floating-point numbers, as memory has them.
bool ConstantReader::read_data(ConstantCode code, Value& value) {
  const bool sequence = type().kind == TypeKind::array || type().kind == TypeKind::vector;
  uint32_t bits = sequence ? scalar_bits(types_[type().first]) : 0;
  if (sequence && types_[type().first].kind == TypeKind::unsupported) {
    bits = types_[type().first].count == 16 ? 16 : 0;  // halves are stored only
  }
  const bool text = code != ConstantCode::data;
  if (bits < 8 || (bits & (bits - 1)) != 0 || (text && bits != 8)) {
    return in_.fail("data of a type that has none");
  }
  const uint32_t count = type().count;
  const uint32_t zeros = code == ConstantCode::c_string ? 1 : 0;
  if (count < zeros || count - zeros > in_.left() + in_.count()) {
    return in_.fail("data is longer than its block");
  }
  const uint32_t size = bits / 8;
  if (count > ~0U / size) return in_.fail("data is too long");
  uint8_t* const bytes = out_.kept->make<uint8_t>(count * size);
  if (bytes == nullptr) return in_.fail("out of memory");
  if (size == 1) {
    in_.take_bytes(bytes, count - zeros);
  } else {
    uint8_t* to = bytes;
    for (uint32_t i = 0; i < count; ++i) {
      uint64_t element = in_.operand();
      for (uint32_t j = 0; j < size; ++j, element >>= 8) *to++ = static_cast<uint8_t>(element);
    }
  }
  if (zeros != 0) bytes[count - 1] = 0;
  if (in_.more()) return in_.fail("data has more elements than its type");
  value.kind = ValueKind::data;
  value.bytes = bytes;
  value.count = count;
  return true;
}

/// [source type, flags, range?, (type, id)...]. In what range the address is used is a promise.
bool ConstantReader::read_address(ConstantCode code, Value& value) {
  value.kind = ValueKind::address;
  value.source = in_.number();
  value.code = (in_.operand() & 1) != 0 ? 1 : 0;
  if (code == ConstantCode::address_range) {
    if (in_.number() > 64) return in_.refuse("a range of more than 64 bits in a constant");
    in_.operand();
    in_.operand();
  }
  value.first = out_.value_lists.size();
  while (in_.more()) {
    in_.operand();  // the type, which the operand has itself
    if (!add_id(value)) return false;
  }
  return true;
}

/// [function type, function, block]. Of which function it is, only its own branches would ask.
bool ConstantReader::read_block_address(Value& value) {
  in_.operand();
  in_.operand();
  const uint32_t block = in_.number();
  if (block > kMaxLabel) return in_.refuse("a label behind four million blocks");
  value.kind = ValueKind::block_address;
  value.bits = kLabelBase + block;
  return true;
}

/// [function type, flags, size, code..., size, constraints...]
bool ConstantReader::read_assembly(Value& value) {
  InlineAsm assembly;
  assembly.type = in_.number();
  in_.operand();
  if (!read_text(in_, in_.number(), *out_.kept, assembly.code) ||
      !read_text(in_, in_.number(), *out_.kept, assembly.constraints)) {
    return false;
  }
  value.kind = ValueKind::inline_asm;
  value.index = out_.inline_asms.size();
  return add(in_, out_.inline_asms, assembly);
}

}  // namespace

bool read_constants(BitReader& in, Span<const Type> types, ConstantLists& out) {
  ConstantReader reader(in, types, out);
  const BitReader::Outer outer = in.enter();
  for (;;) {
    const Entry entry = in.next();
    if (entry == Entry::end) break;
    if (entry == Entry::block) return in.refuse("a block among the constants");
    if (!reader.read_record(static_cast<ConstantCode>(in.code()))) return false;
  }
  in.leave(outer);
  return !in.failed();
}

}  // namespace jit::bitcode
