#include "kernel/disk.h"

#include <stdint.h>

#include "drivers/ata.h"
#include "drivers/bus_master.h"
#include "ide_ports.h"

namespace kernel {
namespace {

using WritableDisk = AtaDisk<x86::WritableChannel>;
using Master = BusMaster<x86::Pci>;

/// The driver in memory of the disk's own. The placement form of `new` is not declared here.
Master& master_in(unsigned char* memory) { return *reinterpret_cast<Master*>(memory); }

}  // namespace

Disk::Disk() {
  static_assert(sizeof(Master) <= sizeof master_ && alignof(Master) <= 1024);
  const Master made{x86::Pci{}};
  __builtin_memcpy(master_, &made, sizeof made);
  has_master_ = master_in(master_).find();
}

bool Disk::read(uint32_t first, uint32_t count, void* to) {
  WritableDisk disk{x86::WritableChannel{}};
  return has_master_ ? master_in(master_).read(disk, first, count, reinterpret_cast<uintptr_t>(to))
                     : disk.read(first, count, to);
}

bool Disk::write(uint32_t first, uint32_t count, const void* from) {
  WritableDisk disk{x86::WritableChannel{}};
  return has_master_
             ? master_in(master_).write(disk, first, count, reinterpret_cast<uintptr_t>(from))
             : disk.write(first, count, from);
}

bool Disk::flush() { return WritableDisk{x86::WritableChannel{}}.flush(); }

}  // namespace kernel
