// What entry.asm leaves on the stack, and where: the same address in every boot.
#pragma once

#include <stdint.h>

#include "layout.h"

namespace x86 {

struct EntryRecord {
  uint64_t tsc;
  uint32_t path;   // wire::BootPath
  uint32_t info;   // address of what the loader says (loader_info.h)
  uint32_t magic;  // what the loader left in eax
};

inline uint32_t word_at(uint32_t address) {
  return *reinterpret_cast<const volatile uint32_t*>(address);
}

/// entry.asm pushes six words from kStackTop down: one of fill, then the record.
inline const EntryRecord& entry_record() {
  return *reinterpret_cast<const EntryRecord*>(kStackTop - 6 * sizeof(uint32_t));
}

}  // namespace x86
