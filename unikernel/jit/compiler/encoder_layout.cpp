// Where the code's parts end up: jumps get short, and with them all that is behind them moves.
#include "compiler/encoder.h"

namespace jit {

using namespace x86_32;

namespace {

// Files may hold functions made to keep the compiler busy. What is given up is a few bytes: those
// of a jump that only a long chain of others, each short by the next, would make short.
constexpr uint32_t kRounds = 32;

}  // namespace

uint32_t Encoder::final_offset(uint32_t at) const {
  uint32_t low = 0, high = jumps_.size();
  while (low < high) {
    const uint32_t middle = (low + high) / 2;
    if (jumps_[middle].end <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return moved(at, low);
}

void Encoder::shorten() {
  size_ = 0;
  for (const Jump& jump : jumps_) good_ &= is_bound(jump.to);
  for (const Reference& r : references_) good_ &= r.target != Target::label || is_bound(r.number);
  if (!good_) return;
  // Shorter jumps bring their targets nearer, never farther: what fits once fits for good.
  bool changed = true;
  for (uint32_t round = 0; changed && round < kRounds; ++round) {
    changed = false;
    for_each_paced(arena_, jumps_.size(), 2, [&](uint32_t k) {
      Jump& jump = jumps_[k];
      if (jump.is_short) return;
      const auto distance =
          static_cast<int32_t>(label_offset(jump.to)) - static_cast<int32_t>(jump.end - jump.saved);
      // The jump itself gets shorter, too: backwards, its target comes nearer by that.
      const auto gain = static_cast<int32_t>(jump.end - jump.at - 2);
      if (distance + (distance < 0 ? gain : 0) < -128 || distance > 127) return;
      jump.is_short = changed = true;
    });
    uint32_t saved = 0;
    for_each_paced(arena_, jumps_.size(), 2, [&](uint32_t k) {
      Jump& jump = jumps_[k];
      if (jump.is_short) saved += jump.end - jump.at - 2;
      jump.saved = saved;
    });
  }
  size_ = moved(position(), jumps_.size());
}

void Encoder::copy(uint8_t* to, uint32_t address) const {
  const uint8_t* from = begin_;
  uint8_t* out = to;
  for (const Jump& jump : jumps_) {
    const uint8_t* const at = begin_ + jump.at;
    __builtin_memcpy(out, from, static_cast<size_t>(at - from));
    out += at - from;
    const uint32_t distance = label_offset(jump.to) - (jump.end - jump.saved);
    const bool conditional = *at == 0x0F;
    if (jump.is_short) {
      *out++ = conditional ? static_cast<uint8_t>(at[1] - 0x10) : 0xEB;
      *out++ = static_cast<uint8_t>(distance);
    } else {
      *out++ = *at;
      if (conditional) *out++ = at[1];
      put(out, distance);
      out += 4;
    }
    from = begin_ + jump.end;
  }
  __builtin_memcpy(out, from, static_cast<size_t>(next_ - from));
  out += next_ - from;
  if (constant_bytes() == 0) return;
  uint8_t* const constants = to + constants_offset();
  while (out < constants) *out++ = 0xCC;
  for (uint32_t i = 0; i < constants_.size(); ++i) constants[i] = constants_[i];
  for (const Reference& r : references_) {
    if (r.target == Target::label) {
      put(constants + r.at, address + label_offset(r.number));
    } else if (r.target == Target::constants) {
      put(to + final_offset(r), address + constants_offset() + r.number);
    }
  }
}

}  // namespace jit
