// The machine's first ATA disk as a BlockDevice: by the bus master beside an IDE channel where
// there is one, else by programmed I/O.
#pragma once

#include "kernel/block_device.h"

namespace kernel {

class Disk final : public BlockDevice {
 public:
  /// Looks for the bus master. Whether there is a disk, the first read tells.
  Disk();
  /// Memory is where its physical address says, as it is without paging.
  bool read(uint32_t first, uint32_t count, void* to) override;
  bool write(uint32_t first, uint32_t count, const void* from) override;
  bool flush() override;

 private:
  bool has_master_;
  alignas(1024) unsigned char master_[2048];  // the driver, with a table that the device reads
};

}  // namespace kernel
