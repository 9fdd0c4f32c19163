#include "interpreter/lanes.h"

#include "interpreter/layout.h"
#include "support/bytes.h"

namespace jit {
namespace {

uint64_t get(const uint8_t* bytes, uint32_t size, uint32_t index) {
  return read_little(bytes + size_t{index} * size, size);
}

void put(uint8_t* bytes, uint32_t size, uint32_t index, uint64_t value) {
  write_little(bytes + size_t{index} * size, value, size);
}

/// A result is written when all operands have been read: its slots may be theirs.
struct Result {
  uint8_t bytes[kMaxSlots / 16];  // vectors have at most 64 lanes of bytes
};
constexpr uint32_t kMaxBytes = sizeof(Result);

void copy(uint8_t* to, const uint8_t* from, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) to[i] = from[i];
}

}  // namespace

Outcome lanes(State&, uint32_t* frame, const Cell* cells) {
  const auto op = static_cast<LaneOp>(cells[0]);
  const auto bits = static_cast<uint32_t>(cells[1]), size = static_cast<uint32_t>(cells[2]);
  const auto to_bits = static_cast<uint32_t>(cells[3]), to_size = static_cast<uint32_t>(cells[4]);
  const auto count = static_cast<uint32_t>(cells[5]), operands = static_cast<uint32_t>(cells[6]);
  Result result;
  const uint8_t* const a = bytes_at(frame, cells[8]);
  const uint8_t* const b = operands > 1 ? bytes_at(frame, cells[9]) : a;
  const uint8_t* const c = operands > 2 ? bytes_at(frame, cells[10]) : a;
  for (uint32_t i = 0; i < count; ++i) {
    uint64_t r = 0;
    if (op == LaneOp::select) {
      r = a[i] != 0 ? get(b, size, i) : get(c, size, i);
    } else {
      const uint64_t second = operands > 1 ? get(b, size, i) : 0;
      const uint64_t third = operands > 2 ? get(c, size, i) : 0;
      if (!lane(op, bits, to_bits, get(a, size, i), second, third, r)) return Outcome::division;
    }
    put(result.bytes, to_size, i, r);
  }
  copy(bytes_at(frame, cells[7]), result.bytes, count * to_size);
  return Outcome::returned;
}

Outcome overflow(State&, uint32_t* frame, const Cell* cells) {
  const auto op = static_cast<BinaryOp>(cells[0]);
  const bool is_signed = cells[1] != 0;
  const auto bits = static_cast<uint32_t>(cells[2]);
  const uint32_t size = bits > 32 ? 8 : 4;
  const uint64_t a = get(bytes_at(frame, cells[4]), size, 0);
  const uint64_t b = get(bytes_at(frame, cells[5]), size, 0);
  const uint64_t mask = mask64_of(bits);
  uint64_t r = 0;
  bool flag = false;
  if (is_signed) {
    const int64_t x = signed_number(a, bits), y = signed_number(b, bits);
    int64_t sum = 0;
    switch (op) {
      case BinaryOp::add:
        flag = __builtin_add_overflow(x, y, &sum);
        break;
      case BinaryOp::sub:
        flag = __builtin_sub_overflow(x, y, &sum);
        break;
      default: {
        // Of magnitudes, so that no routine of 128 bits is needed.
        const uint64_t p = x < 0 ? 0 - static_cast<uint64_t>(x) : static_cast<uint64_t>(x);
        const uint64_t q = y < 0 ? 0 - static_cast<uint64_t>(y) : static_cast<uint64_t>(y);
        const uint64_t product = p * q;
        const uint64_t most = (uint64_t{1} << 63) - ((x < 0) == (y < 0) ? 1 : 0);
        flag = p != 0 && (product / p != q || product > most);
        sum = static_cast<int64_t>((x < 0) == (y < 0) ? product : 0 - product);
      }
    }
    r = static_cast<uint64_t>(sum) & mask;
    flag = flag || signed_number(r, bits) != sum;
  } else {
    switch (op) {
      case BinaryOp::add:
        r = a + b;
        flag = (r & mask) < a || r < a;
        break;
      case BinaryOp::sub:
        r = a - b;
        flag = a < b;
        break;
      default:
        r = a * b;
        flag = a != 0 && (r / a != b || (r & mask) != r);
    }
    r &= mask;
  }
  uint8_t* const out = bytes_at(frame, cells[3]);
  put(out, size, 0, r);
  put(out + size, 4, 0, flag ? 1 : 0);
  return Outcome::returned;
}

