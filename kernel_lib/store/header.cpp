#include "store/checksum.h"
#include "store/format.h"

namespace kernel::store_format {
namespace {

bool same(const void* a, const void* b, size_t size) { return __builtin_memcmp(a, b, size) == 0; }

bool all_zero(const Header& header) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(&header);
  for (size_t i = 0; i < sizeof header; ++i) {
    if (bytes[i] != 0) return false;
  }
  return true;
}

}  // namespace

bool is_whole(const Header& header) {
  return same(header.magic, kMagic, sizeof kMagic) &&
         same(header.second_magic, kSecondMagic, sizeof kSecondMagic) &&
         header.checksum == checksum_of(&header, offsetof(Header, checksum));
}

StoreRefusal fault_of(const Header& header, StoreRegion region, const StoreKey& key) {
  if (all_zero(header)) return StoreRefusal::blank;
  if (!is_whole(header)) {
    const bool half_ours = same(header.magic, kMagic, sizeof kMagic) ||
                           same(header.second_magic, kSecondMagic, sizeof kSecondMagic);
    return half_ours ? StoreRefusal::torn : StoreRefusal::foreign;
  }
  if (header.version > kVersion) return StoreRefusal::newer_version;
  if (header.version == 0) return StoreRefusal::impossible;
  if (!same(&header.key, &key, sizeof key)) return StoreRefusal::other_build;
  if (header.sectors != region.sectors) return StoreRefusal::other_size;
  const uint32_t room = (region.sectors - 2) / 2 * kBlockBytes;
  if (header.half > 1 || header.log_bytes > room || header.log_bytes % kBlockBytes != 0) {
    return StoreRefusal::impossible;
  }
  return StoreRefusal::none;
}

Header make_header(StoreRegion region, const StoreKey& key, uint64_t generation, uint32_t half,
                   uint32_t log_bytes, uint32_t records, uint32_t log_checksum) {
  Header header = {};
  __builtin_memcpy(header.magic, kMagic, sizeof kMagic);
  __builtin_memcpy(header.second_magic, kSecondMagic, sizeof kSecondMagic);
  header.version = kVersion;
  header.sectors = region.sectors;
  header.generation = generation;
  header.key = key;
  header.half = half;
  header.log_bytes = log_bytes;
  header.records = records;
  header.log_checksum = log_checksum;
  header.checksum = checksum_of(&header, offsetof(Header, checksum));
  return header;
}

}  // namespace kernel::store_format
