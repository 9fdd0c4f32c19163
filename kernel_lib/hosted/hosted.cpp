#include "hosted.h"

#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/heap.h>
#include <stdlib.h>
#include <string.h>

namespace kernel::hosted {
namespace {

constexpr size_t kForeverBytes = 32 * 1024;
alignas(16) char forever[kForeverBytes];
size_t forever_used = 0;
bool no_room = false;

Heap* heap = nullptr;

void* allocate(size_t size, size_t alignment = Heap::kAlign) {
  if (alignment > Heap::kAlign) panic("operator new: the heap's blocks are aligned to 16, no more");
  void* block = heap ? heap->allocate(size) : allocate_forever(size);
  if (block == nullptr) panic("operator new: the heap is full");
  return block;
}

}  // namespace

void start(System& system) { heap = &system.heap; }

void* allocate_forever(size_t size) {
  size = (size + 15) & ~size_t{15};
  if (size > kForeverBytes - forever_used) {
    no_room = true;
    return nullptr;
  }
  void* block = forever + forever_used;
  forever_used += size;
  return block;
}

bool ran_out() { return no_room; }

void print_double(Console& console, double value) {
  if (value != value) return void(console.text("\"nan\""));
  if (value < 0) {
    console.text(value < -1.7976931348623157e308 ? "\"-inf\"" : "-");
    value = -value;
    if (value > 1.7976931348623157e308) return;
  }
  if (value > 1.7976931348623157e308) return void(console.text("\"inf\""));
  constexpr uint64_t kDigits = 1'000'000'000;  // behind the point
  int exponent = 0;
  if (value >= 1e15 || (value > 0 && value < 1e-4)) {
    for (; value >= 10; ++exponent) value /= 10;
    for (; value < 1; --exponent) value *= 10;
  }
  auto whole = static_cast<uint64_t>(value);
  // Of a large number fewer digits are known.
  uint64_t scale = kDigits;
  for (uint64_t rest = whole; rest >= 10 && scale > 1; rest /= 10) scale /= 10;
  const double scaled = (value - static_cast<double>(whole)) * static_cast<double>(scale);
  uint64_t part = (static_cast<uint64_t>(2 * scaled) + 1) / 2;  // rounded
  if (part >= scale) {
    part -= scale;
    ++whole;
  }
  console.decimal(whole);
  if (part) {
    console.text(".");
    for (; scale > 10 && part < scale / 10; scale /= 10) console.text("0");
    while (part % 10 == 0) part /= 10;
    console.decimal(part);
  }
  if (exponent) console.text("e").decimal_signed(exponent);
}

}  // namespace kernel::hosted

extern "C" {

size_t strlen(const char* text) {
  size_t size = 0;
  while (text[size]) ++size;
  return size;
}

int strcmp(const char* left, const char* right) {
  while (*left && *left == *right) ++left, ++right;
  return static_cast<unsigned char>(*left) - static_cast<unsigned char>(*right);
}

void* malloc(size_t size) {
  using namespace kernel::hosted;
  return heap ? heap->allocate(size) : allocate_forever(size);
}

void free(void* block) {
  using namespace kernel::hosted;
  const auto* at = static_cast<const char*>(block);
  const bool is_forever = at >= forever && at < forever + kForeverBytes;
  if (is_forever || (block == nullptr)) return;
  if (!heap || !heap->free(block)) kernel::panic("free: not a block of the heap");
}

void abort() { kernel::panic("abort() was called"); }

// Where a compiler registers the destructor of a global.
int __cxa_atexit(void (*)(void*), void*, void*) {  // NOLINT(bugprone-reserved-identifier)
  return 0;
}
void* __dso_handle = nullptr;             // NOLINT(bugprone-reserved-identifier)
[[noreturn]] void __cxa_pure_virtual() {  // NOLINT(bugprone-reserved-identifier)
  kernel::panic("a pure virtual function was called");
}

}  // extern "C"

void* operator new(size_t size) { return kernel::hosted::allocate(size); }
void* operator new[](size_t size) { return kernel::hosted::allocate(size); }
void operator delete(void* block) noexcept { free(block); }
void operator delete[](void* block) noexcept { free(block); }
void operator delete(void* block, size_t) noexcept { free(block); }
void operator delete[](void* block, size_t) noexcept { free(block); }

void* operator new(size_t size, std::align_val_t alignment) {
  return kernel::hosted::allocate(size, static_cast<size_t>(alignment));
}
void* operator new[](size_t size, std::align_val_t alignment) {
  return kernel::hosted::allocate(size, static_cast<size_t>(alignment));
}
void operator delete(void* block, std::align_val_t) noexcept { free(block); }
void operator delete[](void* block, std::align_val_t) noexcept { free(block); }
void operator delete(void* block, size_t, std::align_val_t) noexcept { free(block); }
void operator delete[](void* block, size_t, std::align_val_t) noexcept { free(block); }