Outcome reduce(State&, uint32_t* frame, const Cell* cells) {
  const auto intrinsic = static_cast<Intrinsic>(cells[0]);
  const auto bits = static_cast<uint32_t>(cells[1]), size = static_cast<uint32_t>(cells[2]);
  const auto count = static_cast<uint32_t>(cells[3]);
  const uint8_t* const vector = bytes_at(frame, cells[5]);
  LaneOp op = LaneOp::add;
  uint32_t first = 1;
  uint64_t r = get(vector, size, 0);
  switch (intrinsic) {
    case Intrinsic::reduce_mul:
      op = LaneOp::mul;
      break;
    case Intrinsic::reduce_and:
      op = LaneOp::and_;
      break;
    case Intrinsic::reduce_or:
      op = LaneOp::or_;
      break;
    case Intrinsic::reduce_xor:
      op = LaneOp::xor_;
      break;
    case Intrinsic::reduce_smax:
      op = LaneOp::smax;
      break;
    case Intrinsic::reduce_smin:
      op = LaneOp::smin;
      break;
    case Intrinsic::reduce_umax:
      op = LaneOp::umax;
      break;
    case Intrinsic::reduce_umin:
      op = LaneOp::umin;
      break;
    case Intrinsic::reduce_fadd:
    case Intrinsic::reduce_fmul:
      op = intrinsic == Intrinsic::reduce_fadd ? LaneOp::fadd : LaneOp::fmul;
      first = 0;
      r = get(bytes_at(frame, cells[6]), size, 0);
      break;
    default:
      break;
  }
  for (uint32_t i = first; i < count; ++i) {
    if (!lane(op, bits, bits, r, get(vector, size, i), 0, r)) return Outcome::division;
  }
  put(bytes_at(frame, cells[4]), bits > 32 ? 8 : 4, 0, r);
  return Outcome::returned;
}

Outcome shuffle(State&, uint32_t* frame, const Cell* cells) {
  const auto size = static_cast<uint32_t>(cells[0]), count = static_cast<uint32_t>(cells[1]);
  const auto of_operand = static_cast<uint32_t>(cells[2]);
  const uint8_t* const a = bytes_at(frame, cells[4]);
  const uint8_t* const b = bytes_at(frame, cells[5]);
  Result result;
  for (uint32_t i = 0; i < count; ++i) {
    const auto from = static_cast<uint32_t>(cells[6 + i]);
    uint64_t value = 0;
    if (from < of_operand) {
      value = get(a, size, from);
    } else if (from - of_operand < of_operand) {
      value = get(b, size, from - of_operand);
    }
    put(result.bytes, size, i, value);
  }
  copy(bytes_at(frame, cells[3]), result.bytes, size * count);
  return Outcome::returned;
}

Outcome extract_lane(State&, uint32_t* frame, const Cell* cells) {
  const auto size = static_cast<uint32_t>(cells[0]), count = static_cast<uint32_t>(cells[1]);
  const auto index = static_cast<uint32_t>(get(bytes_at(frame, cells[4]), 4, 0));
  const uint64_t value = index < count ? get(bytes_at(frame, cells[3]), size, index) : 0;
  put(bytes_at(frame, cells[2]), size > 4 ? 8 : 4, 0, value);
  return Outcome::returned;
}

Outcome insert_lane(State&, uint32_t* frame, const Cell* cells) {
  const auto size = static_cast<uint32_t>(cells[0]), count = static_cast<uint32_t>(cells[1]);
  const auto slots = static_cast<uint32_t>(cells[2]);
  const auto index = static_cast<uint32_t>(get(bytes_at(frame, cells[6]), 4, 0));
  const uint64_t element = get(bytes_at(frame, cells[5]), size, 0);
  uint8_t* const out = bytes_at(frame, cells[3]);
  if (cells[3] != cells[4]) copy(out, bytes_at(frame, cells[4]), slots * 4);
  if (index < count) put(out, size, index, element);
  return Outcome::returned;
}

Outcome pack_mask(State&, uint32_t* frame, const Cell* cells) {
  const uint8_t* const from = bytes_at(frame, cells[2]);
  uint64_t bits = 0;
  for (uint32_t i = 0; i < cells[0]; ++i) bits |= uint64_t{from[i] != 0} << i;
  put(bytes_at(frame, cells[1]), cells[0] > 32 ? 8 : 4, 0, bits);
  return Outcome::returned;
}

Outcome unpack_mask(State&, uint32_t* frame, const Cell* cells) {
  const uint64_t bits = get(bytes_at(frame, cells[2]), cells[0] > 32 ? 8 : 4, 0);
  uint8_t* const out = bytes_at(frame, cells[1]);
  for (uint32_t i = 0; i < cells[0]; ++i) out[i] = static_cast<uint8_t>(bits >> i & 1);
  return Outcome::returned;
}

static_assert(kMaxBytes >= 256, "the widest vector that is read fits");

}  // namespace jit
