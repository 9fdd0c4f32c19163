#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <vector>

namespace harness {
namespace {

/// Length of the valid UTF-8 sequence of a printable character at the start of `bytes` (2 to 4),
/// or 0. Overlong forms, surrogates and C1 controls (U+0080 to U+009F) are refused: a terminal
/// may act on the last.
std::size_t utf8_length(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || lead > 0xF4 || bytes.size() < length) return 0;
  std::uint32_t code = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0xA0, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  // Bidirectional controls reorder what a reader sees.
  const bool reorders = code == 0x061C || (code >= 0x200E && code <= 0x200F) ||
                        (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  if (code < kSmallest[length] || code > 0x10FFFF || surrogate || reorders) return 0;
  return length;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

}  // namespace

std::size_t plain_prefix(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && text[size] >= ' ' && text[size] < '\x7F') ++size;
  return size;
}

std::string printable(std::string_view untrusted) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string safe;
  safe.reserve(untrusted.size());
  for (std::size_t i = 0; i < untrusted.size(); ++i) {
    const std::size_t run = plain_prefix(untrusted.substr(i));
    safe.append(untrusted, i, run);
    i += run;
    if (i == untrusted.size()) break;
    const auto byte = static_cast<unsigned char>(untrusted[i]);
    if (byte == '\t') {
      safe += ' ';
    } else if (const std::size_t length = byte < 0x80 ? 0 : utf8_length(untrusted.substr(i))) {
      safe.append(untrusted.substr(i, length));
      i += length - 1;
    } else {
      safe += "\\x";
      safe += kDigits[byte >> 4];
      safe += kDigits[byte & 15];
    }
  }
  return safe;
}

std::string nearest(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  // A third of the word may be wrong, two letters at least: 'timout' is meant, 'xyz' is not.
  std::size_t allowed = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < allowed && distance < candidate.size()) {
      allowed = distance;
      best = candidate;
    }
  }
  return std::string(best);
}

std::optional<std::uint64_t> parse_bytes(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view suffix(end, text.data() + text.size());
  unsigned shift = 0;
  if (suffix == "K")
    shift = 10;
  else if (suffix == "M")
    shift = 20;
  else if (suffix == "G")
    shift = 30;
  else if (!suffix.empty())
    return std::nullopt;
  if (value > UINT64_MAX >> shift) return std::nullopt;
  return value << shift;
}

std::string grouped(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string printable_lines(std::string_view untrusted) {
  std::string text;
  for (;;) {
    const std::size_t end = untrusted.find('\n');
    text += printable(untrusted.substr(0, end));
    if (end == untrusted.npos) return text;
    text += '\n';
    untrusted.remove_prefix(end + 1);
  }
}

}  // namespace harness
