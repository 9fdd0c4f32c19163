#include "fw_cfg.h"
#include "kernel/cpu.h"

namespace x86 {
namespace {

constexpr uint16_t kDmaHighPort = 0x514, kDmaLowPort = 0x518;  // the second one starts it
constexpr uint16_t kFeaturesItem = 0x0001;
constexpr uint8_t kHasDma = 1 << 1;

constexpr uint32_t big_endian(uint32_t value) { return __builtin_bswap32(value); }

/// What the device reads from memory; big-endian.
struct DmaRequest {
  uint32_t control, length, address_high, address_low;
};
constexpr uint32_t kDmaError = 1 << 0, kDmaRead = 1 << 1, kDmaSelect = 1 << 3;

}  // namespace

bool read_fw_cfg_file(uint16_t selector, void* to, uint32_t size) {
  out16(kFwCfgSelector, kFeaturesItem);
  if (!(in8(kFwCfgData) & kHasDma)) {
    out16(kFwCfgSelector, selector);
    auto* bytes = static_cast<uint8_t*>(to);
    for (uint32_t i = 0; i < size; ++i) bytes[i] = in8(kFwCfgData);
    return true;
  }
  volatile DmaRequest request = {big_endian(uint32_t{selector} << 16 | kDmaSelect | kDmaRead),
                                 big_endian(size), 0, big_endian(reinterpret_cast<uint32_t>(to))};
  out32(kDmaHighPort, 0);
  out32(kDmaLowPort, big_endian(reinterpret_cast<uint32_t>(&request)));
  uint32_t control;
  do control = big_endian(request.control);
  while (control & ~kDmaError);
  return control == 0;
}

}  // namespace x86
