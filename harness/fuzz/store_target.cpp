// A store (kernel_lib/store) on a disk of any bytes: it opens or refuses, and goes on from there.
#include <array>
#include <cstring>
#include <vector>

#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "kernel/store.h"

namespace harness::fuzz {
namespace {

constexpr kernel::StoreRegion kRegion{.first = 0, .sectors = 8};
constexpr kernel::StoreKey kKey{{1}};

struct BytesDisk final : kernel::BlockDevice {
  std::array<std::uint8_t, kRegion.sectors * kernel::kBlockBytes> bytes = {};

  bool read(std::uint32_t first, std::uint32_t count, void* to) override {
    require(first + count <= kRegion.sectors, "nothing outside the region is read");
    std::memcpy(to, bytes.data() + first * kernel::kBlockBytes, count * kernel::kBlockBytes);
    return true;
  }
  bool write(std::uint32_t first, std::uint32_t count, const void* from) override {
    require(first + count <= kRegion.sectors, "nothing outside the region is written");
    std::memcpy(bytes.data() + first * kernel::kBlockBytes, from, count * kernel::kBlockBytes);
    return true;
  }
  bool flush() override { return true; }
};

/// The bytes as a disk, with the checksums of headers put right, or no input would pass them.
BytesDisk disk_of(const std::uint8_t* data, std::size_t size, bool right_checksums) {
  BytesDisk disk;
  std::memcpy(disk.bytes.data(), data, std::min(size, disk.bytes.size()));
  for (std::size_t slot = 0; slot < 2 && right_checksums; ++slot) {
    std::uint8_t* header = disk.bytes.data() + slot * kernel::kBlockBytes;
    wire::Crc32 sum;
    sum.add(reinterpret_cast<const char*>(header), 508);
    const std::uint32_t value = sum.value();
    std::memcpy(header + 508, &value, sizeof value);
  }
  return disk;
}

}  // namespace

int fuzz_store(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  BytesDisk disk = disk_of(data + 1, size - 1, (data[0] & 1) != 0);
  std::vector<std::uint32_t> memory(kernel::Store::memory_for(kRegion) / 4);
  kernel::Store store(disk, kRegion, kKey, memory.data());
  const kernel::StoreOpened opened = store.open();
  kernel::StoreRecord record;
  std::uint32_t records = 0;
  for (std::uint32_t at = 0; store.next(at, record);) {
    ++records;
    const auto* begin = reinterpret_cast<const std::uint8_t*>(memory.data());
    require(record.bytes >= begin && record.bytes + record.size <= begin + store.used(),
            "a record lies in the log");
  }
  require(records == opened.records, "as many records as were announced");
  require(opened.refusal == kernel::StoreRefusal::none || records == 0,
          "what is refused is not used");

  store.take_over();
  const kernel::StoreStatus put = store.put(9, 9, "kept", 4);
  if (put == kernel::StoreStatus::full) return 0;
  require(put == kernel::StoreStatus::ok, "a store goes on whatever it found");
  require(store.commit() == kernel::StoreStatus::ok, "and commits");
  kernel::Store again(disk, kRegion, kKey, memory.data());
  require(again.open().refusal == kernel::StoreRefusal::none, "what was committed is found");
  require(again.find(9, 9, record) && record.size == 4 && std::memcmp(record.bytes, "kept", 4) == 0,
          "as it was");
  return 0;
}

}  // namespace harness::fuzz
