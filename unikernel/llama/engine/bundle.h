// Model and tokenizer in one file, so that a boot needs one: a multiboot module, a fw_cfg file, or
// what stands on the disk after the kernel. Little-endian:
//
//   "UKLLAMA1", then four uint64: offset and size of the model, offset and size of the tokenizer;
//   24 bytes of zeros; then the files, with zeros before them. The model's offset is such that its
//   tensors are aligned where the bundle lies at an address that is a multiple of 16.
#pragma once

#include <stdint.h>

#include "checkpoint.h"

namespace llama {

inline constexpr char kBundleMagic[] = "UKLLAMA1";
inline constexpr uint32_t kBundleHeader = 64;

struct Bundle {
  const uint8_t* model = nullptr;
  uint64_t model_size = 0;
  const uint8_t* tokenizer = nullptr;
  uint64_t tokenizer_size = 0;
};

/// Finds both files in `size` bytes, which are aligned to 16. Reads nothing beyond them.
Fault read_bundle(const uint8_t* file, uint64_t size, Bundle& bundle);

}  // namespace llama
