// PARAMATTR_GROUP and PARAMATTR. Of all attributes, `byval` alone changes what a call does here;
// what else changes it is refused, and so is what nobody knew when this was written.
#include "bitcode/reading.h"

namespace jit::bitcode {

namespace {

// AttributeKindCodes
constexpr uint32_t kAlign = 1;
constexpr uint32_t kByValue = 3;
constexpr uint32_t kLastKnown = 95;  // of LLVM 19

// How an attribute is written.
enum class Form : uint32_t {
  plain = 0,
  number = 1,
  text = 3,
  text_value = 4,
  no_type = 5,
  type = 6,
  range = 7,
  ranges = 8,
};

const char* name_of_refused(uint32_t attribute) {
  switch (attribute) {
    case 8:
      return "nest";
    case 38:
      return "inalloca";
    case 46:
      return "swiftself";
    case 47:
      return "swifterror";
    case 65:
      return "preallocated";
    case 75:
      return "swiftasync";
    case 83:
      return "presplitcoroutine";
    default:
      return nullptr;
  }
}

void skip_text(BitReader& in) {
  while (in.more() && in.operand() != 0) {
  }
}

/// Pairs of numbers of `bits`. Above 64 bits it is said before each pair how many operands the two
/// take, the second in the upper half.
bool skip_ranges(BitReader& in, uint64_t count, uint32_t bits) {
  for (uint64_t i = 0; i < count && !in.failed(); ++i) {
    const uint64_t words = bits > 64 ? in.operand() : 1 | uint64_t{1} << 32;
    for (uint64_t left = (words & 0xFFFF'FFFF) + (words >> 32); left > 0 && !in.failed(); --left) {
      in.operand();
    }
  }
  return !in.failed();
}

bool read_attribute(BitReader& in, Reading::Group& group) {
  const Form form = static_cast<Form>(in.number());
  if (form == Form::text || form == Form::text_value) {
    skip_text(in);
    if (form == Form::text_value) skip_text(in);
    return !in.failed();
  }
  const uint32_t attribute = in.number();
  if (in.failed()) return false;
  if (attribute == 0 || attribute > kLastKnown) return in.refuse("an unknown attribute");
  const char* const refused = name_of_refused(attribute);
  if (refused != nullptr) return in.refuse("the attribute", text_of(refused));

  switch (form) {
    case Form::plain:
      return true;
    case Form::number: {
      const uint64_t value = in.operand();
      if (attribute == kAlign) group.align = value <= ~0U ? static_cast<uint32_t>(value) : ~0U;
      return !in.failed();
    }
    case Form::no_type:
      return attribute != kByValue || in.refuse("byval without a type");
    case Form::type:
      if (attribute == kByValue) {
        group.by_value = in.number();
      } else {
        in.operand();
      }
      return !in.failed();
    case Form::range:
      return skip_ranges(in, 1, in.number());
    case Form::ranges: {
      const uint64_t count = in.operand();
      return skip_ranges(in, count, in.number());
    }
    default:
      return in.refuse("an attribute written in an unknown way");
  }
}

/// [group id, which parameter, attributes...]
bool read_group(Reading& reading) {
  BitReader& in = reading.in;
  if (static_cast<AttributeCode>(in.code()) != AttributeCode::group_entry) {
    return in.refuse("an unknown record in a group of attributes");
  }
  const uint32_t id = in.number();
  if (!in.failed() && id != reading.groups.size() + 1) {
    return in.refuse("groups of attributes are not in order");
  }
  Reading::Group group;
  const uint32_t index = in.number();  // 0: the result, ~0: the function, else a parameter
  if (index != 0 && index != ~0U) group.parameter = index - 1;
  while (in.more()) {
    if (!read_attribute(in, group)) return false;
  }
  return !in.failed() && add(in, reading.groups, group);
}

/// [group id...]
bool read_list(Reading& reading) {
  BitReader& in = reading.in;
  if (static_cast<AttributeCode>(in.code()) != AttributeCode::entry) {
    return in.refuse("an unknown record among the attributes");
  }
  AttributeList list = {reading.by_values.size(), 0};
  while (in.more()) {
    const uint32_t id = in.number();
    if (id - 1 >= reading.groups.size()) return in.fail("a group of attributes that is not there");
    const Reading::Group& group = reading.groups[id - 1];
    if (group.by_value == kNone) continue;
    if (group.parameter == kNone) return in.fail("byval on what is no parameter");
    if (!add(in, reading.by_values, {group.parameter, group.by_value, group.align})) return false;
    ++list.count;
  }
  return !in.failed() && add(in, reading.attribute_lists, list);
}

bool read_block(Reading& reading, bool (*read_record)(Reading&)) {
  BitReader& in = reading.in;
  const BitReader::Outer outer = in.enter();
  for (;;) {
    const Entry entry = in.next();
    if (entry == Entry::end) break;
    if (entry == Entry::block) return in.refuse("a block among the attributes");
    if (!read_record(reading)) return false;
  }
  in.leave(outer);
  return !in.failed();
}

}  // namespace

bool read_attribute_groups(Reading& reading) { return read_block(reading, read_group); }
bool read_attributes(Reading& reading) { return read_block(reading, read_list); }

}  // namespace jit::bitcode
