// Segment descriptors, interrupt gates, and the registers that hold tables of them.
//
// Source: Intel SDM volume 3, 2.4 (the registers), 3.4.5 (segments), 6.11 (gates), 7.2 (tasks).
#pragma once

#include <stdint.h>

namespace x86 {

/// What lgdt and lidt read.
struct [[gnu::packed]] TableRegister {
  uint16_t limit;
  uint32_t base;
};

/// Without paging, or with pages that map each address to itself: where a table lies.
template <class T, unsigned size>
TableRegister table_of(const T (&table)[size]) {
  return {sizeof table - 1, reinterpret_cast<uint32_t>(table)};
}

// Segments of 4 GB from address 0, present. "Accessed" is set beforehand, so that the processor
// does not write to the table. entry.asm and boot_sector.asm have the first two as kernel_lib's
// GDT.
inline constexpr uint64_t kFlatCode = 0x00CF9B000000FFFF, kFlatData = 0x00CF93000000FFFF;
inline constexpr uint64_t kRing3 = uint64_t{3} << 45;  // added to one of these
inline constexpr uint16_t kCodeSelector = 8, kDataSelector = 16;

/// An entry of the IDT. One that is all 0 is not present.
struct Gate {
  uint16_t offset_low, selector, type, offset_high;
};

/// An interrupt gate of 32 bits to kernel code at `address`, for callers in `ring` and further in.
constexpr Gate interrupt_gate(uint32_t address, uint16_t ring = 0) {
  constexpr uint16_t kPresentInterrupt32 = 0x8E00;
  return {static_cast<uint16_t>(address), kCodeSelector,
          static_cast<uint16_t>(kPresentInterrupt32 | ring << 13),
          static_cast<uint16_t>(address >> 16)};
}

/// A task gate: the processor switches to the task of that selector.
constexpr Gate task_gate(uint16_t task_selector) { return {0, task_selector, 0x8500, 0}; }

/// Where the processor keeps a task that it has switched from.
struct TaskState {
  uint32_t back_link;
  uint32_t inner_stacks[6];  // esp and ss for rings 0 to 2
  uint32_t cr3, eip, eflags;
  uint32_t eax, ecx, edx, ebx, esp, ebp, esi, edi;
  uint32_t es, cs, ss, ds, fs, gs, ldt;
  uint16_t trap, port_map;
};
static_assert(sizeof(TaskState) == 104);

/// The descriptor of the task whose state lies at `address`; available, so ltr takes it.
constexpr uint64_t task_descriptor(uint32_t address) {
  constexpr uint64_t kPresentTask32 = uint64_t{0x89} << 40;
  return kPresentTask32 | (sizeof(TaskState) - 1) | uint64_t{address & 0xFFFFFF} << 16 |
         uint64_t{address >> 24} << 56;
}

}  // namespace x86
