#include "compiler/native.h"
#include "interpreter/runtime.h"

namespace jit {
namespace {

uint64_t pair(const uint32_t* slots) { return slots[0] | uint64_t{slots[1]} << 32; }

}  // namespace

Outcome Native::run_runtime(RuntimeCall which, uint32_t* slots) {
  State& state = machine_.mutable_state();
  if (which == RuntimeCall::move) return move(state, slots[0], slots[1], slots[2]);
  if (which == RuntimeCall::fill) return fill(state, slots[0], slots[1], slots[2]);
  const uint64_t a = pair(slots), b = pair(slots + 2);
  const auto x = static_cast<int64_t>(a), y = static_cast<int64_t>(b);
  uint64_t result = 0;
  const auto least = static_cast<int64_t>(uint64_t{1} << 63);
  switch (which) {
    case RuntimeCall::udiv64:
    case RuntimeCall::urem64:
      if (b == 0) return Outcome::division;
      result = which == RuntimeCall::udiv64 ? a / b : a % b;
      break;
    case RuntimeCall::sdiv64:
    case RuntimeCall::srem64:
      if (y == 0 || (x == least && y == -1)) return Outcome::division;
      result = static_cast<uint64_t>(which == RuntimeCall::sdiv64 ? x / y : x % y);
      break;
    case RuntimeCall::shl64:
      result = a << (b & 63);
      break;
    case RuntimeCall::lshr64:
      result = a >> (b & 63);
      break;
    case RuntimeCall::ashr64:
      result = static_cast<uint64_t>(x >> (b & 63));
      break;
    case RuntimeCall::umin64:
      result = a < b ? a : b;
      break;
    case RuntimeCall::umax64:
      result = a > b ? a : b;
      break;
    case RuntimeCall::smin64:
      result = static_cast<uint64_t>(x < y ? x : y);
      break;
    default:
      result = static_cast<uint64_t>(x > y ? x : y);
      break;
  }
  slots[4] = static_cast<uint32_t>(result);
  slots[5] = static_cast<uint32_t>(result >> 32);
  return Outcome::returned;
}

}  // namespace jit
