// A disk as kernel/store.h needs one: sectors that are read, written, and made to stay.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace kernel {

inline constexpr uint32_t kBlockBytes = 512;

/// What was written may be lost, kept in part or kept in another order by a power cut, until
/// flush() has returned true. Each function waits with a bound, and returns false where the device
/// reports an error or is not done in time.
struct BlockDevice {
  /// `count` sectors from `first` on; memory is aligned to 4.
  virtual bool read(uint32_t first, uint32_t count, void* to) = 0;
  virtual bool write(uint32_t first, uint32_t count, const void* from) = 0;
  virtual bool flush() = 0;

 protected:
  ~BlockDevice() = default;
};

}  // namespace kernel
