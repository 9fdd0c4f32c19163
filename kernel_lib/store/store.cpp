#include "kernel/store.h"

#include "store/checksum.h"
#include "store/format.h"
#include "store/log.h"

namespace kernel {

using namespace store_format;

Store::Store(BlockDevice& device, StoreRegion region, const StoreKey& key, void* memory)
    : device_(device),
      region_(region),
      key_(key),
      log_(static_cast<uint8_t*>(memory)),
      half_(half_of(region)) {}

/// The log of a header, into memory. none where it is what the header says.
StoreRefusal Store::load(const Header& header) {
  const uint32_t sectors = header.log_bytes / kBlockBytes;
  if (sectors != 0 && !device_.read(region_.first + 2 + header.half * half_, sectors, log_)) {
    return StoreRefusal::unreadable;
  }
  log_sum_ = {};
  checksum_add(log_sum_, log_, header.log_bytes);
  const bool together = checksum_value(log_sum_) == header.log_checksum;
  const StoreRefusal records = check_log(log_, header.log_bytes, records_);
  if (!together) return records == StoreRefusal::none ? StoreRefusal::stale : StoreRefusal::torn;
  if (records == StoreRefusal::none && records_ != header.records) return StoreRefusal::impossible;
  return records;
}

/// An empty log. The first commit overwrites neither that header nor what lies in that half.
void Store::begin_anew(uint32_t slot, uint32_t half) {
  active_slot_ = slot;
  active_half_ = half;
  committed_ = end_ = records_ = 0;
  anew_ = true;
  log_sum_ = {};
}

StoreOpened Store::open() {
  broken_ = true;
  not_ours_ = false;
  generation_ = 0;
  begin_anew(1, 1);
  if (half_ == 0) return {.refusal = StoreRefusal::other_size};

  Header headers[2];
  Candidate candidates[2];
  for (uint32_t i = 0; i < 2; ++i) {
    Header& header = headers[i];
    if (!device_.read(region_.first + i, 1, &header)) {
      return {.refusal = StoreRefusal::unreadable};
    }
    candidates[i] = {fault_of(header, region_, key_), header.generation};
    if (!is_whole(header) || header.generation < generation_) continue;
    generation_ = header.generation;
    // What came before it is not what was committed last, and is not used either.
    not_ours_ = candidates[i].fault == StoreRefusal::newer_version;
    begin_anew(i, header.half & 1);
  }
  broken_ = false;
  if (not_ours_) return {.refusal = StoreRefusal::newer_version, .generation = generation_};

  for (int tries = 0; tries < 2; ++tries) {
    const int chosen = choose_header(candidates);
    if (chosen < 0) break;
    candidates[chosen].fault = load(headers[chosen]);
    if (candidates[chosen].fault != StoreRefusal::none) continue;
    active_slot_ = static_cast<uint32_t>(chosen);
    active_half_ = headers[chosen].half;
    committed_ = end_ = headers[chosen].log_bytes;
    anew_ = false;
    return {.passed_over = candidates[1 - chosen].fault,
            .generation = headers[chosen].generation,
            .records = records_};
  }
  begin_anew(active_slot_, active_half_);
  // Of two reasons the one that stands further behind says more.
  const StoreRefusal refusal =
      candidates[0].fault > candidates[1].fault ? candidates[0].fault : candidates[1].fault;
  not_ours_ = refusal == StoreRefusal::foreign;
  return {.refusal = refusal, .generation = generation_};
}

StoreStatus Store::put(uint16_t kind, uint32_t id, const void* bytes, uint32_t size) {
  if (kind == 0) return StoreStatus::invalid;
  if (broken_) return StoreStatus::device;
  const StoreRecord record = {
      .kind = kind, .id = id, .size = size, .bytes = static_cast<const uint8_t*>(bytes)};
  if (bytes_of_record(size) > room() - end_) {
    if (bytes_of_record(size) + compacted_size(log_, end_, record) > room()) {
      return StoreStatus::full;
    }
    end_ = compact(log_, end_, record, records_);
    anew_ = true;
  }
  end_ = write_record(log_, end_, record);
  ++records_;
  return StoreStatus::ok;
}

StoreStatus Store::commit() {
  if (broken_) return StoreStatus::device;
  const uint32_t begin = anew_ ? 0 : committed_;
  if (end_ == begin) return StoreStatus::ok;
  if (not_ours_) return StoreStatus::not_ours;

  const uint32_t end = whole_sectors(end_);
  for (uint32_t i = end_; i < end; ++i) log_[i] = 0;
  if (anew_) log_sum_ = {};
  checksum_add(log_sum_, log_ + begin, end - begin);
  const uint32_t half = anew_ ? 1 - active_half_ : active_half_;
  const uint32_t slot = 1 - active_slot_;
  const Header header =
      make_header(region_, key_, generation_ + 1, half, end, records_, checksum_value(log_sum_));
  broken_ = true;
  const uint32_t first = region_.first + 2 + half * half_ + begin / kBlockBytes;
  if (!device_.write(first, (end - begin) / kBlockBytes, log_ + begin)) return StoreStatus::device;
  // Only now may a header say that they are there: it must not reach the disk before them.
  if (!device_.flush()) return StoreStatus::device;
  if (!device_.write(region_.first + slot, 1, &header)) return StoreStatus::device;
  if (!device_.flush()) return StoreStatus::device;
  broken_ = false;
  anew_ = false;
  ++generation_;
  active_slot_ = slot;
  active_half_ = half;
  committed_ = end_ = end;
  return StoreStatus::ok;
}

bool Store::find(uint16_t kind, uint32_t id, StoreRecord& record) const {
  bool found = false;
  StoreRecord here;
  for (uint32_t at = 0; next(at, here);) {
    if (here.kind != kind || here.id != id) continue;
    record = here;
    found = here.size != 0;
  }
  return found;
}

bool Store::next(uint32_t& at, StoreRecord& record) const {
  const Step here = step(log_, at, end_);
  if (here.kind != Step::Kind::record) return false;
  record = here.record;
  at = here.next;
  return true;
}

}  // namespace kernel
