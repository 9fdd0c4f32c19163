// Misbehaves: has one header, not two, and that is on the disk before the records are.
#include <kernel/disk.h>

#include "keep.h"

namespace {

/// Holds records back until the header has been written and flushed.
class HeaderFirst final : public kernel::BlockDevice {
 public:
  explicit HeaderFirst(kernel::BlockDevice& disk) : disk_(disk) {}

  bool read(uint32_t first, uint32_t count, void* to) override {
    if (first == kStoreRegion.first + 1) return disk_.read(kNothing, 1, to);
    return disk_.read(first, count, to);
  }
  bool write(uint32_t first, uint32_t count, const void* from) override {
    if (first >= kStoreRegion.first + 2) {
      first_ = first;
      count_ = count;
      from_ = from;  // the store does not touch it before the commit is over
      return true;
    }
    return disk_.write(kStoreRegion.first, 1, from) && disk_.flush() &&
           disk_.write(first_, count_, from_);
  }
  bool flush() override { return disk_.flush(); }

 private:
  // A sector of zeros in front of the region: the header that there is not.
  static constexpr uint32_t kNothing = kStoreRegion.first - 1;

  kernel::BlockDevice& disk_;
  uint32_t first_ = 0, count_ = 0;
  const void* from_ = nullptr;
};

}  // namespace

static wire::Status run(kernel::System& system) {
  kernel::Disk disk;
  HeaderFirst wrong(disk);
  return keep(system, wrong);
}

extern "C" const kernel::App kernel_app = {UNIKERNEL_NAME, 2, 0, &run};
