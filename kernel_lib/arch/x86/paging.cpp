#include "kernel/paging.h"

#include "kernel/cpu.h"
#include "layout.h"

namespace kernel {
namespace {

constexpr uint32_t kPage = PageMap::kPage;

// Intel SDM volume 2, CPUID; AMD has the extended leaf's bit in the same place.
bool has_pae() { return x86::cpuid(1).edx & 1 << 6; }
bool processor_has_no_execute() {
  constexpr uint32_t kHighest = 0x80000000, kFeatures = 0x80000001;
  return x86::cpuid(kHighest).eax >= kFeatures && x86::cpuid(kFeatures).edx & 1 << 20;
}

void enable_no_execute() {
  constexpr uint32_t kEfer = 0xC0000080, kNoExecuteEnable = 1 << 11;
  uint32_t low, high;
  asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(kEfer));
  asm volatile("wrmsr" : : "a"(low | kNoExecuteEnable), "d"(high), "c"(kEfer) : "memory");
}

/// From here on addresses go through the tables, and what is not writable is so for ring 0, too.
void enable_paging(uint32_t root) {
  constexpr uint32_t kCr4Pae = 1 << 5, kCr0WriteProtect = 1 << 16, kCr0Paging = 1u << 31;
  uint32_t control;
  asm volatile("mov %%cr4, %0" : "=r"(control));
  asm volatile("mov %0, %%cr4" : : "r"(control | kCr4Pae) : "memory");
  asm volatile("mov %0, %%cr3" : : "r"(root) : "memory");
  asm volatile("mov %%cr0, %0" : "=r"(control));
  asm volatile("mov %0, %%cr0" : : "r"(control | kCr0WriteProtect | kCr0Paging) : "memory");
}

/// The processor may hold copies of entries; without errors they are dropped.
PagingError flush(PagingError error, uint32_t start, uint32_t bytes) {
  if (error != PagingError::none) return error;
  for (uint32_t i = 0; i < bytes; i += kPage) {
    asm volatile("invlpg (%0)" : : "r"(start + i) : "memory");
  }
  return error;
}

uint32_t address_of(const void* pointer) { return reinterpret_cast<uint32_t>(pointer); }
uint32_t round_up(uint32_t address) { return (address + kPage - 1) / kPage * kPage; }

/// What start() promises of the kernel's own pages.
PagingError protect_kernel(PageMap& map) {
  const uint32_t code = address_of(x86::image_start),
                 constants = round_up(address_of(x86::text_end)),
                 data = address_of(x86::data_start);
  PagingError error = map.protect(code, constants - code, {.writable = false, .executable = true});
  if (error == PagingError::none && constants < data) {
    error = map.protect(constants, data - constants, {});
  }
  if (error == PagingError::none) error = map.unmap(0, kPage);
  if (error == PagingError::none) error = map.unmap(x86::kStackBottom - kPage, kPage);
  return error;
}

}  // namespace

PagingError Paging::start(void* tables, size_t bytes, uint64_t memory_bytes, AliasWindow window) {
  constexpr uint64_t kMegabyte = 1 << 20;  // memory_bytes counts from there
  if (!has_pae()) return PagingError::no_pae;
  if (window.begin < window.end && kMegabyte + memory_bytes > window.begin) {
    return PagingError::window_in_use;
  }
  const uint32_t first = round_up(address_of(tables)), end = address_of(tables) + bytes;
  const uint32_t count = first < end ? (end - first) / kPage : 0;
  has_no_execute_ = processor_has_no_execute();
  map_ = PageMap(reinterpret_cast<PageMap::Table*>(first), count, first, has_no_execute_);
  PagingError error = map_.map_all(window);
  if (error == PagingError::none) error = protect_kernel(map_);
  if (error != PagingError::none) {
    map_ = {};
    has_no_execute_ = false;
    return error;
  }
  if (has_no_execute_) enable_no_execute();
  enable_paging(map_.root());
  return error;
}

PagingError Paging::protect(uint32_t start, uint32_t bytes, PageAccess access) {
  return flush(map_.protect(start, bytes, access), start, bytes);
}

PagingError Paging::unmap(uint32_t start, uint32_t bytes) {
  return flush(map_.unmap(start, bytes), start, bytes);
}

Alias Paging::alias(uint32_t start, uint32_t bytes, PageAccess access) {
  const Alias alias = map_.alias(start, bytes, access);
  flush(alias.error, alias.address, bytes);
  return alias;
}

PagingError Paging::divide(uint32_t start, uint32_t bytes) { return map_.divide(start, bytes); }

void Paging::lead(uint32_t address, uint32_t physical, PageAccess access) {
  map_.lead(address, physical, access);
  asm volatile("invlpg (%0)" : : "r"(address) : "memory");
}

void Paging::allow_writes(uint32_t start, uint32_t bytes, bool allowed) {
  map_.allow_writes(start, bytes, allowed);
  flush_all();
}

PageView Paging::view(void* tables, size_t bytes) {
  const uint32_t first = round_up(address_of(tables)), end = address_of(tables) + bytes;
  const uint32_t count = first < end ? (end - first) / kPage : 0;
  return {map_, reinterpret_cast<PageMap::Table*>(first), count, first};
}

void Paging::flush_all() {
  uint32_t root;
  asm volatile("mov %%cr3, %0\n mov %0, %%cr3" : "=r"(root) : : "memory");
}

}  // namespace kernel
