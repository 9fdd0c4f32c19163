#include "store/log.h"

#include "store/checksum.h"
#include "store/format.h"

namespace kernel::store_format {
namespace {

RecordHead head_at(const uint8_t* log, uint32_t at) {
  RecordHead head;
  __builtin_memcpy(&head, log + at, sizeof head);
  return head;
}

uint32_t checksum_of_record(const RecordHead& head, const void* bytes) {
  wire::Crc32 sum;
  checksum_add(sum, &head, offsetof(RecordHead, checksum));
  checksum_add(sum, bytes, head.size);
  return checksum_value(sum);
}

bool is_filling(const RecordHead& head) {
  return head.kind == 0 && head.size == 0 && head.zero == 0 && head.id == 0 && head.checksum == 0;
}

bool same_name(const StoreRecord& a, const StoreRecord& b) {
  return a.kind == b.kind && a.id == b.id;
}

/// Whether a record is still what find() gives: nothing behind it replaces it, and it holds bytes.
bool is_live(const uint8_t* log, const Step& at, uint32_t end, const StoreRecord& coming) {
  if (at.record.size == 0 || same_name(at.record, coming)) return false;
  for (Step later = step(log, at.next, end); later.kind == Step::Kind::record;
       later = step(log, later.next, end)) {
    if (same_name(later.record, at.record)) return false;
  }
  return true;
}

}  // namespace

Step step(const uint8_t* log, uint32_t at, uint32_t end) {
  while (at < end) {
    const RecordHead head = head_at(log, at);
    if (is_filling(head)) {
      at = whole_sectors(at + 1);
      continue;
    }
    const bool fits = bytes_of_record(head.size) <= end - at;
    if (head.kind == 0 || head.zero != 0 || !fits) return {.kind = Step::Kind::broken, .at = at};
    return {.kind = Step::Kind::record,
            .record = {.kind = head.kind,
                       .id = head.id,
                       .size = head.size,
                       .bytes = log + at + sizeof head},
            .at = at,
            .next = at + static_cast<uint32_t>(bytes_of_record(head.size))};
  }
  return {};
}

StoreRefusal check_log(const uint8_t* log, uint32_t end, uint32_t& records) {
  records = 0;
  for (uint32_t at = 0;;) {
    const Step here = step(log, at, end);
    if (here.kind == Step::Kind::end) return StoreRefusal::none;
    if (here.kind == Step::Kind::broken) return StoreRefusal::impossible;
    const RecordHead head = head_at(log, here.at);
    if (head.checksum != checksum_of_record(head, here.record.bytes)) return StoreRefusal::torn;
    ++records;
    at = here.next;
  }
}

uint32_t write_record(uint8_t* log, uint32_t at, const StoreRecord& record) {
  RecordHead head = {
      .size = record.size, .kind = record.kind, .zero = 0, .id = record.id, .checksum = 0};
  head.checksum = checksum_of_record(head, record.bytes);
  const uint32_t next = at + static_cast<uint32_t>(bytes_of_record(record.size));
  // The bytes may be those of a record that lies a little further up in the same log.
  if (record.size != 0) __builtin_memmove(log + at + sizeof head, record.bytes, record.size);
  __builtin_memcpy(log + at, &head, sizeof head);
  for (uint32_t i = at + sizeof head + record.size; i < next; ++i) log[i] = 0;
  return next;
}

uint32_t compacted_size(const uint8_t* log, uint32_t end, const StoreRecord& coming) {
  uint32_t size = 0;
  for (Step here = step(log, 0, end); here.kind == Step::Kind::record;
       here = step(log, here.next, end)) {
    if (is_live(log, here, end, coming))
      size += static_cast<uint32_t>(bytes_of_record(here.record.size));
  }
  return size;
}

uint32_t compact(uint8_t* log, uint32_t end, const StoreRecord& coming, uint32_t& records) {
  uint32_t to = 0;
  records = 0;
  // What is kept moves down, never over what was not looked at yet.
  for (Step here = step(log, 0, end); here.kind == Step::Kind::record;
       here = step(log, here.next, end)) {
    if (!is_live(log, here, end, coming)) continue;
    to = write_record(log, to, here.record);
    ++records;
  }
  return to;
}

}  // namespace kernel::store_format
