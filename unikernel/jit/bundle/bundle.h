// Many programs in one file, as the guest gets them: by boot module, fw_cfg or disk.
//
//   "UKBC0002"  u32 count  u32 0  SHA-256 of all that follows
//   count times: char name[48] (ends with 0)  u32 offset  u32 size  u32 argument  u32 flags
//   the files, each at a multiple of 16
//
// All numbers are little endian.
#pragma once

#include <stdint.h>

#include "support/arena.h"
#include "support/fault.h"

namespace jit::bundle {

inline constexpr char kMagic[] = "UKBC0002";
constexpr uint32_t kMagicBytes = 8;
constexpr uint32_t kHashBytes = 32;
constexpr uint32_t kHeadBytes = 16 + kHashBytes;
constexpr uint32_t kNameBytes = 48;
constexpr uint32_t kEntryBytes = kNameBytes + 16;
constexpr uint32_t kAlignment = 16;
constexpr uint32_t kMaxPrograms = 65536;

/// The program must pass: a refusal is a failure. Without it a refusal is a skip.
constexpr uint32_t kFlagMustPass = 1;
/// For the guest `reload`: it answers as the program that it replaces.
constexpr uint32_t kFlagSameAnswers = 2;

struct Program {
  Text name;
  Span<const uint8_t> file;
  int32_t argument = 0;
  uint32_t flags = 0;
};

/// How many programs there are. A fault where `bytes` is no bundle, or an entry lies outside of it.
Fault open(Span<const uint8_t> bytes, uint32_t& count);

/// kHashBytes that tell a bundle that open() has accepted from others, as it says itself: a guest
/// has no time to compute them.
const uint8_t* hash(Span<const uint8_t> bytes);

/// Entry `index` of a bundle that open() has accepted.
Program program(Span<const uint8_t> bytes, uint32_t index);

}  // namespace jit::bundle
