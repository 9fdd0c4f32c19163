// The compilation of the compiler by itself: where its code, its table of functions and its globals
// are to be, and what of it is compared. The same everywhere, since the bytes depend on it.
#pragma once

#include "compiler/whole.h"
#include "support/sha256.h"

namespace jit::selfhost {

constexpr uint32_t kCode = 0x0200'0000, kCodeBytes = 0x0010'0000;
constexpr uint32_t kData = 0x0210'0000, kDataBytes = 0x0001'0000;
constexpr uint32_t kMemory = 0x0220'0000, kMemoryBytes = 0x0040'0000;
constexpr uint32_t kGlobalsBytes = 0x0008'0000;  // of those, at most

/// The compiler's own memory for one compilation of itself.
constexpr uint32_t kWorkBytes = 0x0200'0000;

/// Where one compilation is made: each has as many bytes as above, and the globals are zeros.
struct Buffers {
  uint8_t *code = nullptr, *data = nullptr, *globals = nullptr, *work = nullptr;
};

inline CompileRequest request_for(Span<const uint8_t> file, const Buffers& buffers) {
  const auto address = [](const void* p) { return uint64_t{reinterpret_cast<uintptr_t>(p)}; };
  CompileRequest r;
  r.file_bytes = address(file.data);
  r.file_size = file.size;
  r.code_address = kCode;
  r.code_size = kCodeBytes;
  r.code_bytes = address(buffers.code);
  r.data_address = kData;
  r.data_size = kDataBytes;
  r.data_bytes = address(buffers.data);
  r.memory_address = kMemory;
  r.memory_size = kMemoryBytes;
  r.memory_bytes = address(buffers.globals);
  r.work_bytes = address(buffers.work);
  r.work_size = kWorkBytes;
  return r;
}

/// SHA-256 of what a compilation made: code, table of functions, globals.
inline void digest_of(const CompileRequest& r, char (&digits)[Sha256::kDigits]) {
  const auto bytes = [](uint64_t at) {
    return reinterpret_cast<const uint8_t*>(static_cast<uintptr_t>(at));
  };
  Sha256 hash;
  hash.add(bytes(r.code_bytes), r.code_used);
  hash.add(bytes(r.data_bytes), r.data_used);
  hash.add(bytes(r.memory_bytes), r.globals_used);
  hash.finish(digits);
}

/// Bytes of all three.
inline uint32_t bytes_made(const CompileRequest& r) {
  return r.code_used + r.data_used + r.globals_used;
}

}  // namespace jit::selfhost
