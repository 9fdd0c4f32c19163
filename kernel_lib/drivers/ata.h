// Reads and writes the first ATA disk (primary channel, master) by programmed I/O: no interrupts,
// 28-bit sector numbers, so the first 128 GB.
//
// Protocol of use: read() and write() at any time; each waits for the drive, with a bound, and
// copies. What was written may be lost or reordered by a power cut until flush() has returned true.
// A channel with no drive behind it answers every port with ones and is found out at once.
//
// Source: ATA/ATAPI-6 (T13 1410D), sections 7 (registers) and 8.34 (READ SECTOR(S)), and there
// WRITE SECTOR(S) and FLUSH CACHE.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace kernel {

// Offsets from the channel's port base, 0x1F0.
enum class AtaReg : uint16_t {
  data = 0,
  sector_count = 2,  // 0 means 256
  lba_low = 3,
  lba_middle = 4,
  lba_high = 5,
  device = 6,
  status = 7,   // when read
  command = 7,  // when written
};

namespace ata {
inline constexpr uint8_t kError = 1 << 0, kDataRequest = 1 << 3, kDeviceFault = 1 << 5,
                         kBusy = 1 << 7;     // status
inline constexpr uint8_t kLbaMaster = 0xE0;  // device: LBA, drive 0, bits 24 to 27 of the sector
inline constexpr uint8_t kReadSectors = 0x20, kReadDmaExt = 0x25;  // command
inline constexpr uint8_t kWriteSectors = 0x30, kWriteDmaExt = 0x35;
inline constexpr uint8_t kFlushCache = 0xE7;
inline constexpr uint8_t kNobodyHome = 0xFF;  // what a read returns where no device answers
inline constexpr uint32_t kSectorBytes = 512, kMaxSectors = 256;  // of one command
inline constexpr uint32_t kLbaEnd = 1u << 28;
inline constexpr uint32_t kMaxPolls = 20'000'000;  // a second and more; a sector takes microseconds
}  // namespace ata

/// Bus offers `uint8_t read(AtaReg)`, `void write(AtaReg, uint8_t)` and `void read_data(void*,
/// uint32_t words)`, which takes words of four bytes from the data register; for write() also
/// `void write_data(const void*, uint32_t words)`. Where it has `void pause()`, that is called in
/// each turn of a wait loop: it lets others run.
template <class Bus>
class AtaDisk {
 public:
  explicit AtaDisk(Bus bus, uint32_t max_polls = ata::kMaxPolls)
      : bus_(bus), max_polls_(max_polls) {}

  /// Copies `count` sectors from `first` on. False where there is no drive, the range is beyond 28
  /// bits, or the drive reports an error or stays busy.
  bool read(uint32_t first, uint32_t count, void* to) {
    auto* bytes = static_cast<char*>(to);
    while (count > 0) {
      const uint32_t chunk = count < ata::kMaxSectors ? count : ata::kMaxSectors;
      if (!command(ata::kReadSectors, first, chunk)) return false;
      for (uint32_t i = 0; i < chunk; ++i, bytes += ata::kSectorBytes) {
        if (!wait_for_data()) return false;
        bus_.read_data(bytes, ata::kSectorBytes / 4);
      }
      first += chunk;
      count -= chunk;
    }
    return true;
  }

  /// Writes `count` sectors from `first` on. False as read(), and where the drive does not take the
  /// data; then any part of it may be on the disk.
  bool write(uint32_t first, uint32_t count, const void* from) {
    const auto* bytes = static_cast<const char*>(from);
    while (count > 0) {
      const uint32_t chunk = count < ata::kMaxSectors ? count : ata::kMaxSectors;
      if (!command(ata::kWriteSectors, first, chunk)) return false;
      for (uint32_t i = 0; i < chunk; ++i, bytes += ata::kSectorBytes) {
        if (!wait_for_data()) return false;
        bus_.write_data(bytes, ata::kSectorBytes / 4);
      }
      // The last sector is with the drive now; whether it took it, it says when it is idle.
      if (!succeeded()) return false;
      first += chunk;
      count -= chunk;
    }
    return true;
  }

  /// Waits until all that was written would survive a power cut. False where there is no drive, it
  /// reports an error or stays busy: then nothing is known about what was written since the last
  /// flush that succeeded.
  bool flush() {
    if (!ready()) return false;
    bus_.write(AtaReg::device, ata::kLbaMaster);
    bus_.write(AtaReg::command, ata::kFlushCache);
    return succeeded();
  }

  /// Gives a command about `count` sectors, at most 256, from `first` on. False where there is no
  /// drive, the range is beyond 28 bits, or the drive stays busy.
  bool command(uint8_t code, uint32_t first, uint32_t count) {
    if (first >= ata::kLbaEnd || count > ata::kLbaEnd - first || !ready()) return false;
    bus_.write(AtaReg::device, static_cast<uint8_t>(ata::kLbaMaster | first >> 24));
    write_place(first, count);
    bus_.write(AtaReg::command, code);
    return true;
  }

  /// The same for commands with 48-bit sector numbers ("EXT") and up to 65,535 sectors: the upper
  /// halves are written before the lower ones, to the same registers.
  bool command_ext(uint8_t code, uint32_t first, uint32_t count) {
    if (count > UINT32_MAX - first || count > 0xFFFF || !ready()) return false;
    bus_.write(AtaReg::device, ata::kLbaMaster);
    write_place(first >> 24, count >> 8);
    write_place(first, count);
    bus_.write(AtaReg::command, code);
    return true;
  }

  /// Whether the last command ended well.
  bool succeeded() {
    const uint8_t status = status_when_idle();
    return status != 0 && !(status & (ata::kBusy | ata::kError | ata::kDeviceFault));
  }

 private:
  bool ready() {
    return bus_.read(AtaReg::status) != ata::kNobodyHome && !(status_when_idle() & ata::kBusy);
  }

  void write_place(uint32_t first, uint32_t count) {
    bus_.write(AtaReg::sector_count, static_cast<uint8_t>(count));
    bus_.write(AtaReg::lba_low, static_cast<uint8_t>(first));
    bus_.write(AtaReg::lba_middle, static_cast<uint8_t>(first >> 8));
    bus_.write(AtaReg::lba_high, static_cast<uint8_t>(first >> 16));
  }

  /// The status once the drive is no longer busy; kBusy where it stays so. An error of the command
  /// before stays in the status until the next one is given.
  uint8_t status_when_idle() {
    for (uint32_t polls = 0; polls < max_polls_; ++polls) {
      const uint8_t status = bus_.read(AtaReg::status);
      if (!(status & ata::kBusy)) return status;
      pause();
    }
    return ata::kBusy;
  }

  /// Until the drive has a sector for us. A status of 0 is a channel with no drive selected.
  bool wait_for_data() {
    for (uint32_t polls = 0; polls < max_polls_; ++polls) {
      const uint8_t status = status_when_idle();
      if (status & (ata::kBusy | ata::kError | ata::kDeviceFault) || status == 0) return false;
      if (status & ata::kDataRequest) return true;
      pause();
    }
    return false;
  }

  void pause() {
    if constexpr (requires { bus_.pause(); }) bus_.pause();
  }

  Bus bus_;
  uint32_t max_polls_;
};

}  // namespace kernel
