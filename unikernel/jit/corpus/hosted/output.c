// stdio.h: printf and what else writes. Numbers are written exactly: of a double, all decimal
// digits are computed, then rounded to as many as are asked for.
#include <stdio.h>

#include <stdint.h>
#include <string.h>

#include "decimal.h"

void guest_write(const char* bytes, int size);

struct hosted_file {
  int shown;  // stderr is not: a test compares what a program tells on stdout
};
static struct hosted_file files[] = {{0}, {1}, {0}};
#undef stdin
#undef stdout
#undef stderr
FILE* const stdin = &files[0];
FILE* const stdout = &files[1];
FILE* const stderr = &files[2];

// ---- where it goes: a file, or memory of some size

typedef struct {
  FILE* file;
  char* memory;
  size_t room;  // of memory, the 0 behind included
  int count;    // all that was to be written
  char waiting[64];
  int waits;
} Out;

static void flush(Out* out) {
  if (out->file != 0 && out->file->shown && out->waits > 0) guest_write(out->waiting, out->waits);
  out->waits = 0;
}
static void add(Out* out, char c) {
  if (out->file != 0) {
    if (out->waits == (int)sizeof out->waiting) flush(out);
    out->waiting[out->waits++] = c;
  } else if ((size_t)out->count + 1 < out->room) {
    out->memory[out->count] = c;
  }
  ++out->count;
}
static void repeat(Out* out, char c, int times) {
  while (times-- > 0) add(out, c);
}

// ---- one conversion

typedef struct {
  int left, zeros, alternate;
  char sign;             // of what is not negative: 0, '+' or ' '
  int width, precision;  // precision: -1 where there is none
} Form;

static void field(Out* out, const Form* form, const char* before, const char* text, int length,
                  int zeros) {
  const int used = (int)strlen(before) + zeros + length;
  if (!form->left && !form->zeros) repeat(out, ' ', form->width - used);
  while (*before != 0) add(out, *before++);
  if (!form->left && form->zeros) repeat(out, '0', form->width - used);
  repeat(out, '0', zeros);
  for (int i = 0; i < length; ++i) add(out, text[i]);
  if (form->left) repeat(out, ' ', form->width - used);
}

static void integer(Out* out, Form form, char kind, unsigned long long value, int negative) {
  const unsigned base = kind == 'o' ? 8 : kind == 'x' || kind == 'X' || kind == 'p' ? 16 : 10;
  const char* const digits = kind == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
  char text[24];
  int at = sizeof text;
  for (unsigned long long rest = value; rest != 0; rest /= base) text[--at] = digits[rest % base];
  int least = form.precision < 0 ? 1 : form.precision;
  const int length = (int)sizeof text - at;
  char before[3] = {0, 0, 0};
  if (negative)
    before[0] = '-';
  else if (form.sign != 0 && (kind == 'd' || kind == 'i'))
    before[0] = form.sign;
  if (kind == 'p' || (form.alternate && base == 16 && value != 0)) {
    before[0] = '0';
    before[1] = kind == 'X' ? 'X' : 'x';
  }
  if (form.alternate && base == 8 && least <= length) least = length + 1;
  if (form.precision >= 0) form.zeros = 0;
  field(out, &form, before, text + at, length, least > length ? least - length : 0);
}

// ---- floating-point numbers

static char digit_at(const Decimal* d, int i) {
  return (char)('0' + (i >= 0 && i < d->count ? d->digits[i] : 0));
}

