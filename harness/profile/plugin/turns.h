// Turns of repeated string instructions. Each is counted when it begins; one that QEMU tries again
// was counted already, and has not made all accesses that it was to make:
//   a store into its own block   it begins again at once
//   a page that was away         a handler began right behind it, and has returned just now
// The last turn, which finds nothing left to do, makes none either; behind it the guest goes
// on. Pure; knows neither QEMU nor the counters.
#pragma once

#include <cstddef>
#include <cstdint>

namespace harness::plugin {

class Turns {
 public:
  /// A turn of the instruction at `address` begins, and `total` instructions are counted. Whether
  /// it is one that was counted before; where not, counted() must follow.
  [[nodiscard]] bool is_tried_again(std::uint64_t address, std::uint64_t total) {
    Turn& turn = turn_at(address);
    if (turn.address != address || turn.is_done()) return false;
    if (turn.total != total && !(turn.faulted && returned_ == total)) return false;
    turn.total = total;
    turn.faulted = false;
    latest_ = &turn;
    return true;
  }
  /// It is counted, `total` with it, and is done after so many accesses to memory.
  void counted(std::uint64_t address, std::uint64_t total, std::uint32_t accesses) {
    Turn& turn = turn_at(address);
    turn = {address, total, 0, accesses, false};
    latest_ = &turn;
  }
  /// Where the accesses of the instruction at `address` are counted, one by one, as they are made.
  [[nodiscard]] std::uint64_t& accesses_at(std::uint64_t address) { return turn_at(address).made; }
  /// A function begins; of a turn that was counted just now, that is the handler of its fault.
  void entered(std::uint64_t total) {
    if (latest_ != nullptr && !latest_->is_done() && latest_->total == total)
      latest_->faulted = true;
  }
  /// A trap returns, after which `total` instructions are counted.
  void trap_returned(std::uint64_t total) { returned_ = total; }

 private:
  struct Turn {
    std::uint64_t address, total;
    std::uint64_t made;  // accesses
    std::uint32_t wanted;
    bool faulted;
    [[nodiscard]] bool is_done() const { return made >= wanted; }
  };
  /// Those of addresses that share a place are not told apart from new ones.
  Turn& turn_at(std::uint64_t address) { return turns_[address % kTurns]; }

  static constexpr std::size_t kTurns = 509;
  Turn turns_[kTurns] = {};
  Turn* latest_ = nullptr;
  std::uint64_t returned_ = UINT64_MAX;
};

}  // namespace harness::plugin
