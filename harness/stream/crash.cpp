// Finding a crash signature (crash_table.cpp) in a line. Most lines are dismissed by their first
// byte: rows that must stand at the start of a line are looked at only for lines that begin so.
#include "stream/crash.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "base/text.h"
#include "console_text/plain_line.h"
#include "console_text/prefix.h"
#include "stream/crash_words.h"

namespace harness {
namespace {

/// Words of who tells what a test has found, or looks for.
constexpr auto kQuoting = std::to_array<std::string_view>(
    {"ok",       "pass",     "passed",    "fail",    "failed", "skip",   "expect",
     "expects",  "expected", "expecting", "want",    "wants",  "wanted", "contain",
     "contains", "grep",     "match",     "matches", "quoted", "said",   "no",
     "not",      "without",  "forbid",    "allow"});

/// What stands behind "file.c:12:5: ", "name(12): "; empty where the first word is no such place,
/// and where it tells of a setting of Rust: "src/config.rs:12: panic: abort".
std::string_view behind_place(std::string_view line) {
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos || blank < 2 || line[blank - 1] != ':') return {};
  const std::string_view text = line.substr(blank + 1);
  const bool setting = (text == "panic: abort" || text == "panic: unwind") &&
                       contains(line.substr(0, blank), ".rs:");
  const std::size_t last = blank - (line[blank - 2] == ')' ? 3 : 2);  // MINIX: "vfs(1): "
  return last < blank && is_digit(line[last]) && !setting ? text : std::string_view();
}

/// What stands behind "name: ", "core/name: " or "[name] ", or the line itself.
std::string_view behind_function(std::string_view line) {
  constexpr std::string_view kInNames = "/.-";
  const std::size_t begin = line.starts_with('[') ? 1 : 0;
  std::size_t end = begin;
  while (end < line.size() &&
         (is_name_char(line[end]) || contains(kInNames, line.substr(end, 1)))) {
    ++end;
  }
  const bool name = end > begin && line.substr(end).starts_with(begin == 0 ? ": " : "] ");
  return name && !is_one_of(line.substr(begin, end - begin), kQuoting) ? line.substr(end + 2)
                                                                       : line;
}

/// Whether the row's words may also name what is counted or set.
bool may_be_setting(const CrashSignature& row) {
  constexpr auto kEnds =
      std::to_array<std::string_view>({"anic: ", "ANIC: ", "fault: ", "xception: "});
  return row.also.empty() &&
         std::ranges::any_of(kEnds, [&](std::string_view end) { return row.text.ends_with(end); });
}

bool begins_with_address(std::string_view text) {
  constexpr std::size_t kDigits = 8;
  return text.size() >= kDigits &&
         text.substr(0, kDigits).find_first_not_of("0123456789abcdefABCDEF") == text.npos;
}

/// "[#1]": how many times Linux has died by now.
bool has_die_counter(std::string_view line) {
  const std::size_t at = line.find("[#");
  if (at == line.npos) return false;
  const auto end = static_cast<std::size_t>(
      std::ranges::find_if_not(line.substr(at + 2), is_digit) - line.begin());
  return end > at + 2 && line.substr(end).starts_with(']');
}

bool bears(const CrashSignature& row, std::string_view line) {
  const auto starts = [&](std::string_view body) {
    if (!body.starts_with(row.text)) return false;
    const std::string_view behind = body.substr(row.text.size());
    if (may_be_setting(row) && (tells_of_none(behind) || says_all_is_well(behind))) return false;
    return contains(behind, row.also);
  };
  switch (row.anchor) {
    case CrashAnchor::start:
      return starts(line);
    case CrashAnchor::counted:
      return starts(line) && has_die_counter(line);
    case CrashAnchor::address:
      return starts(line) && begins_with_address(line.substr(row.text.size()));
    case CrashAnchor::whole:
      return line == row.text;
    case CrashAnchor::end:
      return line.ends_with(row.text) && contains(line, row.also);
    case CrashAnchor::place:
      return starts(behind_place(line));
    case CrashAnchor::function:
      return starts(behind_function(line));
    case CrashAnchor::word:
      return stands_alone(line, row.text);
  }
  return false;
}

/// The rows that a line with this first byte can bear, each as the index of the next.
class RowsByFirstByte {
 public:
  RowsByFirstByte() {
    const auto rows = crash_signatures();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const bool fixed =
          rows[i].anchor == CrashAnchor::start || rows[i].anchor == CrashAnchor::counted ||
          rows[i].anchor == CrashAnchor::address || rows[i].anchor == CrashAnchor::whole;
      if (fixed) {
        of_byte_[static_cast<unsigned char>(rows[i].text[0])].set(i);
      } else if (rows[i].anchor == CrashAnchor::word) {
        const char first = rows[i].text[0];
        for (const char c : {first, static_cast<char>(first - 'a' + 'A'), '*', '!', '-', '=', '#',
                             '+', '>', '[', '<', '\t'}) {
          of_byte_[static_cast<unsigned char>(c)].set(i);
        }
      } else if (rows[i].anchor == CrashAnchor::function) {
        behind_function_[static_cast<unsigned char>(rows[i].text[0])].set(i);
      } else if (rows[i].anchor == CrashAnchor::place) {
        behind_place_[static_cast<unsigned char>(rows[i].text[0])].set(i);
      } else {
        of_last_[static_cast<unsigned char>(rows[i].text.back())].set(i);
      }
    }
  }

