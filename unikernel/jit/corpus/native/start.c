// The native reference's runtime: what a guest in bitcode imports, on i386 Linux without a libc.
#include <stddef.h>

int guest_main(int argument);

static int system_call(int number, int a, const void* b, int c) {
  int result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory");
  return result;
}

enum { kExit = 1, kWrite = 4, kStandardOutput = 1 };

_Noreturn void guest_exit(int status) {
  for (;;) system_call(kExit, status & 255, 0, 0);
}

void guest_write(const char* bytes, int size) {
  while (size > 0) {
    const int written = system_call(kWrite, kStandardOutput, bytes, size);
    if (written <= 0) guest_exit(255);
    bytes += written;
    size -= written;
  }
}

void* memcpy(void* to, const void* from, size_t size) {
  for (size_t i = 0; i < size; ++i) ((char*)to)[i] = ((const char*)from)[i];
  return to;
}

void* memmove(void* to, const void* from, size_t size) {
  if ((const char*)to <= (const char*)from) return memcpy(to, from, size);
  while (size-- > 0) ((char*)to)[size] = ((const char*)from)[size];
  return to;
}

void* memset(void* to, int byte, size_t size) {
  for (size_t i = 0; i < size; ++i) ((char*)to)[i] = (char)byte;
  return to;
}

int memcmp(const void* a, const void* b, size_t size) {
  const unsigned char* x = a;
  const unsigned char* y = b;
  for (size_t i = 0; i < size; ++i) {
    if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
  }
  return 0;
}

size_t strlen(const char* text) {
  size_t length = 0;
  while (text[length] != 0) ++length;
  return length;
}

static int number_in(const char* text) {
  const int negative = *text == '-';
  unsigned value = 0;
  for (text += negative; *text >= '0' && *text <= '9'; ++text)
    value = value * 10 + (unsigned)(*text - '0');
  return (int)(negative ? 0 - value : value);
}

extern void (*__init_array_start[])(void);
extern void (*__init_array_end[])(void);

// The argument of guest_main is the program's first, 1 without one.
__attribute__((used)) _Noreturn static void run(int count, char** arguments) {
  for (void (**at)(void) = __init_array_start; at != __init_array_end; ++at) (*at)();
  guest_exit(guest_main(count > 1 ? number_in(arguments[1]) : 1));
}

// At entry the stack holds the count of arguments, then their addresses.
__attribute__((naked, noreturn)) void _start(void) {
  __asm__(
      "xorl %ebp, %ebp\n"
      "movl (%esp), %eax\n"
      "leal 4(%esp), %ecx\n"
      "andl $-16, %esp\n"
      "subl $8, %esp\n"
      "pushl %ecx\n"
      "pushl %eax\n"
      "calll run\n");
}
