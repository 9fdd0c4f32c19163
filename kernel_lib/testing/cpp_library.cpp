// What the C++ library's templates call out of line, for kernel_lib's own tests in a guest: names
// of libstdc++ (bits/functexcept.h). There are no exceptions, so each is a panic.
#include <cstddef>

#include "kernel/cpu.h"

// NOLINTBEGIN(bugprone-reserved-identifier): the library's own
namespace std {

[[noreturn]] void __throw_bad_alloc() { kernel::panic("std::bad_alloc"); }
[[noreturn]] void __throw_bad_array_new_length() { kernel::panic("std::bad_array_new_length"); }
[[noreturn]] void __throw_length_error(const char* what) { kernel::panic(what); }
[[noreturn]] void __throw_logic_error(const char* what) { kernel::panic(what); }
[[noreturn]] void __throw_out_of_range(const char* what) { kernel::panic(what); }
[[noreturn]] void __throw_out_of_range_fmt(const char* what, ...) { kernel::panic(what); }

}  // namespace std
// NOLINTEND(bugprone-reserved-identifier)

extern "C" {

/// What a compiler calls where only equality is asked for.
int bcmp(const void* left, const void* right, std::size_t size) {
  return __builtin_memcmp(left, right, size);
}

void* memchr(const void* bytes, int value, std::size_t size) {
  const auto* at = static_cast<const unsigned char*>(bytes);
  for (; size > 0; ++at, --size) {
    if (*at == static_cast<unsigned char>(value)) return const_cast<unsigned char*>(at);
  }
  return nullptr;
}

}  // extern "C"
