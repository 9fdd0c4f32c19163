// What the targets share: an input with its arena, and what is done with IR that is accepted.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "bitcode/fuzz/trust.h"
#include "bitcode/module_reader.h"
#include "ir/print.h"
#include "ir/verify.h"

namespace jit::fuzz {

inline void require(bool kept, const char* promise) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

/// Counts, and holds every byte against what a terminal may be shown.
inline void count_harmless(void* context, Text text) {
  for (std::uint32_t i = 0; i < text.size; ++i) {
    const char c = text.data[i];
    require((c >= ' ' && c <= '~') || c == '\n', "printed text is harmless");
  }
  *static_cast<std::size_t*>(context) += text.size;
}

/// The file in memory of just its size, and an arena of what it is allowed.
struct Input {
  Input(const std::uint8_t* data, std::size_t size)
      : bytes(size == 0 ? nullptr : new std::uint8_t[size]),
        memory_size(20 * size + (64 << 10)),
        memory(new char[memory_size]),
        arena(memory.get(), memory_size) {
    if (size != 0) __builtin_memcpy(bytes.get(), data, size);
    span = {bytes.get(), static_cast<std::uint32_t>(size)};
  }
  std::unique_ptr<std::uint8_t[]> bytes;
  std::size_t memory_size;
  std::unique_ptr<char[]> memory;
  Arena arena;
  Span<const std::uint8_t> span;
};

inline std::uint64_t g_result = 0;  // so that nothing is optimized away

inline void look_at_module(const Module& module) {
  std::size_t printed = 0;
  print_module(module, {count_harmless, &printed});
  g_result += printed;
}
inline void look_at_body(const Module& module, const Body& body) {
  std::size_t printed = 0;
  print_body(module, body, {count_harmless, &printed});
  g_result += printed;
}

}  // namespace jit::fuzz
