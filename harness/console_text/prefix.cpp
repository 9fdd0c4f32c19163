#include "console_text/prefix.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "console_text/dates.h"

namespace harness {
namespace {

constexpr std::size_t kMaxBracket = 64;  // bytes of a prefix in brackets
constexpr std::size_t kMaxModule = 32;   // bytes of a module's name

constexpr auto kLevels =
    std::to_array<std::string_view>({"EMERG", "ALERT", "CRIT", "CRITICAL", "FATAL", "ERR", "ERROR",
                                     "WARN", "WARNING", "NOTICE", "INFO", "DEBUG", "TRACE"});

bool is_level(std::string_view word) {
  return std::ranges::any_of(kLevels,
                             [&](std::string_view one) { return equal_ignoring_case(word, one); });
}
/// With the blank behind it, where there is one; a bare date or time needs one, or it is a word.
std::size_t with_blank(std::string_view line, std::size_t size, bool needed) {
  if (size == 0) return 0;
  if (size < line.size() && line[size] == ' ') return size + 1;
  return needed ? 0 : size;
}

/// "CPU", "cpu1", "core12", "hart".
bool is_processor(std::string_view word) {
  constexpr auto kWords = std::to_array<std::string_view>({"cpu", "core", "hart"});
  if (word.empty() || !contains("cChH", word.substr(0, 1))) return false;
  const std::string_view name = word.substr(0, word.find_first_of("0123456789"));
  const std::string_view number = word.substr(name.size());
  return std::ranges::all_of(number, is_digit) &&
         std::ranges::any_of(kWords,
                             [&](std::string_view one) { return equal_ignoring_case(name, one); });
}

/// A time, or the number of a thread or processor: digits, with what may stand around them.
bool is_time_or_number(std::string_view word) {
  constexpr std::string_view kAround = ".:,-/+@sTZCPUcpu";
  return std::ranges::any_of(word, is_digit) && std::ranges::all_of(word, [&](char c) {
           return is_digit(c) || kAround.find(c) != kAround.npos;
         });
}
bool is_module(std::string_view word) {
  return std::ranges::all_of(
      word, [](char c) { return is_name_char(c) || c == ':' || c == '.' || c == '-' || c == '/'; });
}
/// "kernel::mm", which is a module wherever it stands.
bool is_module_path(std::string_view word) { return contains(word, "::") && is_module(word); }

/// Behind a date: "host kernel: " of syslog and of the journal, too.
std::size_t with_host(std::string_view line, std::size_t date) {
  constexpr std::string_view kKernel = " kernel: ";
  const std::size_t size = with_blank(line, date, true);
  if (size == 0) return 0;
  const std::string_view rest = line.substr(size);
  const std::size_t host = std::min(rest.find(' '), rest.size());
  return rest.substr(host).starts_with(kKernel) ? size + host + kKernel.size() : size;
}

/// Zephyr's twister, in its file ("- twister - DEBUG - DEVICE: ", behind a date) and on its
/// terminal ("DEBUG   - DEVICE: "), from `begin` on.
std::size_t source_size(std::string_view line, std::size_t begin) {
  const std::string_view text = line.substr(begin, kMaxBracket);
  if (text.find_first_not_of(' ') != text.find("- ")) return 0;
  for (const std::string_view source : {"- DEVICE: ", "- OUTPUT: "}) {
    const std::size_t at = text.find(source);
    if (at != text.npos) return begin + at + source.size();
  }
  return 0;
}

/// What stands between brackets: times, numbers, days, levels, and behind a level a module; or
/// nothing but a module.
bool is_tag(std::string_view text) {
  constexpr std::string_view kLetters = "EWIDTV";
  if (text.size() == 1 && contains(kLetters, text)) return true;
  if (text == "kernel" || text.starts_with("init -> ") || is_module_path(text)) return true;
  bool number = false, level = false;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(begin);
    const std::string_view word = text.substr(0, text.find(' '));
    if (word.empty()) break;
    text.remove_prefix(word.size());
    if (is_level(word)) {
      level = true;
    } else if (is_time_or_number(word)) {
      number = true;
    } else if (is_processor(word)) {
      number |= is_digit(word.back());
    } else if (!is_calendar(word) && !is_month_and_day(word) && !(level && is_module(word)) &&
               !(number && is_module_path(word)) &&
               !(word.front() == '@' && is_module(word.substr(1)))) {
      return false;
    }
  }
  return number || level;
}

/// The size of "[    1.234567]": printk writes six decimals. Most lines of a kernel begin so.
std::size_t printk_stamp_size(std::string_view line) {
  std::size_t i = 1;
  if (!line.starts_with('[')) return 0;
  while (i < line.size() && line[i] == ' ') ++i;
  const std::size_t whole = i;
  while (i < line.size() && is_digit(line[i])) ++i;
  const std::size_t rest = i == whole ? 0 : form(line.substr(i), ".999999]");
  return rest == 0 ? 0 : i + rest;
}

/// SerenityOS's "#0 init_stage2(3:3)", as what stands between brackets.
bool is_thread(std::string_view text) {
  if (take(text, "#")) text.remove_prefix(std::min(digits(text) + 1, text.size()));
  const std::size_t open = text.find('(');
  if (open == text.npos || open == 0 || !is_module(text.substr(0, open))) return false;
  text.remove_prefix(open + 1);
  const std::size_t process = digits(text);
  text.remove_prefix(process);
  if (process == 0 || !take(text, ":")) return false;
  const std::size_t thread = digits(text);
  return thread > 0 && text.substr(thread) == ")";
}

std::size_t bracket_size(std::string_view line) {
  if (const std::size_t stamp = printk_stamp_size(line); stamp > 0) {
    return with_blank(line, stamp, false);
  }
  const std::size_t end = line.substr(0, kMaxBracket).find(']');
  if (end == line.npos) return 0;
  const std::string_view text = line.substr(1, end - 1);
  if (is_tag(text)) return with_blank(line, end + 1, false);
  return line.substr(end).starts_with("]: ") && is_thread(text) ? end + 3 : 0;
}

/// "<6>", and Zephyr's "<inf> module: ".
std::size_t angle_size(std::string_view line) {
  const std::size_t end = line.substr(0, 5).find('>');
  if (end == line.npos || end < 2) return 0;
  const std::string_view level = line.substr(1, end - 1);
  if (std::ranges::all_of(level, is_digit)) return end + 1;
  if (level != "err" && level != "wrn" && level != "inf" && level != "dbg") return 0;
  const std::size_t size = with_blank(line, end + 1, false);
  const std::string_view module = line.substr(size, kMaxModule + 2);
  const std::size_t name = module.find(": ");
  return name != module.npos && is_module(module.substr(0, name)) ? size + name + 2 : size;
}

/// "(XEN)", "(d1)", "(src/panic/mod.rs:43)".
std::size_t round_size(std::string_view line) {
  const std::size_t end = line.substr(0, kMaxBracket).find(')');
  if (end == line.npos) return 0;
  const std::string_view name = line.substr(1, end - 1);
  const std::size_t number = name.rfind(".rs:");
  if (number != name.npos && digits(name.substr(number + 4)) == name.size() - number - 4 &&
      is_module(name)) {
    const std::string_view text = line.substr(end + 1);
    return text.starts_with("\t ") ? end + 3 : with_blank(line, end + 1, true);
  }
  const bool domain =
      name.size() > 1 && name.front() == 'd' && std::ranges::all_of(name.substr(1), is_digit);
  return name == "XEN" || domain ? with_blank(line, end + 1, false) : 0;
}

/// Behind "ERROR" of a log crate: " kernel::mm: ", " [kernel] ", " kernel::mm > ". 0 where nothing
/// says which module speaks.
std::size_t module_size(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == text.npos || begin == 0) return 0;
  text = text.substr(begin, kMaxBracket);
  if (text.front() == '[') {
    const std::size_t end = text.find("] ");
    return end != text.npos && is_module(text.substr(1, end - 1)) ? begin + end + 2 : 0;
  }
  const std::size_t blank = std::min(text.find(' '), text.size() - 1);
  if (blank < 2 || !is_module(text.substr(0, blank))) return 0;
  if (text[blank - 1] == ':') return begin + blank + 1;
  return text.substr(blank).starts_with(" > ") ? begin + blank + 3 : 0;
}

