#include "compiler/shuffles.h"

namespace jit {

using namespace x86_32;

Shuffle find_shuffle(const uint32_t* mask, uint32_t lanes) {
  Shuffle found;
  const auto all = [&](auto f) {
    for (uint32_t k = 0; k < lanes; ++k) {
      if (!f(k, mask[k])) return false;
    }
    return true;
  };
  const bool first = all([&](uint32_t, uint32_t m) { return m < lanes; });
  const bool second = all([&](uint32_t, uint32_t m) { return m >= lanes; });
  if ((first || second) && (lanes == 4 || lanes == 2)) {
    found.code = op::pshufd;
    found.has_control = found.single = true;
    found.exchanged = second;
    uint32_t control = 0;
    for (uint32_t k = 0; k < 4; ++k) {
      const uint32_t m = lanes == 4 ? mask[k] % 4 : mask[k / 2] % 2 * 2 + k % 2;
      control |= m << 2 * k;
    }
    found.control = static_cast<uint8_t>(control);
    return found;
  }
  // The lower or upper halves, one lane of each in turn.
  for (uint32_t way = 0; way < 4; ++way) {
    const uint32_t begin = way % 2 * lanes / 2, a = way / 2 * lanes, b = lanes - a;
    if (!all([&](uint32_t k, uint32_t m) { return m == (k % 2 == 0 ? a : b) + begin + k / 2; })) {
      continue;
    }
    const Code low = lanes == 16  ? op::punpcklbw
                     : lanes == 8 ? op::punpcklwd
                     : lanes == 4 ? op::punpckldq
                                  : op::punpcklqdq;
    found.code = way % 2 == 0 ? low : lanes == 2 ? 0x66'0F'6DU : low + 8;
    found.exchanged = way / 2 == 1;
    return found;
  }
  if (lanes == 4) {
    for (uint32_t way = 0; way < 2; ++way) {
      const bool fits =
          all([&](uint32_t k, uint32_t m) { return (m >= 4) == ((k >= 2) != (way == 1)); });
      if (!fits) continue;
      found.code = op::shufps;
      found.has_control = true;
      found.exchanged = way == 1;
      found.control = static_cast<uint8_t>(mask[0] % 4 | mask[1] % 4 << 2 | mask[2] % 4 << 4 |
                                           mask[3] % 4 << 6);
      return found;
    }
  }
  if (lanes == 2) {           // one of each
    found.code = 0x66'0F'C6;  // shufpd
    found.has_control = true;
    found.exchanged = mask[0] >= 2;
    found.control = static_cast<uint8_t>(mask[0] % 2 | mask[1] % 2 << 1);
    return found;
  }
  return {};
}

}  // namespace jit
