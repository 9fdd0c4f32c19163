#include "rings.h"

#include <kernel/cpu.h>
#include <kernel/descriptors.h>

namespace monolithic {
namespace {

using x86::TableRegister;

constexpr uint16_t kTaskState = 40;  // selector

/// Intel SDM volume 3, 8.2.1: only the stack of ring 0 is used of it.
struct TaskState {
  uint32_t link, esp0, ss0;
  uint32_t rest[22];
  uint16_t trap, ports;  // no bitmap of ports: it would begin behind the end
};
static_assert(sizeof(TaskState) == 104);

constexpr uint32_t kExceptions = 32, kSystemCallVector = 0x80;

extern "C" {
TaskState task_state;
extern const uint32_t fault_stubs[kExceptions];
void int80_gate();
void sysenter_gate();
uint64_t enter_module(uint32_t entry, uint32_t user_stack);
}

uint32_t address_of(const void* object) { return reinterpret_cast<uint32_t>(object); }
uint32_t address_of(void (*code)()) { return reinterpret_cast<uint32_t>(code); }

// ---- segments ---------------------------------------------------------------------------------

void load_segments() {
  // sysenter takes kernel data, user code and user data to stand behind kernel code in this order
  // (Intel SDM volume 2, SYSENTER, SYSEXIT). Then the task state, whose base is in four pieces.
  static uint64_t table[] = {
      0, x86::kFlatCode, x86::kFlatData, x86::kFlatCode | x86::kRing3, x86::kFlatData | x86::kRing3,
      0};
  const uint64_t base = address_of(&task_state);
  table[kTaskState / 8] =
      (sizeof(TaskState) - 1) | (base & 0xFFFFFF) << 16 | uint64_t{0x89} << 40 | (base >> 24) << 56;
  task_state.ss0 = x86::kDataSelector;
  task_state.ports = sizeof(TaskState);
  const TableRegister gdt = x86::table_of(table);
  asm volatile("lgdt %0" : : "m"(gdt), "m"(table));
  asm volatile("ltr %0" : : "r"(kTaskState));
}

// ---- pages ------------------------------------------------------------------------------------

void turn_paging_on() {
  constexpr uint32_t kPresent = 1 << 0, kWritable = 1 << 1, kUser = 1 << 2, kLarge = 1 << 7;
  alignas(4096) static uint32_t directory[1024];
  for (uint32_t i = 0; i < 1024; ++i) directory[i] = i << 22 | kPresent | kWritable | kLarge;
  directory[kUserBegin >> 22] |= kUser;
  asm volatile("mov %0, %%cr3" : : "r"(directory) : "memory");
  uint32_t control;
  asm volatile("mov %%cr4, %0" : "=r"(control));
  constexpr uint32_t kPageSizeExtensions = 1 << 4, kPaging = 1u << 31;
  asm volatile("mov %0, %%cr4" : : "r"(control | kPageSizeExtensions));
  asm volatile("mov %%cr0, %0" : "=r"(control));
  asm volatile("mov %0, %%cr0" : : "r"(control | kPaging) : "memory");
}

// ---- gates ------------------------------------------------------------------------------------

void load_gates() {
  static x86::Gate table[kSystemCallVector + 1];
  for (uint32_t i = 0; i < kExceptions; ++i) table[i] = x86::interrupt_gate(fault_stubs[i]);
  table[kSystemCallVector] = x86::interrupt_gate(address_of(&int80_gate), 3);
  const TableRegister idt = x86::table_of(table);
  asm volatile("lidt %0" : : "m"(idt), "m"(table));
}

void write_msr(uint32_t number, uint32_t value) {
  asm volatile("wrmsr" : : "c"(number), "a"(value), "d"(0) : "memory");
}

void allow_sysenter() {
  // A module that single-steps into sysenter_gate raises an exception before it has set its stack.
  alignas(16) static char step_stack[64];
  constexpr uint32_t kCs = 0x174, kEsp = 0x175, kEip = 0x176;
  write_msr(kCs, x86::kCodeSelector);
  write_msr(kEsp, address_of(step_stack + sizeof step_stack));
  write_msr(kEip, address_of(&sysenter_gate));
}

}  // namespace

void enter_protected_mode() {
  constexpr uint32_t kLargePages = 1 << 3, kSysenter = 1 << 11;  // cpuid leaf 1, edx
  const uint32_t features = x86::cpuid(1).edx;
  if (!(features & kLargePages)) kernel::panic("this processor has no large pages");
  if (!(features & kSysenter)) kernel::panic("this processor has no sysenter");
  load_segments();
  turn_paging_on();
  load_gates();
  allow_sysenter();
}

Outcome run_in_ring_3(uint32_t entry, uint32_t input, Gate gate) {
  // As after a call of module_start(input, gate).
  auto* stack = reinterpret_cast<uint32_t*>(kUserStackTop) - 3;
  stack[0] = 0;
  stack[1] = input;
  stack[2] = static_cast<uint32_t>(gate);
  const uint64_t end = enter_module(entry, reinterpret_cast<uint32_t>(stack));
  return {end >> 32 != 0, static_cast<uint32_t>(end)};
}

bool is_user_memory(uint32_t begin, uint32_t size) {
  return begin >= kUserBegin && begin <= kUserEnd && size <= kUserEnd - begin;
}

}  // namespace monolithic
