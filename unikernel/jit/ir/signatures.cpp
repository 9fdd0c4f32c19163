// The function types of intrinsics. Source: "Intrinsic Functions" of the LLVM Language Reference
// 19, and IntrinsicsX86.td.
#include "ir/checking.h"

namespace jit {

namespace {

// Parameters, '>', result; one letter each:
//   N F V W A  any integers, floating-point numbers, vector of the one or the other, any type:
//              this is the type T that the rest speaks of
//   f          a float or double, which is T; X: a vector of T
//   T E        T; an element of T
//   M B O      integers of T's shape; i1 of T's shape; {T, B}
//   n b k i    any integer, i1, i8, i32; p: ptr; v: void
//   c          an integer that must be a constant
//   q d h z l  <4 x float>, <4 x i32>, <8 x i16>, <16 x i8>, <2 x i64>
//   *          anything more
struct Signature {
  Intrinsic first, last;
  char types[8];
};
constexpr Signature kSignatures[] = {
    {Intrinsic::nothing, Intrinsic::nothing, "*>v"},
    {Intrinsic::assume, Intrinsic::assume, "b>v"},
    {Intrinsic::expect, Intrinsic::expect, "NT>T"},
    {Intrinsic::is_constant, Intrinsic::is_constant, "A>b"},
    {Intrinsic::objectsize, Intrinsic::objectsize, "pccc>n"},
    {Intrinsic::launder, Intrinsic::launder, "p>p"},
    {Intrinsic::invariant_start, Intrinsic::invariant_start, "np>p"},
    {Intrinsic::frameaddress, Intrinsic::returnaddress, "c>p"},
    {Intrinsic::memcpy, Intrinsic::memmove, "ppnc>v"},
    {Intrinsic::memset, Intrinsic::memset, "pknc>v"},
    {Intrinsic::stacksave, Intrinsic::stacksave, ">p"},
    {Intrinsic::stackrestore, Intrinsic::va_end, "p>v"},
    {Intrinsic::va_copy, Intrinsic::va_copy, "pp>v"},
    {Intrinsic::trap, Intrinsic::trap, "*>v"},
    {Intrinsic::smin, Intrinsic::umax, "NT>T"},
    {Intrinsic::abs, Intrinsic::cttz, "Nc>T"},
    {Intrinsic::ctpop, Intrinsic::bitreverse, "N>T"},
    {Intrinsic::fshl, Intrinsic::fshr, "NTT>T"},
    {Intrinsic::uadd_sat, Intrinsic::sshl_sat, "NT>T"},
    {Intrinsic::uadd_overflow, Intrinsic::smul_overflow, "NT>O"},
    {Intrinsic::ucmp, Intrinsic::scmp, "NT>M"},
    {Intrinsic::fabs, Intrinsic::sqrt, "F>T"},
    {Intrinsic::copysign, Intrinsic::copysign, "FT>T"},
    {Intrinsic::fmuladd, Intrinsic::fma, "FTT>T"},
    {Intrinsic::minnum, Intrinsic::maxnum, "FT>T"},
    {Intrinsic::floor, Intrinsic::round, "F>T"},
    {Intrinsic::is_fpclass, Intrinsic::is_fpclass, "Fc>B"},
    {Intrinsic::reduce_add, Intrinsic::reduce_umin, "V>E"},
    {Intrinsic::reduce_fadd, Intrinsic::reduce_fmul, "fX>T"},
    {Intrinsic::x86_pmadd_wd, Intrinsic::x86_pmadd_wd, "hh>d"},
    {Intrinsic::x86_cvtps2dq, Intrinsic::x86_cvtps2dq, "q>d"},
    {Intrinsic::x86_packssdw, Intrinsic::x86_packssdw, "dd>h"},
    {Intrinsic::x86_packsswb, Intrinsic::x86_packuswb, "hh>z"},
    {Intrinsic::x86_min_ps, Intrinsic::x86_max_ss, "qq>q"},
    {Intrinsic::x86_movmsk_ps, Intrinsic::x86_movmsk_ps, "q>i"},
    {Intrinsic::x86_pmovmskb, Intrinsic::x86_pmovmskb, "z>i"},
    {Intrinsic::x86_cmp_ps, Intrinsic::x86_cmp_ss, "qqc>q"},
    {Intrinsic::x86_cvtss2si, Intrinsic::x86_cvttss2si, "q>i"},
    {Intrinsic::x86_cvttps2dq, Intrinsic::x86_cvttps2dq, "q>d"},
    {Intrinsic::x86_pmulhw, Intrinsic::x86_pmulhuw, "hh>h"},
    {Intrinsic::x86_pmulu_dq, Intrinsic::x86_pmulu_dq, "dd>l"},
    {Intrinsic::x86_psad_bw, Intrinsic::x86_psad_bw, "zz>l"},
    {Intrinsic::x86_pause, Intrinsic::x86_mfence, ">v"},
};

/// The row of each intrinsic; 0: it has none.
constexpr uint32_t kIntrinsics = static_cast<uint32_t>(Intrinsic::x86_mfence) + 1;
struct RowsByIntrinsic {
  uint8_t behind[kIntrinsics] = {};  // the row's number, and 1
  constexpr RowsByIntrinsic() {
    for (uint32_t row = 0; row < sizeof kSignatures / sizeof *kSignatures; ++row) {
      for (auto i = static_cast<uint32_t>(kSignatures[row].first);
           i <= static_cast<uint32_t>(kSignatures[row].last); ++i) {
        behind[i] = static_cast<uint8_t>(row + 1);
      }
    }
  }
};
constexpr RowsByIntrinsic kRowOf;

/// Holds types against letters, from left to right.
class Matcher {
 public:
  explicit Matcher(const Checker& checker) : checker_(checker) {}

