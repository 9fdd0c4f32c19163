// The four functions that a compiler may call even in freestanding code. They are x86 string
// instructions because a loop here is what the compiler itself likes to turn into a call to
// memcpy, that is, to itself. The ABI keeps the direction flag clear at every call.
//
// On the host they are compiled as kernel_memcpy and so on, for tests beside libc's own.
#include <stddef.h>
#include <stdint.h>

#if __STDC_HOSTED__
#define KERNEL_C_NAME(name) kernel_##name
#else
#define KERNEL_C_NAME(name) name
#endif

namespace {

/// Four bytes at a time, then what is left.
inline void copy_forward(void* to, const void* from, size_t size) {
  size_t words = size / 4;
  asm volatile("rep movsl" : "+D"(to), "+S"(from), "+c"(words) : : "memory");
  size_t rest = size % 4;
  asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(rest) : : "memory");
}

}  // namespace

extern "C" {

void* KERNEL_C_NAME(memcpy)(void* to, const void* from, size_t size) {
  copy_forward(to, from, size);
  return to;
}

void* KERNEL_C_NAME(memmove)(void* to, const void* from, size_t size) {
  // True also where `to` lies below `from`: the difference then wraps to a large number.
  const bool forward_is_safe =
      reinterpret_cast<uintptr_t>(to) - reinterpret_cast<uintptr_t>(from) >= size;
  if (forward_is_safe) {
    copy_forward(to, from, size);
  } else {
    void* last_to = static_cast<char*>(to) + size - 1;
    const void* last_from = static_cast<const char*>(from) + size - 1;
    asm volatile("std; rep movsb; cld" : "+D"(last_to), "+S"(last_from), "+c"(size) : : "memory");
  }
  return to;
}

void* KERNEL_C_NAME(memset)(void* to, int value, size_t size) {
  const uint32_t pattern = static_cast<uint8_t>(value) * 0x01010101U;
  void* at = to;
  size_t words = size / 4;
  asm volatile("rep stosl" : "+D"(at), "+c"(words) : "a"(pattern) : "memory");
  size_t rest = size % 4;
  asm volatile("rep stosb" : "+D"(at), "+c"(rest) : "a"(pattern) : "memory");
  return to;
}

int KERNEL_C_NAME(memcmp)(const void* left, const void* right, size_t size) {
  const auto* a = static_cast<const uint8_t*>(left);
  const auto* b = static_cast<const uint8_t*>(right);
  for (size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return a[i] - b[i];
  }
  return 0;
}

}  // extern "C"
