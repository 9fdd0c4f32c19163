#include "timeline/floor_guest.h"

#include <elf.h>

#include <cstdint>
#include <cstring>

#include <wire/protocol.h>

namespace harness::timeline {
namespace {

constexpr std::uint32_t kMultibootMagic = 0x1BADB002;
constexpr std::size_t kMultibootSearch = 8192;
constexpr std::uint32_t kLoadAddress = 0x100000;
constexpr std::size_t kDiskBytes = 64 << 10, kSectorBytes = wire::kSectorBytes;

// The same in 16 and in 32 bit mode: mov al, pass; out 0xf4, al; jmp $
constexpr unsigned char kCode[] = {
    0xB0, static_cast<unsigned char>(wire::Exit::pass), 0xE6, wire::kDebugExitPort, 0xEB, 0xFE};

template <class T>
void put(std::string& to, std::size_t at, const T& value) {
  std::memcpy(to.data() + at, &value, sizeof value);
}

std::string disk() {
  std::string image(kDiskBytes, '\0');
  put(image, 0, kCode);
  put(image, kSectorBytes - 2, std::uint16_t{0xAA55});
  return image;
}

/// One segment that holds the whole file, and a note that names the PVH entry (Xen,
/// docs/misc/pvh.pandoc). QEMU takes multiboot where it finds both, so only one is there.
std::string kernel(bool multiboot) {
  constexpr std::size_t kHeader = 0x80, kNote = 0x90, kEntry = 0xB0;
  constexpr std::size_t kSize = kEntry + sizeof kCode;
  constexpr std::uint32_t kNoteWords[] = {4, 4, 18};  // name, value, XEN_ELFNOTE_PHYS32_ENTRY
  std::string file(kSize, '\0');

  Elf32_Ehdr elf{};
  std::memcpy(elf.e_ident, ELFMAG, SELFMAG);
  elf.e_ident[EI_CLASS] = ELFCLASS32;
  elf.e_ident[EI_DATA] = ELFDATA2LSB;
  elf.e_ident[EI_VERSION] = EV_CURRENT;
  elf.e_type = ET_EXEC;
  elf.e_machine = EM_386;
  elf.e_version = EV_CURRENT;
  elf.e_entry = kLoadAddress + kEntry;
  elf.e_phoff = sizeof elf;
  elf.e_ehsize = sizeof elf;
  elf.e_phentsize = sizeof(Elf32_Phdr);
  elf.e_phnum = 2;
  put(file, 0, elf);

  Elf32_Phdr load{};
  load.p_type = PT_LOAD;
  load.p_vaddr = load.p_paddr = kLoadAddress;
  load.p_filesz = load.p_memsz = kSize;
  load.p_flags = PF_R | PF_X;
  put(file, sizeof elf, load);
  Elf32_Phdr note{};
  note.p_type = PT_NOTE;
  note.p_offset = kNote;
  note.p_vaddr = note.p_paddr = kLoadAddress + kNote;
  note.p_filesz = note.p_memsz = kEntry - kNote;
  note.p_align = sizeof(std::uint32_t);  // QEMU rounds the lengths in the note up to it
  put(file, sizeof elf + sizeof load, note);
  static_assert(sizeof elf + sizeof load + sizeof note <= kHeader);

  if (multiboot) {
    put(file, kHeader, kMultibootMagic);
    put(file, kHeader + 8, 0 - kMultibootMagic);  // the checksum; no flags between
  }
  put(file, kNote, kNoteWords);
  put(file, kNote + sizeof kNoteWords, std::uint32_t{0x006E6558});  // "Xen"
  put(file, kNote + sizeof kNoteWords + 4, std::uint32_t{kLoadAddress + kEntry});
  put(file, kEntry, kCode);
  return file;
}

}  // namespace

Entry entry_of_kernel(std::string_view file) {
  const std::string_view head = file.substr(0, kMultibootSearch);
  for (std::size_t at = 0; at + 12 <= head.size(); at += 4) {
    std::uint32_t words[3];
    std::memcpy(words, head.data() + at, sizeof words);
    if (words[0] == kMultibootMagic && words[0] + words[1] + words[2] == 0) return Entry::multiboot;
  }
  return Entry::pvh;
}

std::string floor_guest(Entry entry) {
  return entry == Entry::boot_sector ? disk() : kernel(entry == Entry::multiboot);
}

}  // namespace harness::timeline
