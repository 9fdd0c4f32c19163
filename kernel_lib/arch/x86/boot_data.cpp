#include "kernel/boot_data.h"

#include <wire/boot_data.h>
#include <wire/protocol.h>

#include "drivers/ata.h"
#include "drivers/bus_master.h"
#include "entry_record.h"
#include "free_memory.h"
#include "fw_cfg.h"
#include "ide_ports.h"
#include "kernel/cpu.h"
#include "loader_info.h"

namespace kernel {
namespace {

// The drivers are made of types of this file, so that the compiler knows all who call them.
struct Channel : x86::PrimaryChannel {};
struct Pci : x86::Pci {};

/// Without paging an address is that in physical memory.
bool read_disk(uint32_t first, uint32_t sectors, void* to) {
  AtaDisk disk(Channel{});
  BusMaster master(Pci{});
  return master.find() ? master.read(disk, first, sectors, reinterpret_cast<uintptr_t>(to))
                       : disk.read(first, sectors, to);
}

wire::BootPath path() { return static_cast<wire::BootPath>(x86::entry_record().path); }

/// Where the loader put the first module, if there is one.
x86::Range module() {
  const uint32_t info = x86::entry_record().info;
  if (path() == wire::BootPath::multiboot) {
    const auto& loader = x86::at_address<x86::MultibootInfo>(info);
    if (!(loader.flags & x86::MultibootInfo::kHasModules) || loader.module_count == 0) return {};
    const auto& first = x86::at_address<x86::MultibootModule>(loader.modules);
    return {first.begin, first.end};
  }
  if (path() == wire::BootPath::pvh) {
    const auto& loader = x86::at_address<x86::PvhStartInfo>(info);
    if (loader.magic != x86::kPvhMagic || loader.module_count == 0) return {};
    if (loader.modules > UINT32_MAX) return {};
    const auto& first = x86::at_address<x86::PvhModule>(loader.modules);
    if (first.address > UINT32_MAX || first.size > UINT32_MAX) return {};
    return {first.address, first.address + first.size};
  }
  return {};
}

x86::Range largest_range(uint64_t from) {
  const uint32_t info = x86::entry_record().info;
  switch (path()) {
    case wire::BootPath::disk: {
      const x86::MapBytes map = x86::e820_map(info);
      return x86::largest_in_e820(map.bytes, map.size, from);
    }
    case wire::BootPath::multiboot: {
      const x86::MapBytes map = x86::multiboot_map(info);
      return x86::largest_in_multiboot(map.bytes, map.size, from);
    }
    case wire::BootPath::pvh: {
      const x86::MapBytes map = x86::pvh_map(info);
      return x86::largest_in_pvh(map.bytes, map.size, from);
    }
  }
  return {};
}

BootData disk_data() {
  alignas(4) static uint8_t sector[wire::kSectorBytes];
  if (!read_disk(wire::kDiskDataSector, 1, sector)) return {};
  for (unsigned i = 0; i < sizeof wire::kDiskDataMagic - 1; ++i) {
    if (sector[i] != static_cast<uint8_t>(wire::kDiskDataMagic[i])) return {};
  }
  uint64_t size = 0;
  for (unsigned i = 8; i-- > 0;) size = size << 8 | sector[8 + i];
  if (size > uint64_t{ata::kLbaEnd} * wire::kSectorBytes) return {};
  return {DataSource::disk, size, nullptr, 0};
}

}  // namespace

Region free_memory() {
  constexpr uint64_t kPage = 4096;
  const uint64_t from = reinterpret_cast<uintptr_t>(x86::bss_end);
  const x86::Range range = x86::without(largest_range(from), module());
  const uint64_t begin = (range.begin + kPage - 1) / kPage * kPage;
  const uint64_t end = range.end / kPage * kPage;
  if (range.size() == 0 || end <= begin) return {};
  return {static_cast<uintptr_t>(begin), static_cast<size_t>(end - begin)};
}

BootData find_boot_data() {
  if (const x86::Range range = module(); range.size() != 0) {
    return {DataSource::module, range.size(), &x86::at_address<uint8_t>(range.begin), 0};
  }
  uint32_t size = 0;
  if (const uint16_t selector = x86::find_fw_cfg_file(wire::kDataFile, size); selector != 0) {
    return {DataSource::fw_cfg, size, nullptr, selector};
  }
  return disk_data();
}

bool read_boot_data(const BootData& data, void* to) {
  const auto size = static_cast<uint32_t>(data.size);
  switch (data.source) {
    case DataSource::module: {
      const auto* from = static_cast<const uint8_t*>(data.address);
      auto* bytes = static_cast<uint8_t*>(to);
      for (uint32_t i = 0; i < size; ++i) bytes[i] = from[i];
      return true;
    }
    case DataSource::fw_cfg:
      return x86::read_fw_cfg_file(static_cast<uint16_t>(data.handle), to, size);
    case DataSource::disk: {
      const uint32_t sectors = (size + wire::kSectorBytes - 1) / wire::kSectorBytes;
      return read_disk(wire::kDiskDataSector + 1, sectors, to);
    }
    case DataSource::none:
      break;
  }
  return false;
}

size_t read_boot_text(const char* name, char* to, size_t room) {
  uint32_t size = 0;
  const uint16_t selector = x86::find_fw_cfg_file(name, size);
  if (selector == 0) return 0;
  if (size > room) size = static_cast<uint32_t>(room);
  return x86::read_fw_cfg_file(selector, to, size) ? size : 0;
}

}  // namespace kernel
