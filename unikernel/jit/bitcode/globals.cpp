// GLOBALVAR, FUNCTION and ALIAS records of a module. Each is a value, numbered as they come.
#include "bitcode/reading.h"
#include "ir/intrinsics.h"

namespace jit::bitcode {

namespace {

// Calling conventions (llvm/IR/CallingConv.h). fastcc differs where machine code is concerned.
enum : uint32_t { kCcc = 0, kFastcc = 8 };

/// Names are slices of the file's table.
bool read_name(Reading& reading, Text& name) {
  BitReader& in = reading.in;
  const uint32_t offset = in.number();
  const uint32_t size = in.number();
  if (in.failed()) return false;
  if (offset > reading.strings.size || size > reading.strings.size - offset) {
    return in.fail("a name lies outside the table of names");
  }
  name = {reading.strings.data + offset, size};
  return true;
}

bool read_linkage(BitReader& in, Linkage& linkage) {
  switch (in.number()) {
    case 0:
    case 5:   // dllimport
    case 6:   // dllexport
    case 15:  // external, as hidden weak definitions once were
      linkage = Linkage::external;
      return true;
    case 2:
      linkage = Linkage::appending;
      return true;
    case 3:
    case 9:   // private
    case 13:  // linker_private
    case 14:
      linkage = Linkage::internal;
      return true;
    case 7:
      linkage = Linkage::extern_weak;
      return true;
    case 1:  // the old weak and linkonce
    case 4:
    case 8:  // common
    case 10:
    case 11:
    case 16:  // weak any, weak odr, linkonce any, linkonce odr
    case 17:
    case 18:
    case 19:
      linkage = Linkage::replaceable;
      return true;
    case 12:
      linkage = Linkage::available_externally;
      return true;
    default:
      return in.refuse("an unknown linkage");
  }
}

/// 0: none given. Else the logarithm and 1.
bool read_alignment(BitReader& in, uint32_t& align) {
  const uint32_t code = in.number();
  if (code > 32) return in.fail("an alignment is out of range");
  align = code == 0 ? 0 : 1U << (code - 1);
  return true;
}

void skip(BitReader& in, uint32_t count) {
  while (count-- != 0 && in.more()) in.operand();
}
/// An operand that older writers leave away.
uint32_t optional(BitReader& in) { return in.more() ? in.number() : 0; }

bool add_value(Reading& reading, ValueKind kind, uint32_t index, ValueId& id) {
  if (reading.pointer == kNone) return reading.in.fail("a global, and no pointer type");
  id = reading.constants.values.size();
  Value value;
  value.kind = kind;
  value.type = reading.pointer;
  value.index = index;
  return add(reading.in, reading.constants.values, value);
}

}  // namespace

/// [name, size, type, constant | explicit type << 1 | address space << 2, initializer + 1, linkage,
/// alignment, section, visibility, thread-local, ...]
bool read_global(Reading& reading) {
  BitReader& in = reading.in;
  Global global;
  if (!read_name(reading, global.name)) return false;
  global.type = in.number();
  const uint32_t flags = in.number();
  global.constant = (flags & 1) != 0;
  if ((flags & 2) == 0) return in.refuse("a global with a typed pointer", global.name);
  if (flags >> 2 != 0) return in.refuse("a global in another address space", global.name);
  const uint32_t initializer = in.number();
  if (initializer != 0) global.initializer = initializer - 1;
  if (!read_linkage(in, global.linkage) || !read_alignment(in, global.align)) return false;
  skip(in, 2);
  if (optional(in) != 0) return in.refuse("a thread-local global", global.name);
  return add_value(reading, ValueKind::global, reading.globals.size(), global.value) &&
         !in.failed() && add(in, reading.globals, global);
}

/// [name, size, type, calling convention, is declaration, linkage, attributes + 1, alignment,
/// section, visibility, collector, unnamed, prologue, DLL, comdat, prefix, personality, local,
/// address space, ...]
bool read_function(Reading& reading) {
  BitReader& in = reading.in;
  Function function;
  if (!read_name(reading, function.name)) return false;
  function.type = in.number();
  const uint32_t convention = in.number();
  if (convention != kCcc && convention != kFastcc) {
    return in.refuse("another calling convention of the function", function.name);
  }
  const bool declared = in.number() != 0;
  if (!read_linkage(in, function.linkage)) return false;
  const uint32_t attributes = in.number();
  if (attributes != 0) function.attributes = attributes - 1;
  uint32_t align = 0;
  if (!read_alignment(in, align)) return false;
  skip(in, 2);
  if (optional(in) != 0) return in.refuse("garbage collection of the function", function.name);
  skip(in, 1);
  if (optional(in) != 0) return in.refuse("prologue data of the function", function.name);
  skip(in, 2);
  if (optional(in) != 0) return in.refuse("prefix data of the function", function.name);
  if (optional(in) != 0) return in.refuse("the personality of the function", function.name);
  skip(in, 1);
  if (optional(in) != 0) return in.refuse("another address space of", function.name);

  if (declared) {
    function.intrinsic = intrinsic_of(function.name);
  } else {
    function.body_bit = ~uint64_t{0};  // until its block comes
    ++reading.bodies;
  }
  return add_value(reading, ValueKind::function, reading.functions.size(), function.value) &&
         !in.failed() && add(in, reading.functions, function);
}

/// [name, size, type, address space, target, linkage, visibility, DLL, thread-local, ...]
bool read_alias(Reading& reading) {
  BitReader& in = reading.in;
  Alias alias;
  if (!read_name(reading, alias.name)) return false;
  alias.type = in.number();
  if (in.number() != 0) return in.refuse("an alias in another address space", alias.name);
  alias.target = in.number();
  Linkage linkage = Linkage::external;
  if (!read_linkage(in, linkage)) return false;
  skip(in, 2);
  if (optional(in) != 0) return in.refuse("a thread-local alias", alias.name);
  return add_value(reading, ValueKind::alias, reading.aliases.size(), alias.value) &&
         !in.failed() && add(in, reading.aliases, alias);
}

}  // namespace jit::bitcode
