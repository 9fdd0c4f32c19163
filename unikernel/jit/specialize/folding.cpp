#include "specialize/folding.h"

namespace jit {
namespace {

int64_t signed_of(uint64_t x, uint32_t bits) {
  return bits >= 64 ? static_cast<int64_t>(x)
                    : static_cast<int64_t>(x << (64 - bits)) >> (64 - bits);
}

}  // namespace

bool is_foldable(const Type& type) {
  return type.kind == TypeKind::integer || type.kind == TypeKind::pointer;
}

bool fold_binary(BinaryOp op, uint32_t bits, uint64_t a, uint64_t b, uint64_t& result) {
  const int64_t x = signed_of(a, bits), y = signed_of(b, bits);
  switch (op) {
    case BinaryOp::add:
      result = a + b;
      break;
    case BinaryOp::sub:
      result = a - b;
      break;
    case BinaryOp::mul:
      result = a * b;
      break;
    case BinaryOp::udiv:
    case BinaryOp::urem:
      if (b == 0) return false;
      result = op == BinaryOp::udiv ? a / b : a % b;
      break;
    case BinaryOp::sdiv:
    case BinaryOp::srem:
      if (y == 0 || y == -1) return false;
      result = static_cast<uint64_t>(op == BinaryOp::sdiv ? x / y : x % y);
      break;
    case BinaryOp::shl:
    case BinaryOp::lshr:
    case BinaryOp::ashr:
      if (b >= bits) return false;
      result = op == BinaryOp::shl    ? a << b
               : op == BinaryOp::lshr ? a >> b
                                      : static_cast<uint64_t>(x >> b);
      break;
    case BinaryOp::and_:
      result = a & b;
      break;
    case BinaryOp::or_:
      result = a | b;
      break;
    case BinaryOp::xor_:
      result = a ^ b;
      break;
    default:
      return false;
  }
  result &= mask64_of(bits);
  return true;
}

bool fold_compare(Predicate predicate, uint32_t bits, uint64_t a, uint64_t b, bool& result) {
  const int64_t x = signed_of(a, bits), y = signed_of(b, bits);
  switch (predicate) {
    case Predicate::eq:
      result = a == b;
      return true;
    case Predicate::ne:
      result = a != b;
      return true;
    case Predicate::ugt:
      result = a > b;
      return true;
    case Predicate::uge:
      result = a >= b;
      return true;
    case Predicate::ult:
      result = a < b;
      return true;
    case Predicate::ule:
      result = a <= b;
      return true;
    case Predicate::sgt:
      result = x > y;
      return true;
    case Predicate::sge:
      result = x >= y;
      return true;
    case Predicate::slt:
      result = x < y;
      return true;
    case Predicate::sle:
      result = x <= y;
      return true;
    default:
      return false;
  }
}

bool fold_cast(CastOp op, const Type& from, const Type& to, uint64_t a, uint64_t& result) {
  if (!is_foldable(from) || !is_foldable(to)) return false;
  switch (op) {
    case CastOp::trunc:
    case CastOp::zext:
    case CastOp::ptrtoint:
    case CastOp::inttoptr:
    case CastOp::bitcast:
      result = a;
      break;
    case CastOp::sext:
      result = static_cast<uint64_t>(signed_of(a, word_bits(from)));
      break;
    default:
      return false;
  }
  result &= mask64_of(word_bits(to));
  return true;
}

}  // namespace jit