/// "ERROR kernel::mm: ", in capitals.
std::size_t level_size(std::string_view line) {
  constexpr std::size_t kLongest = 8;
  const auto end = static_cast<std::size_t>(
      std::ranges::find_if_not(line.substr(0, kLongest + 1), is_capital) - line.begin());
  if (!is_level(line.substr(0, end))) return 0;
  const std::size_t module = module_size(line.substr(end));
  return module == 0 ? 0 : end + module;
}

/// Behind ESP-IDF's "E": " (123) main: ".
std::size_t stamped_module_size(std::string_view text) {
  if (!text.starts_with(" (")) return 0;
  const std::size_t end = 2 + digits(text.substr(2));
  if (end == 2 || !text.substr(end).starts_with(") ")) return 0;
  const std::size_t module = module_size(text.substr(end + 1));
  return module == 0 ? 0 : end + 1 + module;
}

/// "CPU 0: ", "hart 128: ", behind their word.
std::size_t numbered_cpu_size(std::string_view line, std::size_t word) {
  constexpr std::size_t kMaxDigits = 4;
  if (!line.substr(word).starts_with(' ')) return 0;
  const std::size_t begin = word + 1;
  const std::size_t number = digits(line.substr(begin));
  const bool whole =
      number > 0 && number <= kMaxDigits && line.substr(begin + number).starts_with(": ");
  return whole ? begin + number + 2 : 0;
}

