#include "base/utc.h"

#include <chrono>
#include <cstdio>

namespace harness {
namespace {

/// What the clock there is ahead of UTC, of "Z", "" and "+02:00".
std::optional<std::chrono::minutes> offset_of(const std::string& zone) {
  if (zone.empty() || zone == "Z") return std::chrono::minutes(0);
  char sign[2] = {};
  unsigned hours = 0, minutes = 0;
  int read = 0;
  if (std::sscanf(zone.c_str(), "%1[+-]%2u:%2u%n", sign, &hours, &minutes, &read) != 3 ||
      static_cast<std::size_t>(read) != zone.size()) {
    return std::nullopt;
  }
  const auto ahead = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return sign[0] == '-' ? -ahead : ahead;
}

}  // namespace

std::optional<std::int64_t> unix_seconds(const std::string& text) {
  using namespace std::chrono;
  int year = 0, read = 0;
  unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
  const bool is_read = std::sscanf(text.c_str(), "%4d-%2u-%2uT%2u:%2u:%2u%n", &year, &month, &day,
                                   &hour, &minute, &second, &read) == 6 ||
                       std::sscanf(text.c_str(), "%4d/%2u/%2u-%2u:%2u:%2u%n", &year, &month, &day,
                                   &hour, &minute, &second, &read) == 6;
  if (!is_read) return std::nullopt;
  const auto offset = offset_of(text.substr(static_cast<std::size_t>(read)));
  const year_month_day date{std::chrono::year(year), std::chrono::month(month),
                            std::chrono::day(day)};
  if (!offset || !date.ok()) return std::nullopt;
  const auto time = sys_days(date) + hours(hour) + minutes(minute) + seconds(second) - *offset;
  return duration_cast<seconds>(time.time_since_epoch()).count();
}

}  // namespace harness