static void real(Out* out, Form form, char kind, long double value) {
  static Decimal d;
  static char text[kMostDigits + 400];
  const char small = (char)(kind | 32);
  uint64_t mantissa = 0;
  uint16_t top = 0;  // sign and exponent
  memcpy(&mantissa, &value, sizeof mantissa);
  memcpy(&top, (const char*)&value + sizeof mantissa, sizeof top);
  const int exponent = top & 0x7fff;
  char before[2] = {top >> 15 ? '-' : form.sign, 0};
  if (exponent == 0x7fff) {
    form.zeros = 0;
    const char* const word = mantissa << 1 != 0 ? (kind == small ? "nan" : "NAN")
                             : kind == small    ? "inf"
                                                : "INF";
    field(out, &form, before, word, 3, 0);
    return;
  }
  decimal_of(&d, mantissa, (exponent == 0 ? 1 : exponent) - 16446);
  const int zero = d.count == 0;
  int precision = form.precision < 0 ? 6 : form.precision > 300 ? 300 : form.precision;
  int scientific = small == 'e', strip = 0;
  if (small == 'g') {
    if (precision == 0) precision = 1;
    round_to(&d, precision);
    scientific = !zero && (d.point - 1 < -4 || d.point - 1 >= precision);
    precision -= scientific ? 1 : d.point;
    strip = !form.alternate;
  } else {
    round_to(&d, scientific ? precision + 1 : d.point + precision);
  }
  const int point = scientific ? 1 : d.point;
  int length = 0;
  if (point <= 0) text[length++] = '0';
  for (int i = 0; i < point; ++i) text[length++] = digit_at(&d, i);
  if (precision > 0 || form.alternate) {
    const int at = length;
    text[length++] = '.';
    for (int i = 0; i < precision; ++i) text[length++] = digit_at(&d, point + i);
    while (strip && text[length - 1] == '0') --length;
    if (strip && length == at + 1) length = at;
  }
  if (scientific) {
    int power = zero ? 0 : d.point - 1;
    text[length++] = kind == small ? 'e' : 'E';
    text[length++] = power < 0 ? '-' : '+';
    if (power < 0) power = -power;
    if (power >= 1000) text[length++] = (char)('0' + power / 1000);
    if (power >= 100) text[length++] = (char)('0' + power / 100 % 10);
    text[length++] = (char)('0' + power / 10 % 10);
    text[length++] = (char)('0' + power % 10);
  }
  field(out, &form, before, text, length, 0);
}

// ---- the format

static const char* number(const char* at, int* value) {
  for (*value = 0; *at >= '0' && *at <= '9'; ++at) *value = *value * 10 + (*at - '0');
  return at;
}
static void format(Out* out, const char* at, va_list list) {
  for (; *at != 0; ++at) {
    if (*at != '%') {
      add(out, *at);
      continue;
    }
    Form form = {0, 0, 0, 0, 0, -1};
    for (++at;; ++at) {
      if (*at == '-')
        form.left = 1;
      else if (*at == '0')
        form.zeros = 1;
      else if (*at == '#')
        form.alternate = 1;
      else if (*at == '+')
        form.sign = '+';
      else if (*at == ' ')
        form.sign = form.sign != 0 ? form.sign : ' ';
      else
        break;
    }
    if (*at == '*') {
      form.width = va_arg(list, int);
      if (form.width < 0) {
        form.left = 1;
        form.width = -form.width;
      }
      ++at;
    } else {
      at = number(at, &form.width);
    }
    if (*at == '.') {
      if (at[1] == '*') {
        form.precision = va_arg(list, int);
        at += 2;
      } else {
        at = number(at + 1, &form.precision);
      }
    }
    if (form.left) form.zeros = 0;
    int longs = 0, halves = 0;
    for (;; ++at) {
      if (*at == 'l')
        ++longs;
      else if (*at == 'j' || *at == 'q' || *at == 'L')
        longs = 2;
      else if (*at == 'h')
        ++halves;
      else if (*at != 'z' && *at != 't')
        break;
    }
    switch (*at) {
      case 'd':
      case 'i': {
        long long value = longs > 1 ? va_arg(list, long long) : va_arg(list, int);
        if (halves == 1) value = (short)value;
        if (halves > 1) value = (signed char)value;
        integer(out, form, *at,
                value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value, value < 0);
        break;
      }
      case 'o':
      case 'u':
      case 'x':
      case 'X': {
        unsigned long long value =
            longs > 1 ? va_arg(list, unsigned long long) : va_arg(list, unsigned);
        if (halves == 1) value = (unsigned short)value;
        if (halves > 1) value = (unsigned char)value;
        integer(out, form, *at, value, 0);
        break;
      }
      case 'p':
        integer(out, form, 'p', (uintptr_t)va_arg(list, void*), 0);
        break;
      case 'c': {
        const char c = (char)va_arg(list, int);
        field(out, &form, "", &c, 1, 0);
        break;
      }
      case 's': {
        const char* text = va_arg(list, const char*);
        if (text == 0) text = "(null)";
        form.zeros = 0;
        field(out, &form, "", text,
              (int)(form.precision < 0 ? strlen(text) : strnlen(text, (size_t)form.precision)), 0);
        break;
      }
      case 'n':
        *va_arg(list, int*) = out->count;
        break;
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        real(out, form, *at, longs > 1 ? va_arg(list, long double) : va_arg(list, double));
        break;
      case 0:
        return;
      default:
        add(out, *at);
    }
  }
}

