#include "kernel/console.h"

namespace kernel {

Console& Console::text(const char* s) {
  size_t size = 0;
  while (s[size]) ++size;
  return text(s, size);
}

Console& Console::text(const char* s, size_t size) {
  sink_->write(s, size);
  return *this;
}

Console& Console::decimal(uint64_t value) {
  char digits[20];  // UINT64_MAX has 20
  char* const end = digits + sizeof digits;
  char* at = end;
  do {
    const uint64_t rest = value / 10;
    *--at = static_cast<char>('0' + (value - rest * 10));
    value = rest;
  } while (value);
  return text(at, static_cast<size_t>(end - at));
}

Console& Console::decimal_signed(int64_t value) {
  if (value >= 0) return decimal(static_cast<uint64_t>(value));
  return text("-", 1).decimal(-static_cast<uint64_t>(value));
}

Console& Console::hex(uint64_t value, unsigned digits) {
  char text_of[16];
  char* const end = text_of + sizeof text_of;
  char* at = end;
  const char* const least = end - (digits < sizeof text_of ? digits : sizeof text_of);
  do {
    *--at = "0123456789ABCDEF"[value & 15];
    value >>= 4;
  } while (value || at > least);
  return text(at, static_cast<size_t>(end - at));
}

Console& Console::color(Color foreground) {
  sink_->set_color(foreground);
  return *this;
}

}  // namespace kernel
