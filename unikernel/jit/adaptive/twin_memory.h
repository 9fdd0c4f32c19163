// A program's memory for two runs of one call, of which the second may be long over due: the first
// run changes the memory and the program goes on with it, while the second one, some at a time,
// begins with what the first one found. At its end both must have left the same.
//
// Nothing is copied ahead but the stack that is in use. Pages of globals cannot be written, and are
// copied when something does: by the first run, what was there goes to the second; by the program
// behind it, what the first run has left is kept to be compared; by the second, it gets a page of
// its own. So a step is a page, and what a trial costs is what the call changes.
#pragma once

#include "interpreter/protection.h"
#include "support/pace.h"

namespace jit {

class TwinMemory {
 public:
  /// Views that outlive this, and memory for pages that are copied, which does, too. false: it is
  /// too little.
  bool use(const Views& views, Span<uint8_t> pool, uint64_t (*clock)() = nullptr);
  [[nodiscard]] bool is_usable() const { return views_ != nullptr; }

  /// From here on the first run changes the memory of `state`, whose stack pointer is that of the
  /// call. false: it does not fit, and nothing has begun.
  bool begin(const State& state);
  /// The first run is over, and the program goes on.
  void end_first();
  /// Which memory is seen. For callers whose stack is not the program's.
  void see_second(bool second);
  /// The second run is over: whether both have left the same. Not while the second is seen.
  [[nodiscard]] bool is_same(Pace& pace);
  /// The memory is the program's alone again.
  void end();

  /// There were too few pages, and nothing of the second memory can be believed.
  [[nodiscard]] bool is_lost() const { return lost_; }
  /// Ticks that keeping pages has taken of the second run, by the clock of use().
  [[nodiscard]] uint64_t keeping() const { return keeping_; }
  /// How far down the second run's stack may go.
  [[nodiscard]] uint32_t stack_low() const { return lowest_; }

 private:
  static constexpr uint32_t kPage = Views::kPage;
  struct Row {  // a page that is not the same in both, or not at all times
    uint32_t address;
    uint8_t* second;  // the second run's own; nullptr: it has none
    uint8_t* first;   // as the first run left it; nullptr: as it is
  };
  static uint8_t* memory_at(uint32_t address) {
    return reinterpret_cast<uint8_t*>(static_cast<uintptr_t>(address));
  }
  static bool write(void* self, uint32_t address);
  bool write_page(uint32_t address);
  bool lead(bool second, uint32_t address, uint8_t* bytes, bool writable) {
    return views_->lead(views_->context, second, address, bytes, writable);
  }
  bool share_out(const State& state);
  bool take_stack();
  Row* row_of(uint32_t address);
  uint8_t* take();
  uint8_t* take_copy(uint8_t* of);

  const Views* views_ = nullptr;
  uint64_t (*clock_)() = nullptr;
  uint64_t keeping_ = 0;
  Span<uint8_t> pool_;    // of whole pages
  Span<Row> rows_;        // at most one a page of the pool
  Span<uint16_t> index_;  // by page of the globals: its row, and one more
  uint32_t taken_ = 0, row_count_ = 0;
  // Of the program's memory: globals from low_ to end_, stack from stack_ to high_, below that what
  // the second run has for itself.
  uint32_t low_ = 0, end_ = 0, lowest_ = 0, stack_ = 0, high_ = 0, pointer_ = 0;
  enum : uint8_t { idle, first, between } phase_ = idle;
  bool second_ = false;  // is seen
  bool lost_ = false;
};

}  // namespace jit
