#include "timeline/empty_guest.h"

#include <cstdint>
#include <cstring>

namespace harness::timeline {

// empty_guest.asm, assembled.
extern const std::string_view kEmptyDisk, kEmptyMultiboot, kEmptyPvh;

namespace {

constexpr std::uint32_t kMultibootMagic = 0x1BADB002;
constexpr std::size_t kMultibootSearch = 8192;

}  // namespace

Entry entry_of_kernel(std::string_view file) {
  const std::string_view head = file.substr(0, kMultibootSearch);
  for (std::size_t at = 0; at + 12 <= head.size(); at += 4) {
    std::uint32_t words[3];
    std::memcpy(words, head.data() + at, sizeof words);
    if (words[0] == kMultibootMagic && words[0] + words[1] + words[2] == 0) return Entry::multiboot;
  }
  return Entry::pvh;
}

std::string_view empty_guest(Entry entry) {
  if (entry == Entry::boot_sector) return kEmptyDisk;
  return entry == Entry::multiboot ? kEmptyMultiboot : kEmptyPvh;
}

}  // namespace harness::timeline
