#include "base/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "base/text.h"
#include "base/time.h"

namespace harness {
namespace {

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

struct CodeRange {
  char32_t first, last;
};
// Unicode 15, EastAsianWidth.txt: W and F, across gaps that hold no character.
constexpr CodeRange kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
    {0x23F0, 0x23F0},   {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x267F, 0x267F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},
    {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26CE, 0x26CE},
    {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},
    {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},
    {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27B0, 0x27B0},   {0x27BF, 0x27BF},
    {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},
    {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97C},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x16FE0, 0x1B2FB}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF},
    {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F335},
    {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3},
    {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440},
    {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F567}, {0x1F57A, 0x1F57A},
    {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5},
    {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EC},
    {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7F0}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945},
    {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
};
// Marks that stand on the character before them, joiners, selectors.
constexpr CodeRange kNarrowest[] = {{0x0300, 0x036F}, {0x1AB0, 0x1AFF},  {0x1DC0, 0x1DFF},
                                    {0x200B, 0x200D}, {0x20D0, 0x20FF},  {0xFE00, 0xFE0F},
                                    {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF}};

bool is_in(std::span<const CodeRange> ranges, char32_t code) {
  const auto at = std::ranges::lower_bound(ranges, code, {}, &CodeRange::last);
  return at != ranges.end() && code >= at->first;
}

std::size_t columns_of(char32_t code) {
  if (is_in(kNarrowest, code)) return 0;
  return is_in(kWide, code) ? 2 : 1;
}

/// Of the bytes of one character, valid UTF-8.
char32_t code_point(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if (bytes.size() < 2 || bytes.size() > 4) return lead;
  char32_t code = lead & (0xFFu >> (bytes.size() + 1));
  for (const char byte : bytes.substr(1))
    code = code << 6 | (static_cast<unsigned char>(byte) & 63u);
  return code;
}

/// Bytes of the longest start of `text` that takes at most `width` columns.
std::size_t bytes_of_columns(std::string_view text, std::size_t width) {
  std::size_t at = 0;
  for (std::size_t columns = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && continues_character(text[end])) ++end;
    columns += display_width(text.substr(at, end - at));
    if (columns > width && at > 0) break;  // one character at least, however narrow the column
    at = end;
  }
  return at;
}

void wrap_line(std::string_view line, std::size_t width, std::vector<std::string>& out) {
  while (display_width(line) > width) {
    const std::size_t fits = bytes_of_columns(line, width);
    // The blank may stand just behind what fits.
    const std::size_t blank = line.substr(0, fits + 1).find_last_of(' ');
    const bool in_word = blank == line.npos || blank == 0;
    out.emplace_back(line.substr(0, in_word ? fits : blank));
    line.remove_prefix(in_word ? fits : blank + 1);
    if (in_word && line.empty()) return;
  }
  out.emplace_back(line);
}

}  // namespace

std::string duration_text(std::chrono::nanoseconds time) {
  const double ms = in_milliseconds(time);
  // 999.95 would be written "1000.0 ms".
  if (std::abs(ms) < 999.95) return fmt::format("{:.1f} ms", ms);
  return fmt::format("{:.2f} s", ms / 1000);
}

std::string seconds_text(std::chrono::nanoseconds time) {
  return fmt::format("{:.3f}", std::chrono::duration<double>(time).count());
}

std::string percent_text(double share) { return fmt::format("{:.1f} %", 100 * share); }

std::string bytes_text(std::uint64_t bytes) { return count_of(bytes, "byte"); }

std::string memory_text(std::uint64_t bytes) {
  constexpr std::uint64_t kKiB = 1024, kMiB = kKiB * kKiB;
  if (bytes != 0 && bytes % kMiB == 0) return grouped(bytes / kMiB) + " MiB";
  if (bytes != 0 && bytes % kKiB == 0) return grouped(bytes / kKiB) + " KiB";
  return bytes_text(bytes);
}

std::string number_text(double value) {
  // Beyond 2^53 a double has no exact neighbour to show; no such count is real.
  constexpr double kExact = 9007199254740992.0;
  if (!(value >= 0 && value < kExact)) return fmt::format("{}", value);
  const auto tenths = static_cast<std::uint64_t>(std::llround((value - std::floor(value)) * 10));
  const auto whole = static_cast<std::uint64_t>(value) + tenths / 10;
  if (tenths % 10 == 0) return grouped(whole);
  return fmt::format("{}.{}", grouped(whole), tenths);
}

std::string count_of(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(count), noun, count == 1 ? "" : "s");
}

std::size_t display_width(std::string_view text) {
  std::size_t columns = plain_prefix(text);
  for (std::size_t at = columns; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && continues_character(text[end])) ++end;
    columns += columns_of(code_point(text.substr(at, end - at)));
    at = end;
  }
  return columns;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t columns = display_width(text);
  return std::string(text) + std::string(width > columns ? width - columns : 0, ' ');
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (;;) {
    const std::size_t end = text.find('\n');
    wrap_line(text.substr(0, end), width, lines);
    if (end == text.npos) return lines;
    text.remove_prefix(end + 1);
  }
}

}  // namespace harness
