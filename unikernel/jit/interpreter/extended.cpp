#include "interpreter/extended.h"

#include "support/bytes.h"

namespace jit {
namespace {

// The host has them, too: it is a PC.
using Extended = long double;
constexpr uint32_t kBytes = 10;
static_assert(sizeof(Extended) >= kBytes && __LDBL_MANT_DIG__ == 64);

/// Mantissas of 64 bits, all exceptions masked, as long as it lives: a kernel may have set x87 to
/// something else.
class FullPrecision {
 public:
  FullPrecision() {
    constexpr uint16_t kFull = 0x037F;
    asm volatile("fnstcw %0\n fldcw %1" : "=m"(before_) : "m"(kFull) : "memory");
  }
  ~FullPrecision() { asm volatile("fldcw %0" : : "m"(before_) : "memory"); }
  FullPrecision(const FullPrecision&) = delete;
  FullPrecision& operator=(const FullPrecision&) = delete;

 private:
  uint16_t before_;
};

Extended number_at(uint32_t* frame, Cell slot) {
  Extended number = 0;
  __builtin_memcpy(&number, bytes_at(frame, slot), kBytes);
  return number;
}

/// As the instruction of x87 has it: exact, in as many steps as it takes.
Extended remainder(Extended a, Extended b) {
  Extended result = a;
  asm volatile("1: fprem\n fnstsw %%ax\n testw $0x400, %%ax\n jnz 1b"
               : "+t"(result)
               : "u"(b)
               : "ax", "cc");
  return result;
}

/// In LLVM's numbering a predicate is the set of the outcomes for which it holds.
bool holds(uint32_t predicate, Extended a, Extended b) {
  const uint32_t outcome = a == b ? 1 : a > b ? 2 : a < b ? 4 : 8;
  return (predicate & outcome) != 0;
}

/// With the sign of `b`.
Extended with_sign(Extended a, Extended b) {
  uint8_t bytes[sizeof(Extended)], sign[sizeof(Extended)];
  __builtin_memcpy(bytes, &a, kBytes);
  __builtin_memcpy(sign, &b, kBytes);
  bytes[kBytes - 1] = static_cast<uint8_t>((bytes[kBytes - 1] & 0x7F) | (sign[kBytes - 1] & 0x80));
  __builtin_memcpy(&a, bytes, kBytes);
  return a;
}

/// What does not fit is poison: anything.
int64_t whole(Extended a) {
  return a > -0x1p63L && a < 0x1p63L ? static_cast<int64_t>(a) : INT64_MIN;
}
uint64_t unsigned_whole(Extended a) {
  constexpr Extended kHalf = 0x1p63L;
  if (a < kHalf) return static_cast<uint64_t>(whole(a));
  return static_cast<uint64_t>(whole(a - kHalf)) ^ uint64_t { 1 } << 63;
}
Extended of_unsigned(uint64_t a) {
  const auto upper = static_cast<int64_t>(a >> 1);
  return static_cast<Extended>(upper) * 2 + static_cast<Extended>(static_cast<int64_t>(a & 1));
}

template <class T>
void put(uint32_t* frame, Cell slot, T value) {
  __builtin_memcpy(bytes_at(frame, slot), &value, sizeof value);
}
template <class T>
T take(uint32_t* frame, Cell slot) {
  T value;
  __builtin_memcpy(&value, bytes_at(frame, slot), sizeof value);
  return value;
}

void put_integer(uint32_t* frame, Cell slot, uint64_t value, uint32_t bits) {
  write_little(bytes_at(frame, slot), value & (~uint64_t{0} >> (64 - bits)), bits > 32 ? 8 : 4);
}

/// false: the result is no number of 80 bits, and is in its slots.
[[gnu::noinline]] bool compute(uint32_t* frame, const Cell* cells, Extended& result) {
  const auto which = static_cast<uint32_t>(cells[1]);
  const Cell to = cells[2], from = cells[3];
  const auto a = [&] { return number_at(frame, from); };
  const auto b = [&] { return number_at(frame, cells[4]); };
  const auto integer = [&] { return read_little(bytes_at(frame, from), which > 32 ? 8 : 4); };
  switch (static_cast<ExtendedOp>(cells[0])) {
    case ExtendedOp::add:
      result = a() + b();
      return true;
    case ExtendedOp::sub:
      result = a() - b();
      return true;
    case ExtendedOp::mul:
      result = a() * b();
      return true;
    case ExtendedOp::div:
      result = a() / b();
      return true;
    case ExtendedOp::rem:
      result = remainder(a(), b());
      return true;
    case ExtendedOp::negate:
      result = -a();
      return true;
    case ExtendedOp::absolute:
      result = with_sign(a(), 0);
      return true;
    case ExtendedOp::copysign:
      result = with_sign(a(), b());
      return true;
    case ExtendedOp::multiply_add:
      result = a() * b() + number_at(frame, cells[5]);
      return true;
    case ExtendedOp::from_float:
      result = take<float>(frame, from);
      return true;
    case ExtendedOp::from_double:
      result = take<double>(frame, from);
      return true;
    case ExtendedOp::from_signed:
      result = static_cast<Extended>(signed_number(integer(), which));
      return true;
    case ExtendedOp::from_unsigned:
      result = of_unsigned(integer());
      return true;
    case ExtendedOp::compare:
      put(frame, to, holds(which, a(), b()) ? uint32_t{1} : uint32_t{0});
      return false;
    case ExtendedOp::to_float:
      put(frame, to, static_cast<float>(a()));
      return false;
    case ExtendedOp::to_double:
      put(frame, to, static_cast<double>(a()));
      return false;
    case ExtendedOp::to_signed:
      put_integer(frame, to, static_cast<uint64_t>(whole(a())), which);
      return false;
    case ExtendedOp::to_unsigned:
      put_integer(frame, to, unsigned_whole(a()), which);
      return false;
  }
  return false;
}

}  // namespace

Outcome extended(State&, uint32_t* frame, const Cell* cells) {
  const FullPrecision precision;
  Extended result = 0;
  if (compute(frame, cells, result)) {
    uint8_t* const to = bytes_at(frame, cells[2]);
    write_little(to + kBytes, 0, 2);
    __builtin_memcpy(to, &result, kBytes);
  }
  return Outcome::returned;
}

}  // namespace jit
