// The format of a store, to the byte. docs/PERSISTENCE.md tells it for readers. Numbers are
// little-endian, and so is the only machine that this runs on.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "kernel/block_device.h"
#include "kernel/store.h"

namespace kernel::store_format {

inline constexpr uint32_t kVersion = 1;
inline constexpr char kMagic[8] = {'u', 'k', 's', 't', 'o', 'r', 'e', '\0'};
inline constexpr char kSecondMagic[8] = {'u', 'k', 's', 't', 'o', 'r', 'e', '2'};

/// One sector. The generation is in the first half and what it stands for in the second, each under
/// a magic of its own: a header of which only half was written is known for ours, and torn.
struct Header {
  char magic[8];
  uint32_t version;  // magics, version and checksum are here in every version
  uint32_t sectors;  // of the region
  uint64_t generation;
  StoreKey key;
  uint8_t zeros[200];
  char second_magic[8];
  uint32_t half;          // where the log is: 0 or 1
  uint32_t log_bytes;     // whole sectors
  uint32_t records;       // in it
  uint32_t log_checksum;  // of all its bytes
  uint8_t more_zeros[228];
  uint32_t checksum;  // of all bytes before this one
};
static_assert(sizeof(Header) == kBlockBytes);
static_assert(offsetof(Header, second_magic) == 256 && offsetof(Header, checksum) == 508);

/// What stands before a record's bytes, which are followed by zeros up to a multiple of its size:
/// so it never lies across two sectors. Kind 0: nothing more up to the end of the sector.
struct RecordHead {
  uint32_t size;
  uint16_t kind;
  uint16_t zero;
  uint32_t id;
  uint32_t checksum;  // of the 12 bytes before and of the record's
};
static_assert(sizeof(RecordHead) == 16 && kBlockBytes % sizeof(RecordHead) == 0);

/// Bytes of a record in the log.
constexpr uint64_t bytes_of_record(uint32_t size) {
  constexpr uint64_t kUnit = sizeof(RecordHead);
  return kUnit + (uint64_t{size} + kUnit - 1) / kUnit * kUnit;
}

constexpr uint32_t whole_sectors(uint32_t bytes) {
  return (bytes + kBlockBytes - 1) / kBlockBytes * kBlockBytes;
}

/// What is wrong with a header, or none. Generation and half are only good where its checksum is.
StoreRefusal fault_of(const Header& header, StoreRegion region, const StoreKey& key);
/// Whether its bytes are as they were written, in whatever version.
bool is_whole(const Header& header);
/// A header for these, with its checksum.
Header make_header(StoreRegion region, const StoreKey& key, uint64_t generation, uint32_t half,
                   uint32_t log_bytes, uint32_t records, uint32_t log_checksum);

/// The header to try next of two, by what is known about each: of those with no fault the one with
/// the higher generation. -1 where there is none.
struct Candidate {
  StoreRefusal fault = StoreRefusal::none;
  uint64_t generation = 0;
};
int choose_header(const Candidate (&candidates)[2]);

}  // namespace kernel::store_format
