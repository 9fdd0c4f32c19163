// A disk in memory for tests of the store, which remembers what was written and flushed.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "kernel/block_device.h"

namespace kernel {

using Sector = std::array<std::uint8_t, kBlockBytes>;

struct MemoryDisk final : BlockDevice {
  /// One sector written, or a flush.
  struct Event {
    bool flush = false;
    std::uint32_t sector = 0;
    Sector bytes = {};
  };
  explicit MemoryDisk(std::uint32_t size) : sectors(size), writes(size) {}

  bool read(std::uint32_t first, std::uint32_t count, void* to) override {
    if (fails || first + count > sectors.size()) return false;
    std::memcpy(to, sectors[first].data(), std::size_t{count} * kBlockBytes);
    return true;
  }
  bool write(std::uint32_t first, std::uint32_t count, const void* from) override {
    if (fails || first + count > sectors.size()) return false;
    for (std::uint32_t i = 0; i < count; ++i) {
      Sector& sector = sectors[first + i];
      std::memcpy(sector.data(), static_cast<const char*>(from) + i * kBlockBytes, kBlockBytes);
      ++writes[first + i];
      if (remembers) events.push_back({.sector = first + i, .bytes = sector});
    }
    return true;
  }
  bool flush() override {
    if (fails) return false;
    if (remembers) events.push_back({.flush = true});
    return true;
  }

  std::vector<Sector> sectors;
  std::vector<unsigned> writes;  // of each sector
  std::vector<Event> events;
  bool remembers = true;  // events
  bool fails = false;     // every command from now on
};

}  // namespace kernel
