#include "bundle/bundle.h"

#include "support/bytes.h"

namespace jit::bundle {
namespace {

uint32_t number_at(const uint8_t* at) { return static_cast<uint32_t>(read_little(at, 4)); }

const uint8_t* entry_at(Span<const uint8_t> bytes, uint32_t index) {
  return bytes.data + kHeadBytes + size_t{index} * kEntryBytes;
}

Fault refuse(Text what) {
  Fault fault;
  fault.what.add(what);
  return fault;
}

}  // namespace

Fault open(Span<const uint8_t> bytes, uint32_t& count) {
  count = 0;
  if (bytes.size < kHeadBytes ||
      !(Text(reinterpret_cast<const char*>(bytes.data), kMagicBytes) == Text(kMagic))) {
    return refuse("no bundle of bitcode: it does not begin with UKBC0002");
  }
  const uint32_t programs = number_at(bytes.data + kMagicBytes);
  if (programs > kMaxPrograms || programs > (bytes.size - kHeadBytes) / kEntryBytes) {
    return refuse("a bundle that is cut off: its table is longer than the file");
  }
  for (uint32_t i = 0; i < programs; ++i) {
    const uint8_t* const entry = entry_at(bytes, i);
    const uint32_t offset = number_at(entry + kNameBytes), size = number_at(entry + kNameBytes + 4);
    if (offset % kAlignment != 0 || offset > bytes.size || size > bytes.size - offset) {
      Fault fault = refuse("a bundle that is cut off: program ");
      fault.what.add(uint64_t{i}).add(" lies outside of the file, or at no multiple of 16");
      return fault;
    }
    if (entry[kNameBytes - 1] != 0) {
      Fault fault = refuse("a bundle whose program ");
      fault.what.add(uint64_t{i}).add(" has a name without an end");
      return fault;
    }
  }
  count = programs;
  return {};
}

const uint8_t* hash(Span<const uint8_t> bytes) { return bytes.data + kHeadBytes - kHashBytes; }

Program program(Span<const uint8_t> bytes, uint32_t index) {
  const uint8_t* const entry = entry_at(bytes, index);
  Program program;
  uint32_t length = 0;
  while (length < kNameBytes - 1 && entry[length] != 0) ++length;
  program.name = {reinterpret_cast<const char*>(entry), length};
  program.file = {bytes.data + number_at(entry + kNameBytes), number_at(entry + kNameBytes + 4)};
  program.argument = static_cast<int32_t>(number_at(entry + kNameBytes + 8));
  program.flags = number_at(entry + kNameBytes + 12);
  return program;
}

}  // namespace jit::bundle
