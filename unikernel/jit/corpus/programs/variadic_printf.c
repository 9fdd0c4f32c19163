// A printf of our own: variadic arguments of all kinds, with widths, and va_copy for a second pass.
#include "corpus.h"

#include <stdarg.h>

static int g_column;

static void put(char c) {
  guest_write(&c, 1);
  ++g_column;
}
static void put_number(uint64_t value, uint32_t base, int width, char fill) {
  char digits[24];
  int count = 0;
  do {
    digits[count++] = "0123456789abcdef"[value % base];
    value /= base;
  } while (value != 0);
  while (width-- > count) put(fill);
  while (count > 0) put(digits[--count]);
}
static void put_signed(int64_t value) {
  if (value < 0) put('-');
  put_number(value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10, 0, ' ');
}
static void format_list(const char* format, va_list arguments) {
  for (; *format; ++format) {
    if (*format != '%') {
      put(*format);
      continue;
    }
    int width = 0;
    const char fill = format[1] == '0' ? '0' : ' ';
    while (format[1] >= '0' && format[1] <= '9') width = width * 10 + *++format - '0';
    switch (*++format) {
      case 'd':
        put_signed(va_arg(arguments, int));
        break;
      case 'D':
        put_signed(va_arg(arguments, int64_t));
        break;
      case 'x':
        put_number(va_arg(arguments, unsigned), 16, width, fill);
        break;
      case 'X':
        put_number(va_arg(arguments, uint64_t), 16, width, fill);
        break;
      case 'c':
        put((char)va_arg(arguments, int));
        break;
      case 's':
        for (const char* s = va_arg(arguments, const char*); *s; ++s) put(*s);
        break;
      case 'f':
        put_signed((int64_t)(va_arg(arguments, double) * 1000));
        break;
      default:
        put('%');
        break;
    }
  }
}
static int format(const char* text, ...) {
  g_column = 0;
  va_list first, second;
  va_start(first, text);
  va_copy(second, first);
  format_list(text, first);
  format_list(text, second);
  va_end(second);
  va_end(first);
  return g_column;
}

int guest_main(int argument) {
  mix((uint32_t)format("%d %D %x %X|", opaque(-42), opaque64(-5000000000), 0xbeefu,
                       opaque64(1) << 40));
  mix((uint32_t)format("%c%c%s %f%%\n", 'o', opaque('k'), " then",
                       opaque_double(3.14159) * argument));
  mix((uint32_t)format("%08x %5x %016X\n", 0x1234u, 0xau, (uint64_t)0xabcdef));
  mix((uint32_t)format("nothing\n"));
  return finish();
}
