#include "build/sizes.h"

#include "base/error.h"
#include "elf/elf_file.h"
#include "model/image.h"

namespace harness {
namespace {

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
  const ElfFile file(path);
  if (file.get() == nullptr) throw Error("'" + path.string() + "': " + elf_errmsg(-1));
  SectionBytes sum;
  if (elf_kind(file.get()) == ELF_K_ELF) {
    add_sections(file.get(), sum);
  } else if (elf_kind(file.get()) == ELF_K_AR) {
    file.for_each_member([&](Elf* member) {
      if (elf_kind(member) == ELF_K_ELF) add_sections(member, sum);
    });
  } else {
    throw Error("'" + path.string() + "' is neither an ELF file nor an archive of them");
  }
  return sum;
}

Sizes measure_sizes(const Image& image) {
  Sizes sizes;
  if (image.booted() == image.disk) sizes.disk = file_bytes(image.disk);
  std::filesystem::path elf = image.kernel;
  if (!image.manifest.empty()) {
    const Manifest manifest = read_manifest(image.manifest);
    elf = manifest.elf;
    if (!sizes.disk && !manifest.disk.empty()) sizes.disk = file_bytes(manifest.disk);
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