/// Redox's "kernel::acpi:INFO -- ".
std::size_t leveled_module_size(std::string_view line) {
  constexpr std::string_view kBehind = " -- ";
  const std::string_view head = line.substr(0, line.substr(0, kMaxBracket).find(' '));
  if (!line.substr(head.size()).starts_with(kBehind)) return 0;
  const std::size_t colon = head.rfind(':');
  if (colon == head.npos || colon == 0) return 0;
  const bool known = is_level(head.substr(colon + 1)) && is_module(head.substr(0, colon));
  return known ? head.size() + kBehind.size() : 0;
}

/// "CPU0:", "ERROR:", Zephyr's "E:", dmesg -x's "kern  :info  :", "May 23 12:22:33".
std::size_t word_size(std::string_view line) {
  if (const std::size_t size = leveled_module_size(line); size > 0) return size;
  const std::string_view head = line.substr(0, 24);
  const auto name_end =
      static_cast<std::size_t>(std::ranges::find_if_not(head, is_name_char) - head.begin());
  if (name_end == head.size()) return 0;
  const std::string_view word = head.substr(0, name_end);
  const bool letter = word == "E" || word == "W" || word == "I" || word == "D";
  if (head[name_end] == ':') {
    const bool cpu = is_processor(word) && is_digit(word.back());
    return cpu || letter || is_level(word) ? with_blank(line, name_end + 1, !cpu) : 0;
  }
  if (letter) {
    const std::size_t size = stamped_module_size(line.substr(name_end));
    return size == 0 ? 0 : name_end + size;
  }
  if (is_level(word)) {
    const std::size_t device = source_size(line, name_end);
    return device > 0 ? device : level_size(line);
  }
  if (is_processor(word)) return numbered_cpu_size(line, word.size());
  if (word.size() == 3 && is_capital(word.front())) {
    if (const std::size_t size = calendar_size(line); size > 0) return with_host(line, size);
  }
  if (word == "kern" || word == "user" || word == "daemon") {  // "kern  :info  : "
    const std::size_t at = head.find_first_not_of(' ', name_end);
    if (at == head.npos || head[at] != ':') return 0;
    const std::size_t level = std::min(head.find(':', at + 1), head.size());
    const std::string_view name = head.substr(at + 1, level - at - 1);
    const bool known = is_level(name.substr(0, name.find(' ')));
    return known && level < head.size() ? with_blank(line, level + 1, true) : 0;
  }
  return 0;
}

/// "   0.123456 ": seconds, as ts -s and ts %.s print them. A word of its own, of three to nine
/// decimals.
std::size_t seconds_size(std::string_view line) {
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  if (begin > 12) return 0;
  const std::size_t whole = digits(line.substr(begin));
  const std::size_t point = begin + whole;
  const bool epoch = whole == 10 && line[begin] == '1';  // since 1970, until 2033
  if (epoch && line.substr(point).starts_with(' ')) return point + 1;
  if (whole == 0 || (whole > 7 && !epoch) || point >= line.size() || line[point] != '.') return 0;
  const std::size_t decimals = digits(line.substr(point + 1));
  if (decimals < 3 || decimals > 9) return 0;
  return with_blank(line, point + 1 + decimals, true);
}

}  // namespace

std::size_t prefix_size(std::string_view line) {
  if (line.empty()) return 0;
  switch (line.front()) {
    case '<':
      return angle_size(line);
    case '[':
      return bracket_size(line);
    case '(':
      return round_size(line);
    case '-':
      return line.starts_with("- twister - ") ? source_size(line, 0) : 0;
    case ' ': {  // Rust's tracing puts its levels to the right: " INFO kernel::mm: "
      const std::size_t level = level_size(line.substr(1));
      return level > 0 ? 1 + level : seconds_size(line);
    }
    default:
      break;
  }
  if (!is_digit(line.front())) return is_letter(line.front()) ? word_size(line) : 0;
  if (const std::size_t date = date_size(line); date > 0) return with_host(line, date);
  if (const std::size_t time = time_size(line); time > 0) return with_blank(line, time, true);
  return seconds_size(line);
}

