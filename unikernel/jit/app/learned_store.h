// What programs have learnt, on the machine's disk: one record a program, under a key of all that
// machine code depends on. docs/PERSISTENCE.md says what a power cut leaves of it.
#pragma once

#include "app/workplace.h"
#include "kernel/disk.h"
#include "kernel/store.h"

namespace jit::app {

/// What a boot knows of an earlier run of a program: that which had to learn all of it.
struct FirstRun {
  uint64_t first_text = 0, run = 0;  // ticks
};

class LearnedStore {
 public:
  /// Takes memory for it from the kernel's heap. `prepared` outlives this.
  LearnedStore(kernel::System& system, const Prepared& prepared);

  /// Reads the disk, and says what is there. What cannot be used is overwritten by keep(), but for
  /// what is no store, or a newer one. false, and a line says why: nothing can be kept.
  bool open();
  /// What was learnt of a program; empty: nothing. Good until the next keep().
  [[nodiscard]] Span<const uint8_t> find(uint32_t program, FirstRun& first) const;
  /// Where a run puts what it has learnt.
  [[nodiscard]] Span<uint8_t> room() const { return room_; }
  /// Makes the first `size` bytes of room() durable, if they are others than those that are kept,
  /// and says so. false, and a line says why: they are not.
  bool keep(uint32_t program, const FirstRun& first, uint32_t size);

 private:
  kernel::Console& out_;
  kernel::Disk disk_;
  kernel::StoreKey key_;
  Span<char> memory_;     // of the store
  Span<uint8_t> record_;  // of a program; room() is all behind its head
  Span<uint8_t> room_;
  kernel::Store store_;
};

}  // namespace jit::app
