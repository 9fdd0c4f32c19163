#include "keep.h"

#include <kernel/console.h>
#include <kernel/emit.h>
#include <kernel/heap.h>
#include <stdint.h>

namespace {

using kernel::Store;
using kernel::StoreRecord;
using kernel::StoreStatus;

constexpr uint32_t kCommits = 6;             // in each boot
constexpr uint16_t kCounter = 1, kData = 2;  // kinds of record
constexpr uint32_t kSlots = 3;               // ids of data: commit N replaces that of N - 3
constexpr uint32_t kDataBytes = 700;         // so that a commit writes two sectors
constexpr kernel::StoreKey kKey{{'k', 'e', 'e', 'p', 'e', 'r'}};

/// The data of a commit: no two have a byte in common at one place, up to the 256th.
void fill(uint8_t (&data)[kDataBytes], uint32_t commit) {
  for (uint32_t i = 0; i < kDataBytes; ++i) data[i] = static_cast<uint8_t>(commit + 7 * i);
}

bool is_data_of(const StoreRecord& record, uint32_t commit) {
  uint8_t expected[kDataBytes];
  fill(expected, commit);
  return record.size == kDataBytes && __builtin_memcmp(record.bytes, expected, kDataBytes) == 0;
}

/// The number of the last commit, 0 where there is none.
uint32_t last_commit(const Store& store) {
  StoreRecord record;
  uint32_t commit = 0;
  if (store.find(kCounter, 0, record) && record.size == sizeof commit) {
    __builtin_memcpy(&commit, record.bytes, sizeof commit);
  }
  return commit;
}

/// Whether each slot holds the data of the last commit that wrote it.
bool all_is_there(const Store& store, uint32_t last) {
  for (uint32_t commit = last > kSlots ? last - kSlots + 1 : 1; commit <= last; ++commit) {
    StoreRecord record;
    if (!store.find(kData, commit % kSlots, record) || !is_data_of(record, commit)) return false;
  }
  return true;
}

bool commit_one(Store& store, uint32_t commit) {
  uint8_t data[kDataBytes];
  fill(data, commit);
  return store.put(kCounter, 0, &commit, sizeof commit) == StoreStatus::ok &&
         store.put(kData, commit % kSlots, data, sizeof data) == StoreStatus::ok &&
         store.commit() == StoreStatus::ok;
}

wire::Status status_of(bool good) { return good ? wire::Status::pass : wire::Status::fail; }

}  // namespace

wire::Status keep(kernel::System& system, kernel::BlockDevice& disk) {
  void* memory = system.heap.allocate(Store::memory_for(kStoreRegion));
  if (memory == nullptr) return wire::Status::fail;
  Store store(disk, kStoreRegion, kKey, memory);
  const kernel::StoreOpened opened = store.open();
  system.console.text("store: ")
      .text(kernel::kStoreRefusalNames[static_cast<uint8_t>(opened.refusal)])
      .text(", passed over: ")
      .text(kernel::kStoreRefusalNames[static_cast<uint8_t>(opened.passed_over)])
      .newline();
  const uint32_t last = last_commit(store);
  system.console.text("restored ").decimal(last).newline();
  const bool there = all_is_there(store, last);
  system.emit.test("all is there", status_of(there), 1, last);

  bool committed = true;
  for (uint32_t commit = last + 1; commit <= last + kCommits && committed; ++commit) {
    committed = commit_one(store, commit);
    if (committed) system.console.text("committed ").decimal(commit).newline();
  }
  system.emit.test("commits", status_of(committed), kCommits, store.generation());
  return status_of(there && committed);
}
