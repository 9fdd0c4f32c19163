// The log of a store in memory: records one behind the other.
#pragma once

#include <stdint.h>

#include "kernel/store.h"

namespace kernel::store_format {

/// What stands in the log from a place on.
struct Step {
  enum class Kind : uint8_t { record, end, broken } kind = Kind::end;
  StoreRecord record = {};
  uint32_t at = 0;    // where it begins
  uint32_t next = 0;  // behind it
};
/// The record at or behind `at`, zeros that fill a sector passed over. `broken`: no record begins
/// there, or it reaches over `end`; its checksum is not looked at.
Step step(const uint8_t* log, uint32_t at, uint32_t end);

/// Whether every record up to `end` is as it was written; `records` then is their number.
/// none, torn (a checksum is wrong), or impossible (no record can be there).
StoreRefusal check_log(const uint8_t* log, uint32_t end, uint32_t& records);

/// Writes a record at `at`, where bytes_of_record(size) bytes are free. Returns the place behind
/// it.
uint32_t write_record(uint8_t* log, uint32_t at, const StoreRecord& record);

/// Leaves out the records that a later one of the same kind and id replaces, `coming` as the last
/// of all, and those that say that something is gone. Counts what remains; returns its bytes. Takes
/// time with the square of their number.
uint32_t compact(uint8_t* log, uint32_t end, const StoreRecord& coming, uint32_t& records);
/// The bytes that would remain.
uint32_t compacted_size(const uint8_t* log, uint32_t end, const StoreRecord& coming);

}  // namespace kernel::store_format
