// Dates and times as logs print them: how many bytes of a line they take.
#pragma once

#include <cstddef>
#include <string_view>

namespace harness {

/// How many bytes of `text` have this form: '9' stands for a digit, anything else for itself; 0
/// where they differ.
std::size_t form(std::string_view text, std::string_view wanted);
/// The number of digits that `text` starts with.
std::size_t digits(std::string_view text);

/// "May" or "Thu".
bool is_calendar(std::string_view word);
/// "May23", of dmesg -H.
bool is_month_and_day(std::string_view word);

/// Each takes a text of any bytes and returns the size of what it starts with, or 0.
/// "12:22:33", "0:00:01.5", "12:22:33.123", "12:22:33,123Z", "12:22:33+02:00", "12:22:33 UTC"
std::size_t time_size(std::string_view text);
/// "2024-05-23T12:22:33.123", with a blank or a 'T' in the middle; "2024/05/23 12:22:33"
std::size_t date_size(std::string_view text);
/// "May 23 12:22:33", "Thu May 23 12:22:33 2024", "Thu May 23 12:22:33 CEST 2024"
std::size_t calendar_size(std::string_view text);

}  // namespace harness
