// Misbehaves: what is written is never flushed.
#include <kernel/disk.h>

#include "keep.h"

namespace {

class NeverFlushes final : public kernel::BlockDevice {
 public:
  explicit NeverFlushes(kernel::BlockDevice& disk) : disk_(disk) {}

  bool read(uint32_t first, uint32_t count, void* to) override {
    return disk_.read(first, count, to);
  }
  bool write(uint32_t first, uint32_t count, const void* from) override {
    return disk_.write(first, count, from);
  }
  bool flush() override { return true; }

 private:
  kernel::BlockDevice& disk_;
};

}  // namespace

static wire::Status run(kernel::System& system) {
  kernel::Disk disk;
  NeverFlushes wrong(disk);
  return keep(system, wrong);
}

extern "C" const kernel::App kernel_app = {UNIKERNEL_NAME, 2, 0, &run};
