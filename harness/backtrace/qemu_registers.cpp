#include "backtrace/qemu_registers.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "backtrace/crash_text.h"
#include "base/text.h"

namespace harness {
namespace {

/// The words of a line, cut at blanks and tabs.
std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; (at = line.find_first_not_of(" \t\r", at)) != line.npos;) {
    const std::size_t end = std::min(line.find_first_of(" \t\r", at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

/// Registers have 8 or 16 digits; flags and selectors fewer.
std::optional<std::uint64_t> register_value(std::string_view word) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, 16);
  const bool whole = error == std::errc{} && end == word.data() + word.size();
  return whole && (word.size() == 8 || word.size() == 16) ? std::optional(value) : std::nullopt;
}

std::string lower(std::string_view name) {
  std::string text(name);
  std::ranges::transform(text, text.begin(), lower_case);
  return text;
}

/// "pc", "x1/ra", "mstatus": RISC-V's names stand before their values.
std::string_view riscv_name(std::string_view word) {
  const std::size_t slash = word.find('/');
  if (slash != word.npos && word[0] == 'x') return word.substr(slash + 1);
  constexpr std::string_view kWanted[] = {"pc",   "mstatus", "mcause", "mepc", "mtval",
                                          "sepc", "scause",  "stval",  "satp"};
  return std::ranges::find(kWanted, word) == std::end(kWanted) ? std::string_view() : word;
}

class RegisterReader {
 public:
  /// false: from here on there are registers of the floating point and vector units.
  bool read_line(std::string_view line) {
    const auto words = words_of(line);
    if (words.empty()) return true;
    for (const std::string_view end : {"FCW=", "s00=", "Q00=", "FPSR", "f0/"}) {
      if (words[0].starts_with(end)) return false;
    }
    if (words.size() > 2 && words[0] == "CS" && words[1].starts_with('=')) {
      code_base_ = register_value(words[2]).value_or(0);
      return true;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::size_t equals = words[i].find('=');
      if (equals != words[i].npos) {
        add(words[i].substr(0, equals), words[i].substr(equals + 1));
      } else if (i + 1 < words.size() && !riscv_name(words[i]).empty()) {
        add(riscv_name(words[i]), words[i + 1]);
        ++i;
      }
    }
    return true;
  }

  ProcessorState take() && {
    for (const char* name : {"eip", "rip", "pc", "r15"}) {
      const auto at = std::ranges::find(state_.registers, name, &CrashRegister::name);
      if (at == state_.registers.end()) continue;
      state_.at = at->value + (at->name == "eip" ? code_base_ : 0);
      break;
    }
    return std::move(state_);
  }

 private:
  void add(std::string_view name, std::string_view word) {
    const auto value = register_value(word);
    const bool debug = name.size() == 3 && name.starts_with("DR");
    if (!value || debug || name.empty() || name.size() > 12 || !is_letter(name[0]) ||
        state_.registers.size() == kMaxCrashRegisters) {
      return;
    }
    state_.registers.push_back({lower(name), *value});
  }

  ProcessorState state_;
  std::uint64_t code_base_ = 0;  // of the segment, where that is not flat
};

}  // namespace

ProcessorState read_qemu_registers(std::string_view text) {
  RegisterReader reader;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (!reader.read_line(text.substr(0, end))) break;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::move(reader).take();
}

std::optional<CrashSite> site_of_registers(std::string_view text) {
  ProcessorState state = read_qemu_registers(text);
  if (!state.at) return std::nullopt;
  CrashSite site;
  site.frames = {CrashFrame{.address = *state.at}};
  site.registers = std::move(state.registers);
  return site;
}

}  // namespace harness