  [[nodiscard]] const CrashSignature* find(std::string_view line) const {
    Rows rows = of_byte_[static_cast<unsigned char>(line.front())];
    rows.add(of_last_[static_cast<unsigned char>(line.back())]);
    if (may_name_processor(line.front())) {
      const std::string_view said = behind_processor(line);
      if (said.size() != line.size()) add_behind(of_byte_, said, rows);
    }
    if (may_bear_a_colon(line)) {
      add_behind(behind_function_, behind_function(line), rows);
      add_behind(behind_place_, behind_place(line), rows);
    }
    const auto table = crash_signatures();
    for (std::size_t word = 0; word < rows.bits.size(); ++word) {
      for (std::uint64_t bits = rows.bits[word]; bits != 0; bits &= bits - 1) {
        const std::size_t i = 64 * word + static_cast<std::size_t>(__builtin_ctzll(bits));
        if (bears(table[i], line)) return &table[i];
      }
    }
    return nullptr;
  }

 private:
  struct Rows {
    std::array<std::uint64_t, 5> bits{};  // as many rows as the table has, or more
    void set(std::size_t i) { bits.at(i / 64) |= std::uint64_t{1} << i % 64; }
    void add(const Rows& other) {
      for (std::size_t i = 0; i < bits.size(); ++i) bits[i] |= other.bits[i];
    }
  };
  /// "name: ", "[name] ", "file.c:12: ", or a signature of that kind itself.
  static bool may_bear_a_colon(std::string_view line) {
    constexpr std::size_t kMaxWord = 200;
    const std::size_t blank = line.substr(0, kMaxWord).find(' ');
    constexpr std::string_view kFirsts = "APK";  // of those rows
    const bool itself = contains(kFirsts, line.substr(0, 1));
    if (blank == line.npos || blank == 0) return itself;
    return line[blank - 1] == ':' || itself || (line.front() == '[' && line[blank - 1] == ']');
  }

  using ByByte = std::array<Rows, 256>;
  static void add_behind(const ByByte& of_byte, std::string_view text, Rows& rows) {
    if (!text.empty()) rows.add(of_byte[static_cast<unsigned char>(text.front())]);
  }

  ByByte of_byte_{}, of_last_{}, behind_function_{}, behind_place_{};
};

/// Words that nobody says but who has crashed, whatever the level: some kernels print their panic
/// by the macro that they have at hand.
bool is_never_calm(const CrashSignature& signature, std::string_view text) {
  return contains(text, "panicked at ") || contains(signature.text, "not syncing");
}

/// Whether the last of these prefixes that names a level names one below an error. A kernel's own
/// stamp names none, and what stands before it was said of the line that is passed on.
bool are_calm(std::span<const std::string_view> prefixes) {
  for (auto prefix = prefixes.rbegin(); prefix != prefixes.rend(); ++prefix) {
    const PrefixKind kind = prefix_kind(*prefix);
    if (kind.level || kind.printk) return kind.calm;
  }
  return false;
}

