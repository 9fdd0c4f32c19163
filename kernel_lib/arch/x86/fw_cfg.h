// QEMU's fw_cfg device: named files that QEMU's command line hands to the guest.
//
// Source: QEMU docs/specs/fw_cfg.txt.
#pragma once

#include <stdint.h>

namespace x86 {

// The device's ports: a selector names an item, its bytes then come one by one; or by DMA.
inline constexpr uint16_t kFwCfgSelector = 0x510, kFwCfgData = 0x511;

/// The selector of the file of this name, and its size; 0 where fw_cfg is not there or has no such
/// file.
uint16_t find_fw_cfg_file(const char* name, uint32_t& size);

inline bool has_fw_cfg_file(const char* name) {
  uint32_t size;
  return find_fw_cfg_file(name, size) != 0;
}

/// Reads the first `size` bytes of a file. By DMA, all at once, where the device has it; byte by
/// byte where not. False where DMA reports an error.
bool read_fw_cfg_file(uint16_t selector, void* to, uint32_t size);

}  // namespace x86