// ---- what programs call

int vfprintf(FILE* file, const char* text, va_list list) {
  Out out = {.file = file};
  format(&out, text, list);
  flush(&out);
  return out.count;
}
int vsnprintf(char* memory, size_t room, const char* text, va_list list) {
  Out out = {.memory = memory, .room = room};
  format(&out, text, list);
  if (room > 0) memory[(size_t)out.count < room ? (size_t)out.count : room - 1] = 0;
  return out.count;
}
int vprintf(const char* text, va_list list) { return vfprintf(stdout, text, list); }
int vsprintf(char* memory, const char* text, va_list list) {
  return vsnprintf(memory, 0x7fffffff, text, list);
}
#define WITH_LIST(call)   \
  va_list list;           \
  va_start(list, text);   \
  const int count = call; \
  va_end(list);           \
  return count
int printf(const char* text, ...) { WITH_LIST(vfprintf(stdout, text, list)); }
int fprintf(FILE* file, const char* text, ...) { WITH_LIST(vfprintf(file, text, list)); }
int sprintf(char* memory, const char* text, ...) { WITH_LIST(vsprintf(memory, text, list)); }
int snprintf(char* memory, size_t room, const char* text, ...) {
  WITH_LIST(vsnprintf(memory, room, text, list));
}

size_t fwrite(const void* bytes, size_t size, size_t count, FILE* file) {
  if (file->shown && size * count > 0) guest_write(bytes, (int)(size * count));
  return count;
}
int fputs(const char* text, FILE* file) {
  fwrite(text, 1, strlen(text), file);
  return 0;
}
int fputc(int c, FILE* file) {
  const char byte = (char)c;
  fwrite(&byte, 1, 1, file);
  return c & 255;
}
int putc(int c, FILE* file) { return fputc(c, file); }
int putchar(int c) { return fputc(c, stdout); }
int puts(const char* text) {
  fputs(text, stdout);
  putchar('\n');
  return 0;
}
int fflush(FILE* file) {
  (void)file;
  return 0;
}
void perror(const char* text) { (void)text; }

FILE* fopen(const char* name, const char* mode) {
  (void)name;
  (void)mode;
  return 0;
}
int fclose(FILE* file) {
  (void)file;
  return 0;
}
size_t fread(void* to, size_t size, size_t count, FILE* file) {
  (void)to;
  (void)size;
  (void)count;
  (void)file;
  return 0;
}
int fgetc(FILE* file) {
  (void)file;
  return EOF;
}
int getc(FILE* file) { return fgetc(file); }
int getchar(void) { return EOF; }
char* fgets(char* to, int room, FILE* file) {
  (void)to;
  (void)room;
  (void)file;
  return 0;
}
