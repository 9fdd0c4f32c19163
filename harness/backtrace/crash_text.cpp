#include "backtrace/crash_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "base/text.h"
#include "console_text/plain_line.h"
#include "console_text/prefix.h"
#include "model/line_text.h"

namespace harness {
namespace {

/// Where the processor stopped, as manuals of x86, Arm and RISC-V, and the people who print it,
/// call that register.
constexpr auto kInstructionPointers = std::to_array<std::string_view>(
    {"eip", "rip", "pc", "elr", "elr_el1", "elr_el2", "epc", "mepc", "sepc"});
constexpr auto kOtherRegisters = std::to_array<std::string_view>(
    {"eax",    "ebx",    "ecx",     "edx",     "esi",     "edi",     "ebp",   "esp",
     "eflags", "rax",    "rbx",     "rcx",     "rdx",     "rsi",     "rdi",   "rbp",
     "rsp",    "rflags", "cr0",     "cr2",     "cr3",     "cr4",     "lr",    "sp",
     "fp",     "ra",     "gp",      "tp",      "esr",     "esr_el1", "far",   "far_el1",
     "spsr",   "cpsr",   "xpsr",    "psr",     "mcause",  "scause",  "mtval", "stval",
     "cause",  "tval",   "mstatus", "sstatus", "badaddr", "error",   "cs"});

/// "r8" to "r15", "x0" to "x30", "a0", "s11", "t6": a letter and a small number.
bool is_numbered_register(std::string_view name) {
  if (name.size() < 2 || name.size() > 3 || std::string_view("rxast").find(name[0]) == name.npos) {
    return false;
  }
  return std::ranges::all_of(name.substr(1), is_digit) && (name.size() == 2 || name[1] <= '3');
}

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::ranges::any_of(names,
                             [&](std::string_view one) { return equal_ignoring_case(name, one); });
}

bool is_instruction_pointer(std::string_view name) { return is_one_of(name, kInstructionPointers); }
bool is_register(std::string_view name) {
  return is_instruction_pointer(name) || is_one_of(name, kOtherRegisters) ||
         is_numbered_register(name);
}

bool is_hex(char c) { return is_digit(c) || (lower_case(c) >= 'a' && lower_case(c) <= 'f'); }

/// A number in a line: its value, where it stands, and how it is written.
struct HexToken {
  std::uint64_t value = 0;
  std::size_t begin = 0, end = 0;  // with its "0x"
  std::size_t digits = 0;
  bool prefixed = false;
};

/// The next number of at most 16 hexadecimal digits from `at` on that is no part of a word.
std::optional<HexToken> next_hex(std::string_view line, std::size_t at) {
  for (; at < line.size(); ++at) {
    if (!is_hex(line[at]) || (at > 0 && is_name_char(line[at - 1]))) continue;
    HexToken token{.begin = at};
    token.prefixed = line[at] == '0' && at + 1 < line.size() && lower_case(line[at + 1]) == 'x';
    const std::size_t first = at + (token.prefixed ? 2 : 0);
    token.end = first;
    while (token.end < line.size() && is_hex(line[token.end])) ++token.end;
    token.digits = token.end - first;
    const bool whole = token.end == line.size() || !is_name_char(line[token.end]);
    if (!whole || token.digits == 0 || token.digits > 16) {
      while (token.end < line.size() && is_name_char(line[token.end])) ++token.end;
      at = token.end;
      continue;
    }
    std::from_chars(line.data() + first, line.data() + token.end, token.value, 16);
    return token;
  }
  return std::nullopt;
}

/// The word before a number, over what people write between a register and its value: "RIP:
/// 0010:[<", "x0  0x", "eax=".
std::string_view name_before(std::string_view line, std::size_t begin) {
  constexpr std::string_view kBetween = " :=<[()-\t";
  std::string_view before = line.substr(0, begin);
  const auto skip = [&] {
    const std::size_t last = before.find_last_not_of(kBetween);
    before = before.substr(0, last == before.npos ? 0 : last + 1);
  };
  const std::size_t all = before.size();
  skip();
  // A selector: four digits and a colon, directly before.
  if (all > before.size() && line[before.size()] == ':' && before.size() >= 4 &&
      std::ranges::all_of(before.substr(before.size() - 4), is_hex) &&
      (before.size() == 4 || !is_name_char(before[before.size() - 5]))) {
    before.remove_suffix(4);
    skip();
  }
  if (begin - before.size() > 12) return {};
  std::size_t start = before.size();
  while (start > 0 && is_name_char(before[start - 1])) --start;
  return before.substr(start);
}

class CrashReader {
 public:
  explicit CrashReader(const std::function<bool(std::uint64_t)>& is_code) : is_code_(is_code) {}

