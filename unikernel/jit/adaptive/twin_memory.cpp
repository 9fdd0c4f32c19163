#include "adaptive/twin_memory.h"

#include "adaptive/wide_memory.h"

namespace jit {
namespace {

/// Pages of globals at most, so that taking the right to write from each is no long step; of stack
/// in use; and of stack that the second run may take.
constexpr uint32_t kMostGlobals = 4096, kMostStack = 24, kOwnStack = 16;
/// Of the pool at least: for the stack, and as much for globals.
constexpr uint32_t kLeastPages = 2 * (2 * kMostStack + kOwnStack);
/// Steps that comparing a page is.
constexpr uint32_t kStepsOfPage = 8;

constexpr uint32_t page_down(uint32_t address) { return address & ~(Views::kPage - 1); }
constexpr uint32_t page_up(uint32_t address) { return page_down(address + Views::kPage - 1); }

}  // namespace

bool TwinMemory::use(const Views& views, Span<uint8_t> pool, uint64_t (*clock)()) {
  Arena arena(pool.data, pool.size);
  uint32_t pages = pool.size / kPage;
  if (pages <= kLeastPages) return false;
  index_ = {arena.make<uint16_t>(kMostGlobals), kMostGlobals};
  rows_ = {arena.make<Row>(pages), pages};
  if (arena.exhausted()) return false;
  const uintptr_t begin = reinterpret_cast<uintptr_t>(pool.data) + arena.used();
  const uint32_t padding = static_cast<uint32_t>(-begin) & (kPage - 1);
  if (arena.left() < padding + kLeastPages * kPage) return false;
  pages = (static_cast<uint32_t>(arena.left()) - padding) / kPage;
  pool_ = {reinterpret_cast<uint8_t*>(begin + padding), pages * kPage};
  views_ = &views;
  clock_ = clock;
  return true;
}

/// Where the program's memory has what.
bool TwinMemory::share_out(const State& state) {
  low_ = state.low;
  end_ = page_up(state.stack_low);
  pointer_ = state.stack_pointer;
  stack_ = page_down(pointer_);
  high_ = page_up(state.high);
  lowest_ = stack_ - kOwnStack * kPage;
  // Between globals and stack there is a page that nobody may come to.
  const bool is_apart = low_ % kPage == 0 && low_ < end_ && stack_ > end_ + (kOwnStack + 1) * kPage;
  return is_apart && state.base == nullptr && (end_ - low_) / kPage <= kMostGlobals &&
         (high_ - stack_) / kPage <= kMostStack;
}

bool TwinMemory::begin(const State& state) {
  if (!is_usable() || !share_out(state)) return false;
  taken_ = row_count_ = 0;
  lost_ = second_ = false;
  if (!views_->begin(views_->context, low_, high_, end_)) return false;
  const bool good = take_stack() && views_->share(views_->context, low_, end_);
  for (uint32_t k = 0; k < (end_ - low_) / kPage; ++k) index_[k] = 0;
  phase_ = first;
  views_->ask(views_->context, write, this);
  if (!good) end();
  return good;
}

/// Where an exception's frame goes there must be a page that can be written, so the stack is copied
/// ahead.
bool TwinMemory::take_stack() {
  bool good = true;
  for (uint32_t at = lowest_; good && at < high_; at += kPage) {
    Row& row = rows_[row_count_++];
    row = {at, at < stack_ ? take() : take_copy(memory_at(at)), nullptr};
    good = lead(true, at, row.second, true);
  }
  return good;
}

void TwinMemory::end_first() {
  for (uint32_t k = 0; k < row_count_; ++k) {
    Row& row = rows_[k];
    if (row.address < end_) {
      lead(false, row.address, memory_at(row.address), false);
    } else if (row.address >= stack_) {
      row.first = take_copy(memory_at(row.address));
      lost_ |= row.first == nullptr;
    }
  }
  phase_ = between;
}

void TwinMemory::see_second(bool second) {
  views_->see(views_->context, second);
  second_ = second;
}

bool TwinMemory::write(void* self, uint32_t address) {
  TwinMemory& twin = *static_cast<TwinMemory*>(self);
  if (!twin.second_ || twin.clock_ == nullptr) return twin.write_page(page_down(address));
  const uint64_t begin = twin.clock_();
  const bool again = twin.write_page(page_down(address));
  twin.keeping_ += twin.clock_() - begin;
  return again;
}

bool TwinMemory::write_page(uint32_t address) {
  if (address < low_ || address >= end_) return false;
  uint8_t* const bytes = memory_at(address);
  Row* const row = row_of(address);
  if (second_) {
    if (row == nullptr || row->second != nullptr) return false;
    row->second = take_copy(row->first != nullptr ? row->first : bytes);
    return row->second != nullptr && lead(true, address, row->second, true);
  }
  if (row != nullptr && phase_ == first) {
    row->second = take_copy(bytes);
    if (row->second != nullptr) lost_ |= !lead(true, address, row->second, true);
  } else if (row != nullptr) {
    row->first = take_copy(bytes);
    if (row->first != nullptr && row->second == nullptr) {
      lost_ |= !lead(true, address, row->first, false);
    }
  }
  return lead(false, address, bytes, true);
}

/// nullptr: there is no memory for one more.
TwinMemory::Row* TwinMemory::row_of(uint32_t address) {
  uint16_t& index = index_[(address - low_) / kPage];
  if (index == 0) {
    if (row_count_ == rows_.size) {
      lost_ = true;
      return nullptr;
    }
    rows_[row_count_++] = {address, nullptr, nullptr};
    index = static_cast<uint16_t>(row_count_);
  }
  return &rows_[index - 1];
}

uint8_t* TwinMemory::take() {
  if (taken_ == pool_.size) {
    lost_ = true;
    return nullptr;
  }
  uint8_t* const page = pool_.data + taken_;
  taken_ += kPage;
  return page;
}

uint8_t* TwinMemory::take_copy(uint8_t* of) {
  uint8_t* const page = take();
  if (page != nullptr) wide::copy(page, of, kPage);
  return page;
}

bool TwinMemory::is_same(Pace& pace) {
  bool same = true;
  for (uint32_t k = 0; same && k < row_count_; ++k) {
    const Row& row = rows_[k];
    const bool is_below = row.address >= end_ && row.address < stack_;
    if (row.second == nullptr || is_below) continue;
    const uint32_t from = row.address == stack_ ? pointer_ - stack_ : 0;
    uint8_t* const left = row.first != nullptr ? row.first : memory_at(row.address);
    same = wide::equal(row.second + from, left + from, kPage - from);
    pace.step(kStepsOfPage);
  }
  return same && !lost_;
}

void TwinMemory::end() {
  if (phase_ == idle) return;
  if (second_) see_second(false);
  views_->ask(views_->context, nullptr, nullptr);
  views_->open(views_->context, low_, end_);
  phase_ = idle;
}

}  // namespace jit
