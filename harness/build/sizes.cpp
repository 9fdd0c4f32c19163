#include "build/sizes.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <unistd.h>

#include <memory>

#include "base/error.h"
#include "model/image.h"

namespace harness {
namespace {

struct ElfCloser {
  void operator()(Elf* elf) const { elf_end(elf); }
};
using ElfHandle = std::unique_ptr<Elf, ElfCloser>;

struct File {
  explicit File(const std::filesystem::path& path)
      : descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor < 0) throw Error("cannot read '" + path.string() + "'");
  }
  ~File() { close(descriptor); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor;
};

void add_sections(Elf* elf, SectionBytes& sum) {
  for (Elf_Scn* section = elf_nextscn(elf, nullptr); section != nullptr;
       section = elf_nextscn(elf, section)) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr || (header.sh_flags & SHF_ALLOC) == 0) continue;
    (header.sh_type == SHT_NOBITS ? sum.zeroed : sum.loaded) += header.sh_size;
  }
}

std::optional<std::uint64_t> file_bytes(const std::filesystem::path& file) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (file.empty() || error) return std::nullopt;
  return size;
}

}  // namespace

SectionBytes section_bytes(const std::filesystem::path& path) {
  elf_version(EV_CURRENT);
  const File file(path);
  const ElfHandle outer(elf_begin(file.descriptor, ELF_C_READ, nullptr));
  if (outer == nullptr) throw Error("'" + path.string() + "': " + elf_errmsg(-1));
  SectionBytes sum;
  if (elf_kind(outer.get()) == ELF_K_ELF) {
    add_sections(outer.get(), sum);
  } else if (elf_kind(outer.get()) == ELF_K_AR) {
    Elf_Cmd command = ELF_C_READ;
    while (const ElfHandle member{elf_begin(file.descriptor, command, outer.get())}) {
      if (elf_kind(member.get()) == ELF_K_ELF) add_sections(member.get(), sum);
      command = elf_next(member.get());
    }
  } else {
    throw Error("'" + path.string() + "' is neither an ELF file nor an archive of them");
  }
  return sum;
}

Sizes measure_sizes(const Image& image) {
  Sizes sizes;
  sizes.disk = file_bytes(image.disk);
  std::filesystem::path elf = image.kernel;
  if (!image.manifest.empty()) {
    const Manifest manifest = read_manifest(image.manifest);
    elf = manifest.elf;
    if (!sizes.disk) sizes.disk = file_bytes(manifest.disk);
    sizes.archive = file_bytes(manifest.archive);
    sizes.library = section_bytes(manifest.archive).loaded;
    sizes.app = 0;
    for (const auto& object : manifest.app_objects) *sizes.app += section_bytes(object).loaded;
  }
  if (!elf.empty()) {
    try {
      const SectionBytes bytes = section_bytes(elf);
      sizes.loaded = bytes.loaded;
      sizes.bss = bytes.zeroed;
    } catch (const Error&) {
      // A directly booted kernel need not be an ELF file (a Linux bzImage is not): no sizes then.
      if (!image.manifest.empty()) throw;
    }
  }
  return sizes;
}

}  // namespace harness
