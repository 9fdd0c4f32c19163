// Days of the calendar: numbers to dates and back, weekdays, leap years, Easter.
#include "corpus.h"

struct Date {
  int year, month, day;
};

static int is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }
static int64_t days_of(struct Date date) {
  const int year = date.month <= 2 ? date.year - 1 : date.year;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int of_era = year - era * 400;
  const int of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return (int64_t)era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}
static struct Date date_of(int64_t days) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int of_era = (int)(days - era * 146097);
  const int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int of_year = of_era - (365 * year + year / 4 - year / 100);
  const int month = (5 * of_year + 2) / 153;
  struct Date date = {(int)(year + era * 400), month < 10 ? month + 3 : month - 9,
                      of_year - (153 * month + 2) / 5 + 1};
  date.year += date.month <= 2;
  return date;
}
static struct Date easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4,
            g = (8 * b + 13) / 25;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4,
            l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return (struct Date){year, n / 31, n % 31 + 1};
}

int guest_main(int argument) {
  for (int64_t days = opaque64(-1000000); days < 1000000; days += 12347 + argument) {
    const struct Date date = date_of(days);
    if (days_of(date) != days) guest_exit(1);
    mix((uint32_t)(date.year * 512 + date.month * 32 + date.day));
    mix((uint32_t)(((days + 4) % 7 + 7) % 7) + (uint32_t)is_leap(date.year));
  }
  for (int year = 1990; year < 2040; ++year) {
    const struct Date sunday = easter(opaque(year));
    mix((uint32_t)(sunday.month * 100 + sunday.day));
    if ((days_of(sunday) + 4) % 7 != 0) guest_exit(2);
  }
  return finish();
}
