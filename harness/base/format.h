// Numbers and text for people: the one place that decides how a duration or a count is written.
// Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

/// "27.4 ms" below one second, "1.53 s" from there on.
std::string duration_text(std::chrono::nanoseconds time);

/// As JUnit files want it: "0.027". Jenkins' xUnit plugin allows three decimals (its junit-10.xsd,
/// SUREFIRE_TIME).
std::string seconds_text(std::chrono::nanoseconds time);

/// "13,304 bytes", "1 byte".
std::string bytes_text(std::uint64_t bytes);

/// "32 MiB", "640 KiB"; bytes where it is no whole number of either.
std::string memory_text(std::uint64_t bytes);

/// A median or a spread: "1,234", or "1,234.5" where it is not whole.
std::string number_text(double value);

/// A share, from 0 to 1: "12.5 %".
std::string percent_text(double share);

/// "1 boot", "2 boots", "1,000 boots".
std::string count_of(std::uint64_t count, std::string_view noun);

/// Columns that valid UTF-8 takes on a terminal: two a wide character (CJK, emoji), none a mark.
std::size_t display_width(std::string_view text);

/// `text` followed by blanks up to `width` columns.
std::string padded(std::string_view text, std::size_t width);

/// `text` in lines of at most `width` columns, broken at blanks where there are any, else inside a
/// word; "\n" always ends a line. A wider character stands alone. Never empty. width is not 0.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace harness
