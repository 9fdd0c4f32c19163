// A store: records that outlive the boot, in a region of a disk. Whatever a power cut leaves there,
// a commit is found whole or not at all; what is not whole, or not of this build, is refused by
// name and never used. The format to the byte, and how the promise is tried: docs/PERSISTENCE.md.
//
//   Store store(disk, {.first = 4096, .sectors = 258}, key, memory);
//   if (store.open().refusal != StoreRefusal::none) ...          // a cold start
//   store.put(kind, id, bytes, size);                            // in memory
//   store.commit();                                              // now it is on the disk
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <wire/protocol.h>

#include "kernel/block_device.h"

namespace kernel {

namespace store_format {
struct Header;
}

/// What content depends on: hashes of the kernel, of programs, of the processor's features. Content
/// under another key is refused.
struct StoreKey {
  uint8_t bytes[32];
};

struct StoreRegion {
  uint32_t first = 0;    // sector of the disk
  uint32_t sectors = 0;  // 4 or more: two headers, and two halves of which one holds the log
};

/// Why content of the region is not used.
enum class StoreRefusal : uint8_t {
  none,
  blank,          // nothing but zeros: no store was ever here
  foreign,        // something that is no store
  newer_version,  // a store in a format that comes after this one
  other_build,    // a store under another key
  other_size,     // a store in a region of another size
  torn,           // a header or a record is not as it was written
  stale,          // each record is whole, but they are not those that were committed together
  impossible,     // checksums are right, and what they cover cannot be
  unreadable,     // the disk reports an error
};
inline constexpr const char* kStoreRefusalNames[] = {
    "none",       "blank", "foreign", "newer_version", "other_build",
    "other_size", "torn",  "stale",   "impossible",    "unreadable"};

enum class StoreStatus : uint8_t {
  ok,
  full,      // no room, even without what was replaced
  not_ours,  // foreign or of a newer version: nothing is written before take_over()
  device,    // the disk reports an error: what is on it, the next open() tells
  invalid,   // kind 0
};

struct StoreOpened {
  StoreRefusal refusal = StoreRefusal::none;      // of all content; none: a log is in use
  StoreRefusal passed_over = StoreRefusal::none;  // of a header that is not the one in use
  uint64_t generation = 0;                        // commits so far
  uint32_t records = 0;
};

struct StoreRecord {
  uint16_t kind = 0;  // of the user's own, from 1 on
  uint32_t id = 0;    // of one of that kind: a later record replaces an earlier one
  uint32_t size = 0;  // 0: the record says that it is gone
  const uint8_t* bytes = nullptr;
};

class Store {
 public:
  /// Bytes of memory for a store in a region.
  static constexpr size_t memory_for(StoreRegion region) {
    return size_t{half_of(region)} * kBlockBytes;
  }

  /// `memory` is memory_for(region) bytes, aligned to 4, and holds the log; `device` and it outlive
  /// the store. Touches no disk.
  Store(BlockDevice& device, StoreRegion region, const StoreKey& key, void* memory);

  /// Reads what is there; writes nothing. What was put and not committed is forgotten.
  StoreOpened open();
  /// Lets commit() overwrite what is not ours.
  void take_over() { not_ours_ = false; }

  /// Adds a record, or replaces that of the same kind and id; on the disk with the next commit().
  /// full: it is as if it had not been called.
  StoreStatus put(uint16_t kind, uint32_t id, const void* bytes, uint32_t size);
  /// Makes all that was put since the last one durable, together. Writes the new records where no
  /// committed ones are, flushes, writes the older of the two headers, flushes. After ok, no power
  /// cut loses them. Nothing put: nothing is written.
  StoreStatus commit();

  /// The latest record of that kind and id. False where there is none, or it is gone. `record` is
  /// good until the next put().
  bool find(uint16_t kind, uint32_t id, StoreRecord& record) const;
  /// All records in the order in which they were put, replaced ones included, from `at` = 0 on.
  /// False behind the last.
  bool next(uint32_t& at, StoreRecord& record) const;

  /// Commits so far, those included of which a later one made nothing.
  [[nodiscard]] uint64_t generation() const { return generation_; }
  /// Bytes of the log in memory, and how many fit. A record that does not fit behind the others
  /// makes put() leave out what was replaced; the next commit then writes the whole log to the
  /// other half.
  [[nodiscard]] uint32_t used() const { return end_; }
  [[nodiscard]] uint32_t room() const { return half_ * kBlockBytes; }

 private:
  static constexpr uint32_t half_of(StoreRegion region) {
    return region.sectors < 4 ? 0 : (region.sectors - 2) / 2;
  }
  StoreRefusal load(const store_format::Header& header);
  void begin_anew(uint32_t slot, uint32_t half);

  BlockDevice& device_;
  StoreRegion region_;
  const StoreKey& key_;
  uint8_t* log_;
  uint32_t half_;             // sectors
  uint64_t generation_ = 0;   // the highest of a header that is whole
  uint32_t active_slot_ = 1;  // the next header goes to the other one
  uint32_t active_half_ = 1;  // where the log lies; one that is written anew goes to the other
  uint32_t committed_ = 0;    // bytes of it that are on the disk, whole sectors
  uint32_t end_ = 0;          // bytes of it in memory
  uint32_t records_ = 0;      // of it in memory
  wire::Crc32 log_sum_ = {};  // of the committed bytes
  bool anew_ = true;          // what is in memory goes to the other half, all of it
  bool not_ours_ = false;
  bool broken_ = true;  // until open(), and after a device error
};

}  // namespace kernel
