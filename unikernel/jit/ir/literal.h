// Literals as they are cheapest to pass: an address. A call with one takes half the code of a call
// with a Text, and the reader and the verifier have hundreds.
#pragma once

#include "support/text.h"

namespace jit {

inline Text text_of(const char* literal) {
  uint32_t size = 0;
  while (literal[size] != 0) ++size;
  return {literal, size};
}

}  // namespace jit
