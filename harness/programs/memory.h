// Memory for what reads, runs and compiles programs.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <string_view>

#include "support/arena.h"
#include "support/fault.h"

namespace harness {

/// Not touched before it is used: the system gives pages as they are.
template <class T>
class Memory {
 public:
  explicit Memory(std::uint32_t count)
      : bytes_(static_cast<T*>(std::calloc(count, sizeof(T)))), count_(count) {
    if (!bytes_) throw std::bad_alloc();
  }
  [[nodiscard]] jit::Span<T> span() const { return {bytes_.get(), count_}; }

 private:
  struct Free {
    void operator()(T* bytes) const { std::free(bytes); }
  };
  std::unique_ptr<T, Free> bytes_;
  std::uint32_t count_;
};

/// Module, and one body at a time: in proportion to the file (docs/BITCODE.md), and a little more
/// for small ones. So many times that, but at most 2 GB. Throws Error (invalid_data) for a file
/// that is too large.
std::uint32_t room_for(std::string_view file, std::uint32_t times = 1);

jit::Span<const std::uint8_t> bytes_of(std::string_view file);

/// As it can be printed.
std::string string_of(jit::Text text);

}  // namespace harness