/// Behind each of its prefixes: some signatures begin with what is a prefix to others. What a
/// logger says at a level below an error is no crash ("INFO config: panic: abort"), unless it
/// passes on a line of a kernel, or says what only a crash says. Who speaks is asked where there is
/// such a signature, and not of every line. `text` becomes what stands behind all of them.
const CrashSignature* find_behind_prefixes(std::string_view& text) {
  static const RowsByFirstByte kRows;
  std::array<std::string_view, kMaxPrefixes> taken;
  std::size_t count = 0;
  for (int prefixes = 0; !text.empty(); ++prefixes) {
    const CrashSignature* const found = kRows.find(text);
    if (found && (is_never_calm(*found, text) || !are_calm({taken.data(), count}))) return found;
    std::size_t size = prefixes < kMaxPrefixes ? prefix_size(text) : 0;
    if (size > 0) {
      taken.at(count++) = text.substr(0, size);
    } else if (prefixes < kMaxPrefixes) {
      size = prompt_size(text);
    }
    if (size == 0) break;
    text.remove_prefix(size);
  }
  return nullptr;
}

/// Whether what begins at `at` is quoted: a sign right before it, and one that closes it behind. In
/// "on "" or unknown-block" there is another pair of them, in "can't" none at all.
bool is_quoted_at(std::string_view text, std::size_t at) {
  const char open = at == 0 ? ' ' : text[at - 1];
  if (open != '"' && open != '\'' && open != '`') return false;
  const std::string_view behind = text.substr(at);
  std::size_t closing = 0;
  for (std::size_t i = 0; i < behind.size(); ++i) {
    if (behind[i] != open && !(open == '`' && behind[i] == '\'')) continue;
    const bool in_word = behind[i] == '\'' && i + 1 < behind.size() && is_letter(behind[i + 1]);
    if (!in_word) ++closing;
  }
  return closing % 2 == 1;
}

/// Whether a program may have written `before` without a line end, or something put it before the
/// line: nobody quotes right behind a letter, and a quotation says so.
bool may_stand_before_a_crash(std::string_view before) {
  if (contains("#->", before.substr(0, 1)) || before.find_first_of("\"'`") != before.npos) {
    return false;
  }
  if (before.back() != ' ') return !contains("([{", before.substr(before.size() - 1));
  const std::size_t last = before.find_last_not_of(' ');
  if (last == before.npos) return true;  // indented
  if (!is_digit(before[last]) && !contains(":])}>#$%.!", before.substr(last, 1))) return false;
  while (!before.empty()) {
    const auto size =
        static_cast<std::size_t>(std::ranges::find_if_not(before, is_letter) - before.begin());
    if (is_one_of(before.substr(0, size), kQuoting)) return false;
    before.remove_prefix(std::min(size + 1, before.size()));
  }
  return true;
}

/// Linux's last words behind prefixes and prompts that are not known here.
const CrashSignature* find_last_words(std::string_view& text) {
  constexpr std::string_view kLastWords = "Kernel panic - not syncing: ";
  const std::size_t at = text.find(kLastWords);
  if (at == text.npos || at == 0 || !may_stand_before_a_crash(text.substr(0, at))) return nullptr;
  text.remove_prefix(at);
  return find_behind_prefixes(text);
}

}  // namespace

/// Also behind what a program has written without a line end: "box login: [   12.345678] Kernel
/// panic". The time stamp of a kernel tells where its message begins, unless it is quoted.
FoundCrash find_crash_in(std::string_view text, bool from_start) {
  constexpr int kMaxStamps = 4;
  const std::string_view whole = text;
  const auto found_at = [&](const CrashSignature* found, std::string_view rest) {
    return FoundCrash{found, found ? static_cast<std::size_t>(rest.data() - whole.data()) : 0};
  };
  const CrashSignature* found = from_start ? find_behind_prefixes(text) : nullptr;
  for (int i = 0; !found && i < kMaxStamps; ++i) {
    const std::size_t stamp = find_printk_stamp(text);
    if (stamp == text.npos) break;
    const bool quoted = is_quoted_at(text, stamp);
    text.remove_prefix(stamp);
    if (!quoted) found = find_behind_prefixes(text);
  }
  if (found) return found_at(found, text);
  text = whole;
  found = find_last_words(text);
  return found_at(found, text);
}

const CrashSignature* find_crash(std::string_view line) {
  PlainLine plain;
  for (const std::string_view text : plain.parts(line)) {
    if (const FoundCrash found = find_crash_in(text); found.signature) return found.signature;
  }
  return nullptr;
}

}  // namespace harness
