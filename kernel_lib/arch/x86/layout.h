// Where things lie in memory: the stack, and the symbols of the linker script (image.ld).
#pragma once

#include <stdint.h>

namespace x86 {

// As in arch/x86/entry.asm.
inline constexpr uintptr_t kStackBottom = 0x80000;
inline constexpr uintptr_t kStackTop = 0x90000;
inline constexpr uint32_t kStackPaint = 0x5AA5C33C;

extern "C" {
extern const char image_start[], image_end[], text_start[], text_end[];
extern const char data_start[];  // a page begins here: all before it is only read or executed
extern const char bss_end[];     // the last byte of all that the image takes, heap included, and 1
}

}  // namespace x86