  /// The text of a [PANIC] line. Its kernel knows its own code.
  void read_panic(std::string_view text) {
    found_.exact = text.starts_with("exception ");
    std::optional<std::uint64_t> pointer;
    bool in_trace = false;
    std::size_t at = 0;
    while (const auto token = next_hex(text, at)) {
      at = token->end;
      if (!token->prefixed) continue;
      const std::string_view name = name_before(text, token->begin);
      in_trace = name == "trace" || (in_trace && name.empty());
      if (in_trace) {
        add_address(token->value);
      } else if (token->begin > 0 && text[token->begin - 1] == '=' && !name.empty()) {
        add_register(name, token->value);
        if (is_instruction_pointer(name) && !pointer) pointer = token->value;
      }
    }
    if (found_.addresses.empty() && pointer) add_address(*pointer);
  }

  void read_line(std::string_view line) {
    if (starts_ignoring_case(trimmed(line), "code:")) return;  // bytes
    if (announces_backtrace(line)) {
      behind_announcement_ = found_.addresses.size();
      announced_ = true;
    }
    const bool is_list = announced_ || is_list_of_addresses(line);
    std::size_t at = 0;
    while (const auto token = next_hex(line, at)) {
      at = token->end;
      const std::string_view name = name_before(line, token->begin);
      const bool wide = token->digits == 8 || token->digits == 16;
      if (is_register(name) && (token->prefixed || wide)) {
        add_register(name, token->value);
        if (is_instruction_pointer(name) && !pointer_ && is_code_(token->value)) {
          pointer_ = token->value;
        }
        continue;
      }
      const bool is_address =
          is_list || in_brackets(line, *token) || equal_ignoring_case(name, "caller");
      if (is_address && is_code_(token->value)) add_address(token->value);
    }
  }

  /// `read_line` was called with all lines.
  void end_lines() {
    std::vector<std::uint64_t>& all = found_.addresses;
    if (behind_announcement_ < all.size()) {
      all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(behind_announcement_));
    }
    if (!pointer_) return;
    found_.exact = true;
    if (all.empty() || all.front() != *pointer_) all.insert(all.begin(), *pointer_);
  }

  CrashText take() && { return std::move(found_); }

 private:
  static bool announces_backtrace(std::string_view line) {
    std::string small(line.substr(0, 200));
    std::ranges::transform(small, small.begin(), lower_case);
    return small.find("call trace") != small.npos || small.find("backtrace") != small.npos ||
           small.find("stack trace") != small.npos;
  }
  /// "[<c0101234>]", as Linux had it.
  static bool in_brackets(std::string_view line, const HexToken& token) {
    return token.begin > 0 && line[token.begin - 1] == '<' && token.end < line.size() &&
           line[token.end] == '>';
  }
  /// " 80104a2b 80105d5f 0": nothing but numbers, one of them as long as an address; or a frame,
  /// "#0  0x80104a2b ...". A number in a sentence is none.
  static bool is_list_of_addresses(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.size() > 2 && text[0] == '#' && is_digit(text[1])) return true;
    constexpr std::size_t kShortest = 5;
    bool has_address = false;
    std::size_t end = 0;
    while (const auto token = next_hex(text, end)) {
      if (text.substr(end, token->begin - end).find_first_not_of(" \t") != text.npos) return false;
      has_address |= token->digits >= kShortest;
      end = token->end;
    }
    return has_address && trimmed(text.substr(end)).empty();
  }
  void add_address(std::uint64_t address) {
    if (found_.addresses.size() < kMaxCrashFrames) found_.addresses.push_back(address);
  }
  void add_register(std::string_view name, std::uint64_t value) {
    if (found_.registers.size() == kMaxCrashRegisters) return;
    const bool known = std::ranges::any_of(
        found_.registers, [&](const CrashRegister& one) { return one.name == name; });
    if (!known) found_.registers.push_back({std::string(name.substr(0, 16)), value});
  }

  const std::function<bool(std::uint64_t)>& is_code_;
  CrashText found_;
  std::optional<std::uint64_t> pointer_;
  std::size_t behind_announcement_ = 0;
  bool announced_ = false;
};

}  // namespace

CrashText read_crash_text(std::string_view serial, const Events& events,
                          const std::function<bool(std::uint64_t)>& is_code) {
  constexpr std::size_t kBefore = 4, kMaxLine = 1000;
  CrashReader reader(is_code);
  if (!events.panics.empty()) {
    reader.read_panic(std::string_view(events.panics.front()).substr(0, 4 * kMaxLine));
    return std::move(reader).take();
  }
  if (!events.crash || events.crash->line == 0) return {};
  const std::size_t crash = events.crash->line - 1;
  const std::size_t end = std::min(events.lines.size(), crash + 1 + kCrashLines);
  PlainLine plain;
  for (std::size_t i = crash - std::min(crash, kBefore); i < end; ++i) {
    const std::string_view text = line_text(events.lines[i], serial);
    for (const std::string_view part : plain.parts(text.substr(0, kMaxLine))) {
      reader.read_line(without_prefix(part));
    }
  }
  reader.end_lines();
  return std::move(reader).take();
}

}  // namespace harness
