// What compiled code may call besides the program's functions. Their machine code is made by
// Native (compiler/native.h), at the beginning of the region.
#pragma once

#include <stdint.h>

namespace jit {

enum class Service : uint8_t {
  island,  // eax: its number, xmm7: the address of the frame's slots. Keeps all other registers
  import,  // eax: FunctionId; the stack is as that function is called
  end,     // eax: Outcome. Ends the program
};
constexpr uint32_t kServices = 3;

}  // namespace jit