  bool matches(char letter, TypeId id) {
    switch (letter) {
      case 'N':
        return bind(id) && checker_.has_integers(id);
      case 'F':
        return bind(id) && checker_.has_floating(id);
      case 'V':
        return bind(id) && checker_.lanes(id) != 0 && checker_.has_integers(id);
      case 'A':
        return bind(id);
      case 'f':
        return bind(id) && checker_.lanes(id) == 0 && checker_.has_floating(id);
      case 'X':
        return checker_.lanes(id) != 0 && checker_.element(id) == bound_;
      case 'T':
        return id == bound_;
      case 'E':
        return id == checker_.element(bound_);
      case 'M':
        return same_shape(id) && checker_.has_integers(id);
      case 'B':
        return same_shape(id) && checker_.is_integer(checker_.element(id), 1);
      case 'O':
        return checker_.is(id, TypeKind::structure) && checker_.type(id).count == 2 &&
               checker_.part(id, 0) == bound_ && matches('B', checker_.part(id, 1));
      case 'n':
      case 'c':
        return checker_.is(id, TypeKind::integer);
      case 'b':
        return checker_.is_integer(id, 1);
      case 'k':
        return checker_.is_integer(id, 8);
      case 'i':
        return checker_.is_integer(id, 32);
      case 'p':
        return checker_.is(id, TypeKind::pointer);
      case 'v':
        return checker_.is(id, TypeKind::void_type);
      case 'q':
        return checker_.lanes(id) == 4 && checker_.is(checker_.element(id), TypeKind::float_type);
      case 'd':
        return is_vector(id, 4, 32);
      case 'h':
        return is_vector(id, 8, 16);
      case 'z':
        return is_vector(id, 16, 8);
      case 'l':
        return is_vector(id, 2, 64);
      default:
        return false;
    }
  }

 private:
  bool bind(TypeId id) {
    bound_ = id;
    return true;
  }
  [[nodiscard]] bool same_shape(TypeId id) const {
    return checker_.lanes(id) == checker_.lanes(bound_);
  }
  [[nodiscard]] bool is_vector(TypeId id, uint32_t lanes, uint32_t bits) const {
    return checker_.lanes(id) == lanes && checker_.is_integer(checker_.element(id), bits);
  }

  const Checker& checker_;
  TypeId bound_ = 0;
};

}  // namespace

bool check_intrinsic(Checker& checker, const Function& function, const Module& module,
                     Span<const ValueId> arguments) {
  for (const TypeId parameter : parameters_of(module, checker.type(function.type))) {
    if (checker.is_wide(parameter)) {
      return checker.refuse("of integers of more than 64 bits, the intrinsic", function.name);
    }
  }
  constexpr char kWrong[] = "an intrinsic of another type than it has,";
  const uint32_t row = kRowOf.behind[static_cast<uint32_t>(function.intrinsic)];
  if (row == 0) return checker.refuse("the intrinsic", function.name);
  const char* letters = kSignatures[row - 1].types;
  const Type& type = checker.type(function.type);
  const Span<TypeId> parameters = parameters_of(module, type);
  Matcher matcher(checker);
  uint32_t i = 0;
  for (; *letters != '>'; ++letters, ++i) {
    if (*letters == '*') {
      i = parameters.size;
      ++letters;
      break;
    }
    if (i == parameters.size || !matcher.matches(*letters, parameters[i])) {
      return checker.fail(kWrong, function.name);
    }
    uint64_t bits = 0;
    if (*letters == 'c' && !checker.is_integer_constant(arguments[i], bits)) {
      return checker.fail("an argument that must be a constant, of", function.name);
    }
  }
  if (i != parameters.size || type.variadic ||
      !matcher.matches(letters[1], result_of(module, type))) {
    return checker.fail(kWrong, function.name);
  }
  const bool extended = parameters.size != 0 && checker.is(parameters[0], TypeKind::extended);
  switch (function.intrinsic) {
    case Intrinsic::fabs:
    case Intrinsic::copysign:
    case Intrinsic::fmuladd:
      break;  // of long double, too
    default:
      if (extended) return checker.refuse("of long double, the intrinsic", function.name);
  }
  switch (function.intrinsic) {
    case Intrinsic::is_fpclass:
      if (checker.lanes(parameters[0]) != 0) {
        return checker.refuse("of vectors, the intrinsic", function.name);
      }
      break;
    case Intrinsic::x86_cmp_ps:
    case Intrinsic::x86_cmp_ss: {
      constexpr uint64_t kPredicates = 8;  // of SSE; AVX has more
      uint64_t predicate = 0;
      if (!checker.is_integer_constant(arguments[2], predicate) || predicate >= kPredicates) {
        return checker.refuse("with a predicate that SSE does not have,", function.name);
      }
      break;
    }
    default:
      break;
  }
  // Halves of bytes cannot be swapped.
  if (function.intrinsic == Intrinsic::bswap &&
      checker.type(checker.element(parameters[0])).count % 16 != 0) {
    return checker.fail(kWrong, function.name);
  }
  return true;
}

}  // namespace jit
