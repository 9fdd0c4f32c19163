#include "app/workplace.h"

#include <wire/boot_data.h>
#include <wire/protocol.h>

#include "app/protection.h"
#include "kernel/boot_data.h"
#include "kernel/console.h"
#include "kernel/cpu.h"
#include "kernel/heap.h"
#include "kernel/system.h"

namespace jit::app {

using kernel::Console;

namespace {

/// The bundle, in memory. Empty, and a line says why, where there is none.
Span<const uint8_t> load(Console& out, kernel::Heap& memory) {
  const kernel::BootData data = kernel::find_boot_data();
  if (data.source == kernel::DataSource::none) {
    out.text("there are no programs: give a bundle with -initrd, or -fw_cfg name=");
    out.text(wire::kDataFile).text(",file=..., or on the disk\n");
    return {};
  }
  if (data.address != nullptr) {
    return {static_cast<const uint8_t*>(data.address), static_cast<uint32_t>(data.size)};
  }
  const uint64_t room = data.size + wire::kSectorBytes;  // a disk is read by whole sectors
  void* const copy = room <= memory.total() ? memory.allocate(static_cast<size_t>(room)) : nullptr;
  if (copy == nullptr || !kernel::read_boot_data(data, copy)) {
    out.text("there is no memory for a bundle of ").decimal(data.size);
    out.text(" bytes, or it cannot be read\n");
    return {};
  }
  return {static_cast<const uint8_t*>(copy), static_cast<uint32_t>(data.size)};
}

template <class T>
bool take(kernel::Heap& memory, uint32_t count, Span<T>& span) {
  void* const got = memory.allocate(count * sizeof(T));
  span = {static_cast<T*>(got), got != nullptr ? count : 0};
  return got != nullptr;
}

/// Pages of their own: nobody stores into one that holds code.
bool take_pages(kernel::Heap& memory, uint32_t bytes, Region& region) {
  constexpr uint32_t kPage = 4096;
  Span<uint8_t> span;
  if (!take(memory, bytes + kPage, span)) return false;
  const auto address = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(span.data));
  region.address = (address + kPage - 1) & ~(kPage - 1);
  region.bytes = reinterpret_cast<uint8_t*>(static_cast<uintptr_t>(region.address));
  region.size = bytes;
  return true;
}

/// Shares out what is left of the memory; false where that is less than 8 MB.
bool make_workplace(kernel::Heap& memory, Workplace& workplace) {
  const auto left = static_cast<uint32_t>(memory.largest());
  constexpr uint32_t kSlots = 512 * 1024;
  if (left < 8 * 1024 * 1024) return false;
  const uint32_t share = (left - kSlots * 4 - 64 * 1024) / 4 & ~4095U;
  const uint32_t machine = share / 4 & ~4095U;
  Region program;
  if (!take(memory, kSlots, workplace.slots) || !take(memory, share, workplace.module) ||
      !take(memory, share / 4, workplace.code) ||
      !take_pages(memory, (machine - machine / 8) & ~4095U, workplace.machine_code) ||
      !take_pages(memory, (machine / 8) & ~4095U, workplace.machine_data) ||
      !take(memory, share, workplace.scratch) || !take_pages(memory, share, program)) {
    return false;
  }
  workplace.low = program.address;
  workplace.high = workplace.low + program.size;
  workplace.stack_bytes = program.size / 2;
  return true;
}

}  // namespace

bool prepare(kernel::System& system, Prepared& prepared) {
  Console& out = system.console;
  if (!x86::enable_sse2()) {
    out.text("the processor has no SSE2\n");
    return false;
  }
  asm volatile("fninit");  // the interpreter converts integers of 64 bits with it
  const kernel::Region region = kernel::free_memory();
  kernel::Heap memory(reinterpret_cast<void*>(region.begin), region.size);
  prepared.bundle = load(out, memory);
  if (prepared.bundle.empty()) return false;
  if (const Fault fault = bundle::open(prepared.bundle, prepared.count)) {
    const Text what = fault.what.text();
    out.text(what.data, what.size).newline();
    return false;
  }
  if (!make_workplace(memory, prepared.workplace)) {
    out.text("there is not enough memory: 8 MB above the bundle are needed\n");
    return false;
  }
  Region tables;
  if (!take_pages(memory, kTableBytes, tables)) {
    out.text("there is no memory for page tables\n");
    return false;
  }
  return protect(system, tables, prepared.workplace, prepared.protection);
}

void write_to_console(void* context, const char* bytes, uint32_t size) {
  static_cast<Console*>(context)->text(bytes, size);
}

void say(Console& out, Text who, const Fault& fault) {
  const Text what = fault.what.text();
  out.text(who.data, who.size).text(": ").text(what.data, what.size).newline();
}

void say(Console& out, const bundle::Program& program, const ProgramResult& result) {
  const auto text = [&](Text t) { out.text(t.data, t.size); };
  text(program.name);
  out.text(": ");
  if (!result.refused) {
    text(text_of(result.outcome));
    if (result.fault) out.text(": ");
  }
  if (result.fault) text(result.fault.what.text());
  if (result.fault.function.size > 0) {
    Line name;
    name.add(result.fault.function);
    out.text(" in ");
    text(name.text());
  }
  if (result.fault.bit != Fault::kNoBit) out.text(" at bit ").decimal(result.fault.bit);
  out.newline();
}

}  // namespace jit::app
