// The bus master beside an IDE channel: moves sectors to memory by itself, 4 MB a command, where
// programmed I/O takes one instruction for four bytes.
//
// Protocol of use: find() once; then read() and write() as with AtaDisk, which names drive and
// sectors. Where find() fails (another chipset, no PCI) those of AtaDisk still work.
//
// Sources: Intel 82371SB (PIIX3) data sheet, 290550, sections 2.5 (PCI configuration) and 2.7 (bus
// master registers); SFF-8038i 1.0.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "drivers/ata.h"

namespace kernel {

namespace pci {
inline constexpr unsigned kDevices = 32, kFunctions = 8;  // of a bus
inline constexpr uint32_t kNobodyHome = 0xFFFFFFFF;
// Configuration registers, in words of 32 bits.
inline constexpr uint8_t kIdentity = 0x00, kCommand = 0x04, kClass = 0x08, kBusMasterBase = 0x20;
inline constexpr uint32_t kIoEnable = 1 << 0, kBusMasterEnable = 1 << 2;  // command
inline constexpr uint32_t kIdeClass = 0x0101;                             // bits 16 to 31 of class
inline constexpr uint32_t kIsBusMaster = 1 << 15;  // class: bit 7 of the programming interface
}  // namespace pci

namespace bus_master {
// Offsets from the base; the primary channel's.
inline constexpr uint16_t kCommand = 0, kStatus = 2, kTable = 4;
inline constexpr uint8_t kStart = 1 << 0, kToMemory = 1 << 3;                // command
inline constexpr uint8_t kActive = 1 << 0, kError = 1 << 1, kDone = 1 << 2;  // status
inline constexpr uint32_t kBoundary = 64 * 1024;  // a piece of memory must not cross one
inline constexpr uint32_t kLast = 1u << 31;       // in the second word of the last piece
}  // namespace bus_master

/// Bus offers uint32_t config_read(device, function, reg) and void config_write(..., value) on PCI
/// bus 0; uint8_t in8(port), void out8(port, value), void out32(port, value); and void pause(),
/// which lets others run while this waits.
template <class Bus>
class BusMaster {
 public:
  explicit BusMaster(Bus bus, uint32_t max_polls = ata::kMaxPolls)
      : bus_(bus), max_polls_(max_polls) {}

  /// Looks for an IDE controller with a bus master on PCI bus 0, and switches it on.
  bool find() {
    for (unsigned device = 0; device < pci::kDevices; ++device) {
      for (unsigned function = 0; function < pci::kFunctions; ++function) {
        if (bus_.config_read(device, function, pci::kIdentity) == pci::kNobodyHome) continue;
        const uint32_t type = bus_.config_read(device, function, pci::kClass);
        if (type >> 16 != pci::kIdeClass || !(type & pci::kIsBusMaster)) continue;
        const uint32_t base = bus_.config_read(device, function, pci::kBusMasterBase);
        if (!(base & 1) || (base & 0xFFFC) == 0) continue;  // not in port space, or not set up
        base_ = static_cast<uint16_t>(base & 0xFFFC);
        const uint32_t command = bus_.config_read(device, function, pci::kCommand) & 0xFFFF;
        bus_.config_write(device, function, pci::kCommand,
                          command | pci::kIoEnable | pci::kBusMasterEnable);
        return true;
      }
    }
    return false;
  }

  /// Copies `count` sectors from `first` on to `to`, which is aligned to 4 and whose address is
  /// that in physical memory. False where drive or bus master reports an error or is not done in
  /// time.
  template <class Disk>
  bool read(Disk& disk, uint32_t first, uint32_t count, uintptr_t to) {
    return transfer(disk, ata::kReadDmaExt, bus_master::kToMemory, first, count, to);
  }

  /// Writes them from `from`, under the same conditions. Where it fails, any part of the data may
  /// be on the disk.
  template <class Disk>
  bool write(Disk& disk, uint32_t first, uint32_t count, uintptr_t from) {
    return transfer(disk, ata::kWriteDmaExt, 0, first, count, from);
  }

 private:
  template <class Disk>
  bool transfer(Disk& disk, uint8_t code, uint8_t direction, uint32_t first, uint32_t count,
                uintptr_t memory) {
    while (count > 0) {
      const uint32_t chunk = count < kMaxSectors ? count : kMaxSectors;
      fill_table(static_cast<uint32_t>(memory), chunk * ata::kSectorBytes);
      bus_.out8(base_ + bus_master::kCommand, direction);
      // Written ones clear what was left of the last command.
      bus_.out8(base_ + bus_master::kStatus, bus_master::kError | bus_master::kDone);
      bus_.out32(base_ + bus_master::kTable, static_cast<uint32_t>(table_address()));
      if (!disk.command_ext(code, first, chunk)) return false;
      bus_.out8(base_ + bus_master::kCommand, static_cast<uint8_t>(direction | bus_master::kStart));
      const bool done = wait();
      bus_.out8(base_ + bus_master::kCommand, direction);
      if (!done || !disk.succeeded()) return false;
      first += chunk;
      count -= chunk;
      memory += chunk * ata::kSectorBytes;
    }
    return true;
  }

  // Address and size of a piece; 0 means 64 KB. What starts anywhere takes one piece more.
  struct Piece {
    uint32_t address, size;
  };
  static constexpr uint32_t kMaxSectors = 8192;
  static constexpr unsigned kPieces = kMaxSectors * ata::kSectorBytes / bus_master::kBoundary + 1;

  [[nodiscard]] uintptr_t table_address() const { return reinterpret_cast<uintptr_t>(pieces_); }

  void fill_table(uint32_t address, uint32_t size) {
    Piece* piece = pieces_;
    for (;; ++piece) {
      const uint32_t room = bus_master::kBoundary - address % bus_master::kBoundary;
      const uint32_t part = size < room ? size : room;
      *piece = {address, part & 0xFFFF};
      address += part;
      size -= part;
      if (size == 0) break;
    }
    piece->size |= bus_master::kLast;
    asm volatile("" : : : "memory");  // the device reads the table
  }

  bool wait() {
    for (uint32_t polls = 0; polls < max_polls_; ++polls) {
      const uint8_t status = bus_.in8(base_ + bus_master::kStatus);
      if (status & bus_master::kError) return false;
      if (status & bus_master::kDone) return true;
      bus_.pause();
    }
    return false;
  }

  Bus bus_;
  uint32_t max_polls_;
  uint16_t base_ = 0;
  alignas(1024) Piece pieces_[kPieces] = {};  // within 1 KB, so across no boundary
};

}  // namespace kernel
