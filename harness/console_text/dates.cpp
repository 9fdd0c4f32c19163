#include "console_text/dates.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"

namespace harness {
namespace {

constexpr auto kCalendar = std::to_array<std::string_view>(
    {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun",
     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
constexpr std::size_t kDays = 7, kNameSize = 3;

bool is_month(std::string_view word) {
  constexpr std::span kMonths = std::span(kCalendar).subspan(kDays);
  return std::ranges::find(kMonths, word) != kMonths.end();
}

/// Of the first of these forms that `text` has.
std::size_t one_of(std::string_view text, std::initializer_list<std::string_view> forms) {
  for (const std::string_view wanted : forms) {
    if (const std::size_t size = form(text, wanted); size > 0) return size;
  }
  return 0;
}

/// Of "Z", "+02:00", " UTC", behind a time.
std::size_t zone_size(std::string_view text) {
  if (text.starts_with('Z')) return 1;
  return one_of(text, {"+99:99", "-99:99", "+9999", "-9999", " UTC", " GMT", " +9999 ", " -9999 "});
}

/// Of " CEST", " +03", " PM CEST", behind a time, where a year follows.
std::size_t zone_before_year_size(std::string_view text) {
  constexpr std::size_t kShortest = 3, kLongest = 5;
  std::size_t at = one_of(text, {" AM", " PM"});
  std::size_t zone = one_of(text.substr(at), {" +9999", " -9999", " +99", " -99"});
  if (zone == 0 && text.substr(at).starts_with(' ')) {
    const std::string_view word = text.substr(at + 1);
    const auto size =
        static_cast<std::size_t>(std::ranges::find_if_not(word, is_capital) - word.begin());
    if (size >= kShortest && size <= kLongest) zone = 1 + size;
  }
  at += zone;
  return form(text.substr(at), " 9999 ") > 0 ? at : 0;
}

}  // namespace

std::size_t form(std::string_view text, std::string_view wanted) {
  if (text.size() < wanted.size()) return 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == '9' ? !is_digit(text[i]) : text[i] != wanted[i]) return 0;
  }
  return wanted.size();
}

std::size_t digits(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
}

bool is_calendar(std::string_view word) {
  return std::ranges::find(kCalendar, word) != kCalendar.end();
}

bool is_month_and_day(std::string_view word) {
  const std::string_view day = word.substr(std::min(kNameSize, word.size()));
  return !day.empty() && day.size() <= 2 && digits(day) == day.size() &&
         is_month(word.substr(0, kNameSize));
}

std::size_t time_size(std::string_view text) {
  std::size_t size = one_of(text, {"99:99:99", "9:99:99."});
  if (size == 0) return 0;
  if (text[size - 1] == '.') --size;
  if (size + 1 < text.size() && (text[size] == '.' || text[size] == ',')) {
    const std::size_t decimals = digits(text.substr(size + 1));
    if (decimals > 0) size += 1 + decimals;
  }
  const std::size_t zone = zone_size(text.substr(size));
  const bool blank = zone > 0 && text[size + zone - 1] == ' ';  // it is no part of it
  return size + zone - (blank ? 1 : 0);
}

std::size_t date_size(std::string_view text) {
  const std::size_t day = one_of(text, {"9999-99-99", "9999/99/99"});
  if (day == 0 || day >= text.size() || (text[day] != 'T' && text[day] != ' ')) return 0;
  const std::size_t time = time_size(text.substr(day + 1));
  return time == 0 ? 0 : day + 1 + time;
}

std::size_t calendar_size(std::string_view text) {
  std::size_t at = 0;
  const bool weekday =
      is_calendar(text.substr(0, kNameSize)) && !is_month(text.substr(0, kNameSize));
  if (weekday) at = kNameSize + 1;
  if (at >= text.size() || (weekday && text[kNameSize] != ' ') ||
      !is_month(text.substr(at, kNameSize))) {
    return 0;
  }
  at += kNameSize;
  const std::size_t day = one_of(text.substr(at), {" 99 ", "  9 "});
  const std::size_t time = day == 0 ? 0 : time_size(text.substr(at + day));
  if (time == 0) return 0;
  at += day + time;
  if (weekday) at += zone_before_year_size(text.substr(at));
  const std::size_t year = form(text.substr(at), " 9999 ");
  return weekday && year > 0 ? at + year - 1 : at;
}

}  // namespace harness
