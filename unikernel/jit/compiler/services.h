// What compiled code may call besides the program's functions. Their machine code is made by
// Native (compiler/native.h), at the beginning of the region.
#pragma once

#include <stdint.h>

namespace jit {

enum class Service : uint8_t {
  island,     // eax: its number, xmm7: the address of the frame's slots. Keeps all other registers
  runtime,    // eax: RuntimeCall, xmm7: the address of its operands. Keeps all other registers
  import,     // eax: FunctionId; the stack is as that function is called
  end,        // eax: Outcome. Ends the program
  interpret,  // eax: FunctionId; the stack is as that function is called
  // Of code that is made while the program runs.
  sample,   // the fuel that was handed out is spent. Keeps all registers
  watch,    // as interpret: runs the function, and looks at its arguments
  deliver,  // the result is at Header::result
};
constexpr uint32_t kFirstServices = 5;  // of code that is made before
constexpr uint32_t kServices = 8;
/// Numbered behind them, by Outcome: Service::end with that outcome.
constexpr uint32_t kOutcomes = 13;
constexpr uint32_t kServiceEntries = kServices + kOutcomes;

/// Fuel is handed to machine code as a word of so many bits, and the rest, in such units, as
/// another: the first may get less than nothing before somebody looks.
constexpr uint32_t kFuelBits = 20;

/// What is a function of C++, called like an island: operands one behind the other as slots, and
/// then the result.
enum class RuntimeCall : uint8_t {
  udiv64,
  sdiv64,
  urem64,
  srem64,
  shl64,
  lshr64,
  ashr64,
  umin64,
  umax64,
  smin64,
  smax64,
  move,  // to, from, bytes
  fill,  // to, byte, bytes
};

}  // namespace jit