std::size_t find_printk_stamp(std::string_view text) {
  constexpr std::size_t kDecimals = 7, kLongest = 24;  // with the point; with brackets
  for (std::size_t end = text.find(']'); end != text.npos; end = text.find(']', end + 1)) {
    if (end < kDecimals || form(text.substr(end - kDecimals), ".999999]") == 0) continue;
    // Not farther back than a stamp is long, or a line of many would take long.
    const std::size_t begin = end - std::min(end, kLongest);
    const std::size_t back = text.substr(begin, end - begin).rfind('[');
    const std::size_t open = back == text.npos ? 0 : begin + back;
    if (open == 0 || printk_stamp_size(text.substr(open)) == 0) continue;
    return open;
  }
  return text.npos;
}

PrefixKind prefix_kind(std::string_view prefix) {
  constexpr auto kCalm =
      std::to_array<std::string_view>({"WARN", "WARNING", "NOTICE", "INFO", "DEBUG", "TRACE", "wrn",
                                       "inf", "dbg", "W", "I", "D", "T", "V"});
  constexpr std::string_view kInWords = "_:./-";
  PrefixKind kind;
  // What passes lines on speaks of no module: Xen, a farm, dmesg -x, syslog.
  const std::string_view first = prefix.substr(
      0, static_cast<std::size_t>(std::ranges::find_if_not(prefix, is_letter) - prefix.begin()));
  const bool place = contains(prefix, ".rs:");
  const bool farm = prefix.ends_with("- DEVICE: ") || prefix.ends_with("- OUTPUT: ");
  const bool journal = !prefix.empty() && is_digit(prefix.front()) && prefix.ends_with(" kernel: ");
  if (farm || journal || (prefix.starts_with('(') && !place) || is_calendar(first) ||
      first == "kern" || first == "user" || first == "daemon") {
    return kind;
  }
  kind.printk = printk_stamp_size(prefix) > 0;
  while (!prefix.empty()) {
    const auto is_in_word = [&](char c) {
      return is_letter(c) || is_digit(c) || contains(kInWords, std::string_view(&c, 1));
    };
    const auto size =
        static_cast<std::size_t>(std::ranges::find_if_not(prefix, is_in_word) - prefix.begin());
    std::string_view word = prefix.substr(0, size);
    prefix.remove_prefix(std::min(size + 1, prefix.size()));
    while (word.ends_with(':')) word.remove_suffix(1);
    const std::size_t colon = word.rfind(':');
    if (colon != word.npos && is_level(word.substr(colon + 1))) {  // "kernel::acpi:INFO"
      kind.module = true;
      word.remove_prefix(colon + 1);
    }
    if (word.empty() || is_time_or_number(word) || is_calendar(word) || is_month_and_day(word) ||
        is_processor(word) || word == "UTC" || word == "GMT") {
      continue;
    }
    const bool calm = std::ranges::any_of(
        kCalm, [&](std::string_view one) { return equal_ignoring_case(word, one); });
    if (!kind.level && (calm || is_level(word) || word == "err" || word == "E")) {
      kind.level = true;
      kind.calm = calm;
    } else {
      kind.module = true;
    }
  }
  return kind;
}

std::string_view without_stamps(std::string_view line) {
  const std::string_view rest = without_prefix(line);
  const std::string_view before = line.substr(0, line.size() - rest.size());
  // Most are times and numbers, which name no level.
  if (std::ranges::none_of(before, is_letter)) return rest;
  std::string_view speaker;  // from the level or the module on
  PrefixKind all;
  while (line.size() > rest.size()) {
    const std::size_t size = prefix_size(line);
    const PrefixKind kind = prefix_kind(line.substr(0, size));
    if (!all.level && !all.module) speaker = line;
    all.level |= kind.level;
    all.module |= kind.module;
    line.remove_prefix(size);
  }
  return all.level && all.module ? speaker : rest;
}

std::string_view without_prefix(std::string_view line) {
  for (int i = 0; i < kMaxPrefixes; ++i) {
    const std::size_t size = prefix_size(line);
    if (size == 0) return line;
    line.remove_prefix(size);
  }
  return line;
}

}  // namespace harness
