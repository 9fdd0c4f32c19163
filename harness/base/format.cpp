#include "base/format.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "base/time.h"

namespace harness {
namespace {

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Bytes of the longest start of `text` that takes at most `width` columns.
std::size_t bytes_of_columns(std::string_view text, std::size_t width) {
  std::size_t at = 0;
  for (std::size_t columns = 0; at < text.size() && columns < width; ++columns) {
    ++at;
    while (at < text.size() && continues_character(text[at])) ++at;
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
  std::size_t columns = 0;
  for (const char byte : text) columns += continues_character(byte) ? 0 : 1;
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
