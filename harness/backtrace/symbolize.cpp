#include "backtrace/symbolize.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

#include "backtrace/crash_text.h"
#include "backtrace/source_units.h"
#include "base/error.h"
#include "base/near_path.h"
#include "disassembly/disassembler.h"
#include "elf/code_bytes.h"
#include "profile/elf_symbols.h"
#include "profile/source_lines.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxInstruction = 15;  // bytes, Intel SDM volume 2, 2.3.11

/// An image that can be asked for its addresses.
class SymbolFile {
 public:
  /// Throws Error.
  explicit SymbolFile(const fs::path& file)
      : elf_(opened(file)), code_(profile::read_elf_code(elf_, file)), lines_(elf_), units_(elf_) {}

  [[nodiscard]] const profile::ElfFunction* function_at(std::uint64_t address) const {
    const auto behind =
        std::ranges::upper_bound(code_.functions, address, {}, &profile::ElfFunction::begin);
    if (behind == code_.functions.begin()) return nullptr;
    const profile::ElfFunction& function = *std::prev(behind);
    return address < function.end ? &function : nullptr;
  }

  /// `asked`: the address itself, or the call before it.
  [[nodiscard]] CrashFrame frame(std::uint64_t address, std::uint64_t asked) const {
    CrashFrame frame{.address = address};
    if (const profile::ElfFunction* function = function_at(asked)) {
      frame.function = profile::demangled(function->symbol);
      frame.offset = address - function->begin;
      const SourceUnit unit = units_.at(asked);
      if (!unit.inlined.empty()) frame.function = unit.inlined + " in " + frame.function;
      const profile::SourceLines::Line at = lines_.at(asked);
      if (at.line != 0) {
        frame.file = shown_path(lines_.files()[at.file], unit.folder);
        frame.line = at.line;
      }
    }
    return frame;
  }

  /// Empty for a machine other than x86.
  [[nodiscard]] std::string instruction_at(std::uint64_t address) const {
    GElf_Ehdr header;
    if (gelf_getehdr(elf_.get(), &header) == nullptr) return {};
    if (header.e_machine != EM_386 && header.e_machine != EM_X86_64) return {};
    const auto bytes = CodeBytes(elf_).at(address, kMaxInstruction);
    const auto read = Disassembler(elf_.is_64_bit()).read(bytes, address);
    return read.empty() ? std::string() : read.front().text;
  }

 private:
  static ElfFile opened(const fs::path& file) {
    ElfFile elf(file);
    if (elf.get() == nullptr || elf_kind(elf.get()) != ELF_K_ELF) {
      throw Error("'" + file.string() + "' is not an ELF file");
    }
    return elf;
  }
  /// A name that is relative is so to the folder of the build, where nobody looks.
  static std::string shown_path(const std::string& file, const std::string& folder) {
    constexpr std::size_t kMaxPath = 1000;
    if (file.size() > kMaxPath || folder.size() > kMaxPath) return file.substr(0, kMaxPath);
    return without_build_folder(near_path((fs::path(folder) / file).lexically_normal().string()));
  }
  /// The library of an installed SDK was built in a folder that this machine does not have.
  static std::string without_build_folder(const std::string& file) {
    constexpr std::string_view kLibrary = "/kernel_lib/";
    std::error_code error;
    const std::size_t at = file.find(kLibrary);
    if (at == file.npos || !file.starts_with('/') || fs::exists(file, error)) return file;
    return file.substr(at + 1);
  }

  ElfFile elf_;
  profile::ElfCode code_;
  profile::SourceLines lines_;
  SourceUnits units_;
};

/// nullptr where there is none that can be read: a crash is told of without.
std::unique_ptr<SymbolFile> symbol_file(const fs::path& symbols) {
  if (symbols.empty()) return nullptr;
  try {
    return std::make_unique<SymbolFile>(symbols);
  } catch (const Error&) {
    return nullptr;
  }
}

/// Nothing where the guest printed no addresses.
CrashText printed_crash(const BootRecord& boot, const SymbolFile* file) {
  if (boot.events.panics.empty() && !boot.events.crash) return {};
  return read_crash_text(boot.trace.serial, boot.events, [&](std::uint64_t address) {
    return file && file->function_at(address) != nullptr;
  });
}

/// What QEMU said of a guest that was ended, or reset the machine.
CrashText stopped_at(const BootRecord& boot) {
  CrashText text;
  text.exact = true;
  if (!boot.crash_site) return text;
  text.registers = boot.crash_site->registers;
  for (const CrashFrame& frame : boot.crash_site->frames) text.addresses.push_back(frame.address);
  return text;
}

}  // namespace

std::optional<CrashSite> crash_site_of(const BootRecord& boot, const fs::path& symbols) {
  const bool tells = !boot.events.panics.empty() || boot.events.crash || boot.crash_site;
  if (!tells) return std::nullopt;
  const std::unique_ptr<SymbolFile> file = symbol_file(symbols);
  CrashText text = printed_crash(boot, file.get());
  if (text.addresses.empty() && text.registers.empty()) text = stopped_at(boot);
  if (text.addresses.empty() && text.registers.empty()) return std::nullopt;
  CrashSite site;
  site.registers = text.registers;
  if (file) site.symbols = symbols.string();
  for (const std::uint64_t address : text.addresses) {
    const bool exact = text.exact && site.frames.empty();
    const std::uint64_t asked = exact || address == 0 ? address : address - 1;
    site.frames.push_back(file ? file->frame(address, asked) : CrashFrame{.address = address});
    if (exact && file) site.instruction = file->instruction_at(address);
  }
  return site;
}

}  // namespace harness
