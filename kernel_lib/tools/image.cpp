#include "image.h"

#include <elf.h>

#include <wire/boot_data.h>
#include <wire/protocol.h>
#include <cstring>
#include <string>

namespace mkimage {
namespace {

constexpr std::uint32_t kImageAddress = 0x100000;
constexpr std::size_t kSignatureOffset = 4;
constexpr std::size_t kBootMark = 510, kSectorCount = 508;  // in the boot sector, 2 bytes each

/// A T at `offset`. Throws Error where the file ends before it does.
template <class T>
T read_at(const Bytes& bytes, std::size_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) {
    throw Error("the ELF file is cut off: link it again");
  }
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

Elf32_Phdr loadable_segment(const Bytes& elf) {
  const auto header = read_at<Elf32_Ehdr>(elf, 0);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS32 ||
      header.e_machine != EM_386) {
    throw Error("the kernel is not a 32-bit x86 ELF file: link it with add_unikernel");
  }
  Elf32_Phdr found{};
  unsigned loadable = 0;
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    const auto segment = read_at<Elf32_Phdr>(elf, header.e_phoff + i * sizeof(Elf32_Phdr));
    if (segment.p_type != PT_LOAD) continue;
    ++loadable;
    found = segment;
  }
  if (loadable != 1 || found.p_paddr != kImageAddress) {
    throw Error("the kernel has " + std::to_string(loadable) +
                " loadable segments, or not at 1 MB: link it with arch/x86/image.ld");
  }
  return found;
}

}  // namespace

Bytes flat_image(const Bytes& elf) {
  const Elf32_Phdr segment = loadable_segment(elf);
  if (segment.p_offset > elf.size() || elf.size() - segment.p_offset < segment.p_filesz) {
    throw Error("the ELF file is cut off: link it again");
  }
  const auto begin = elf.begin() + segment.p_offset;
  const Bytes flat(begin, begin + segment.p_filesz);
  if (read_at<std::uint32_t>(flat, kSignatureOffset) != wire::kImageSignature) {
    throw Error("the kernel has no FLUD signature at byte 4: link it with arch/x86/image.ld");
  }
  return flat;
}

Bytes without_multiboot(Bytes elf) {
  constexpr std::uint32_t kMagic = 0x1BADB002;
  constexpr std::size_t kSearched = 8192, kHeader = 12;  // Multiboot Specification 0.6.96, 3.1
  std::size_t found = 0, count = 0;
  for (std::size_t at = 0; at + kHeader <= elf.size() && at + kHeader <= kSearched; at += 4) {
    const auto magic = read_at<std::uint32_t>(elf, at);
    const auto flags = read_at<std::uint32_t>(elf, at + 4);
    const auto checksum = read_at<std::uint32_t>(elf, at + 8);
    if (magic != kMagic || magic + flags + checksum != 0) continue;
    found = at;
    ++count;
  }
  if (count != 1) {
    throw Error("the kernel has " + std::to_string(count) + " multiboot headers, not one");
  }
  std::memset(elf.data() + found, 0, kHeader);
  return elf;
}

Bytes disk_start(const Bytes& boot_sector, const Bytes& flat) {
  constexpr std::size_t kLimit = std::size_t{wire::kBootSectors} * wire::kSectorBytes;
  if (flat.size() > kLimit) {
    throw Error("the kernel is " + std::to_string(flat.size()) +
                " bytes, the boot sector loads at most " + std::to_string(kLimit) + " (" +
                std::to_string(wire::kBootSectors) + " sectors): make it smaller");
  }
  if (boot_sector.size() != wire::kSectorBytes || boot_sector[kBootMark] != 0x55 ||
      boot_sector[kBootMark + 1] != 0xAA) {
    throw Error("the boot sector is not 512 bytes that end in 55 AA");
  }
  const std::size_t sectors = (flat.size() + wire::kSectorBytes - 1) / wire::kSectorBytes;
  Bytes disk = boot_sector;
  disk[kSectorCount] = static_cast<std::uint8_t>(sectors);
  disk[kSectorCount + 1] = static_cast<std::uint8_t>(sectors >> 8);
  disk.insert(disk.end(), flat.begin(), flat.end());
  disk.resize((1 + sectors) * wire::kSectorBytes);
  return disk;
}

Bytes with_data(Bytes disk, const Bytes& data) {
  constexpr std::size_t kAt = std::size_t{wire::kDiskDataSector} * wire::kSectorBytes;
  if (disk.size() > kAt) throw Error("the kernel reaches into the sectors of its data");
  disk.resize(kAt);
  disk.insert(disk.end(), std::begin(wire::kDiskDataMagic), std::end(wire::kDiskDataMagic) - 1);
  std::uint64_t size = data.size();
  for (int i = 0; i < 8; ++i, size >>= 8) disk.push_back(static_cast<std::uint8_t>(size));
  disk.resize(kAt + wire::kSectorBytes);
  disk.insert(disk.end(), data.begin(), data.end());
  const std::size_t sectors = (disk.size() + wire::kSectorBytes - 1) / wire::kSectorBytes;
  disk.resize(sectors * wire::kSectorBytes);
  return disk;
}

}  // namespace mkimage
