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
