#include "app/natives.h"

#include <stddef.h>

namespace {

kernel::Console* g_console = nullptr;

}  // namespace

namespace jit::app {

const Native* find(Span<const Native> natives, Text name) {
  for (const Native& native : natives) {
    if (native.name == name) return &native;
  }
  return nullptr;
}

void native_programs_write_to(kernel::Console& console) { g_console = &console; }

}  // namespace jit::app

extern "C" void guest_write(const char* bytes, int size) {
  if (size > 0) g_console->text(bytes, static_cast<size_t>(size));
}

extern "C" [[noreturn]] void guest_exit(int) {
  g_console->text("a benchmark ended by guest_exit: it must return\n");
  __builtin_trap();
}

extern "C" size_t strlen(const char* text) {
  size_t length = 0;
  while (text[length] != 0) ++length;
  return length;
}
