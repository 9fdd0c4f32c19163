#include "onboarding/elf_kind.h"

#include <algorithm>

#include "base/bytes.h"
#include "build/file_form.h"

namespace harness::onboarding {
namespace {

struct Machine {
  std::uint64_t number;  // e_machine
  bool wide;             // ELFCLASS64
  std::string_view arch, name;
};
constexpr Machine kMachines[] = {
    {3, false, "x86_64", "32-bit x86"},      {62, true, "x86_64", "64-bit x86"},
    {40, false, "arm", "32-bit ARM"},        {183, true, "aarch64", "64-bit ARM"},
    {243, true, "riscv64", "64-bit RISC-V"},
};

constexpr std::uint64_t kInterpreter = 3, kNote = 4;  // types of program headers
constexpr std::uint64_t kObjectFile = 1;              // e_type: ET_REL
constexpr std::uint64_t kMaxHeaders = 64;
constexpr std::size_t kMaxNotesLength = 64 << 10;

/// What the program headers tell.
struct Segments {
  bool interpreted = false;  // a program that an operating system loads
  bool pvh = false;
};

/// A note of the owner "Xen" and the type 18 holds the address where PVH enters.
bool has_pvh_note(std::string_view notes) {
  const auto padded = [](std::uint64_t size) { return (size + 3) / 4 * 4; };
  for (std::uint64_t at = 0; at + 12 <= notes.size();) {
    const std::uint64_t name = number_at(notes, at, 4), content = number_at(notes, at + 4, 4);
    if (number_at(notes, at + 8, 4) == 18 && name == 4 &&
        stands_at(notes, static_cast<std::size_t>(at) + 12, "Xen")) {
      return true;
    }
    at += 12 + padded(name) + padded(content);
  }
  return false;
}

Segments read_segments(std::string_view head, bool wide, const ReadAt& read) {
  Segments found;
  const std::uint64_t table = number_at(head, wide ? 32 : 28, wide ? 8 : 4);
  const std::uint64_t size = number_at(head, wide ? 54 : 42, 2);
  const std::uint64_t count = std::min(number_at(head, wide ? 56 : 44, 2), kMaxHeaders);
  for (std::uint64_t i = 0; i < count && size >= (wide ? 56u : 32u); ++i) {
    const std::string entry = read(table + i * size, wide ? 56 : 32);
    const std::uint64_t type = number_at(entry, 0, 4);
    if (type == kInterpreter) found.interpreted = true;
    if (type != kNote) continue;
    const std::uint64_t offset = number_at(entry, wide ? 8 : 4, wide ? 8 : 4);
    const std::uint64_t bytes = number_at(entry, wide ? 32 : 16, wide ? 8 : 4);
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, kMaxNotesLength));
    found.pvh |= has_pvh_note(read(offset, most));
  }
  return found;
}

bool has_multiboot2_header(std::string_view head) {
  const std::size_t end = std::min<std::size_t>(head.size(), 32768);
  for (std::size_t at = 0; at + 16 <= end; at += 8) {
    if (number_at(head, at, 4) == 0xE85250D6) return true;
  }
  return false;
}

/// x86: QEMU takes multiboot and PVH, and nothing else of ELF.
void judge_x86(const Machine& machine, std::string_view head, const Segments& segments,
               IdentifiedImage& kind) {
  const bool multiboot = has_multiboot_header(head);
  if (const UnusableFile* fault = unusable_pc_kernel(head)) {
    kind.what = fault->what;
    kind.refusal = fault->why;
    kind.next_step = fault->next_step;
    return;
  }
  if (multiboot || segments.pvh) {
    kind.what = "ELF kernel (" + std::string(multiboot ? "multiboot" : "") +
                (multiboot && segments.pvh ? " and " : "") + (segments.pvh ? "PVH" : "") + ", " +
                std::string(machine.name) + ")";
    return;
  }
  if (segments.interpreted) {
    kind.refusal = "it is a program for an operating system, not a kernel";
    kind.next_step = "name the image that holds the kernel";
  } else if (has_multiboot2_header(head)) {
    kind.refusal = "it is a multiboot2 kernel, which QEMU does not load by itself";
    kind.next_step = "put it on an ISO image with a boot loader (grub-mkrescue), and name that";
  } else {
    kind.refusal = "it has neither a multiboot header nor a PVH note, so QEMU cannot enter it";
    kind.next_step = "add one of them, or name a disk image with its boot loader";
  }
}

}  // namespace

IdentifiedImage identify_elf(std::string_view head, const ReadAt& read) {
  const bool wide = head.size() > 4 && head[4] == 2;
  const bool little = head.size() > 5 && head[5] == 1;
  const std::uint64_t number = number_at(head, 18, 2);
  const auto* machine = std::ranges::find_if(kMachines, [&](const Machine& one) {
    return one.number == number && one.wide == wide && little;
  });
  IdentifiedImage kind{.kind = ImageKind::kernel, .arch = "", .what = "ELF file"};
  if (head.size() < (wide ? 64 : 52)) {
    kind.refusal = "it is an ELF file that ends in its header";
    kind.next_step = "build it again: it was not written to its end";
    return kind;
  }
  if (little && number_at(head, 16, 2) == kObjectFile) {
    kind.refusal = "it is an object file, which has not been linked";
    kind.next_step = "link it, and name the kernel";
    return kind;
  }
  if (machine == std::end(kMachines)) {
    kind.refusal = "it is an ELF file for a processor that is not known here";
    kind.next_step = "known are i386, x86_64, arm, aarch64 and riscv64";
    return kind;
  }
  kind.arch = machine->arch;
  kind.what = "ELF kernel (" + std::string(machine->name) + ")";
  const Segments segments = read_segments(head, wide, read);
  if (machine->arch == "x86_64") {
    judge_x86(*machine, head, segments, kind);
  } else if (segments.interpreted) {
    kind.refusal = "it is a program for an operating system, not a kernel";
    kind.next_step = "name the image that holds the kernel";
  }
  return kind;
}

}  // namespace harness::onboarding
