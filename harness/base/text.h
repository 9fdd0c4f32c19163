// Small text helpers that several parts share. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace harness {

/// Untrusted text made harmless for a terminal: bytes outside printable ASCII become \xNN (tab
/// becomes a space); valid UTF-8 beyond ASCII is kept, except control characters.
std::string printable(std::string_view untrusted);

/// Untrusted text of several lines, each made printable.
std::string printable_lines(std::string_view untrusted);

/// ASCII, whatever the locale.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// Of a name in C and its like.
constexpr bool is_name_char(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
constexpr bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
constexpr char lower_case(char c) { return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower_case(a[i]) != lower_case(b[i])) return false;
  }
  return true;
}
constexpr bool starts_ignoring_case(std::string_view text, std::string_view word) {
  return equal_ignoring_case(text.substr(0, word.size()), word);
}

/// Cuts `word` off the front; false, and nothing is cut, where the text does not start with it.
constexpr bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// Without the blanks, tabs and carriage returns at both ends.
constexpr std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// The last `lines` (1 or more) lines of a text that no line end closes; all, where it has no more.
constexpr std::string_view last_lines(std::string_view text, std::size_t lines) {
  std::size_t begin = text.size();
  for (std::size_t found = 0; begin != 0; --begin) {
    if (text[begin - 1] == '\n' && ++found == lines) break;
  }
  return text.substr(begin);
}

constexpr bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// How many bytes at the start of `text` are printable ASCII: printable() writes these as they are.
/// Most text is nothing else, and reports are made of much text.
std::size_t plain_prefix(std::string_view text);

/// The candidate nearest to `word` by edit distance, or "" where none is near enough to be meant.
std::string nearest(std::string_view word, std::span<const std::string_view> candidates);

/// "32M" -> 33554432. Suffixes K, M, G (powers of 1024), decimal digits only. nullopt: not one.
std::optional<std::uint64_t> parse_bytes(std::string_view text);

/// 1234567 -> "1,234,567".
std::string grouped(std::uint64_t value);

}  // namespace harness
