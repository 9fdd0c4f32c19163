// The ports of the first IDE channel and of PCI, as drivers/ata.h and drivers/bus_master.h want
// them.
#pragma once

#include <stdint.h>

#include "drivers/ata.h"
#include "kernel/cpu.h"

namespace x86 {

/// The registers of the first ATA channel.
struct PrimaryChannel {
  static constexpr uint16_t kPort = 0x1F0;
  static uint8_t read(kernel::AtaReg reg) { return in8(port(reg)); }
  static void write(kernel::AtaReg reg, uint8_t value) { out8(port(reg), value); }
  static void read_data(void* to, uint32_t words) {
    in32_many(port(kernel::AtaReg::data), to, words);
  }

 private:
  static constexpr uint16_t port(kernel::AtaReg reg) { return kPort + static_cast<uint16_t>(reg); }
};

/// PCI's configuration space by mechanism 1, and ports.
struct Pci {
  static constexpr uint16_t kAddressPort = 0xCF8, kDataPort = 0xCFC;
  static uint32_t config_read(unsigned device, unsigned function, uint8_t reg) {
    x86::out32(kAddressPort, address(device, function, reg));
    return x86::in32(kDataPort);
  }
  static void config_write(unsigned device, unsigned function, uint8_t reg, uint32_t value) {
    x86::out32(kAddressPort, address(device, function, reg));
    x86::out32(kDataPort, value);
  }
  static uint8_t in8(unsigned port) { return x86::in8(static_cast<uint16_t>(port)); }
  static void out8(unsigned port, uint8_t value) { x86::out8(static_cast<uint16_t>(port), value); }
  static void out32(unsigned port, uint32_t value) {
    x86::out32(static_cast<uint16_t>(port), value);
  }
  static void pause() { x86::pause(); }

 private:
  static uint32_t address(unsigned device, unsigned function, uint8_t reg) {
    return 0x80000000 | device << 11 | function << 8 | reg;
  }
};

/// The channel for who writes, too.
struct WritableChannel : PrimaryChannel {
  static void write_data(const void* from, uint32_t words) {
    out32_many(kPort + static_cast<uint16_t>(kernel::AtaReg::data), from, words);
  }
  static void pause() { x86::pause(); }
};

}  // namespace x86
