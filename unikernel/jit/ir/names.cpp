#include "ir/names.h"

namespace jit {

namespace {

template <size_t N>
Text pick(const Text (&names)[N], uint32_t index) {
  return index < N ? names[index] : Text("?");
}

// In the order of the enumerators of ir/opcodes.h and ir/ir.h.
constexpr Text kOpcodes[] = {
    "binary",         "fneg",          "cast",          "compare",      "select",      "freeze",
    "extractelement", "insertelement", "shufflevector", "extractvalue", "insertvalue", "alloca",
    "load",           "store",         "getelementptr", "fence",        "cmpxchg",     "atomicrmw",
    "va_arg",         "phi",           "call",          "br",           "br",          "switch",
    "indirectbr",     "ret",           "unreachable",
};
constexpr Text kBinary[] = {"add",  "sub", "mul", "udiv", "sdiv", "urem", "srem", "shl",  "lshr",
                            "ashr", "and", "or",  "xor",  "fadd", "fsub", "fmul", "fdiv", "frem"};
constexpr Text kCasts[] = {"trunc",  "zext",    "sext",  "fptoui",   "fptosi",   "uitofp",
                           "sitofp", "fptrunc", "fpext", "ptrtoint", "inttoptr", "bitcast"};
constexpr Text kFloating[] = {"false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord",
                              "uno",   "ueq", "ugt", "uge", "ult", "ule", "une", "true"};
constexpr Text kInteger[] = {"eq", "ne", "ugt", "uge", "ult", "ule", "sgt", "sge", "slt", "sle"};
constexpr Text kAtomic[] = {"xchg", "add", "sub", "and",  "nand", "or",
                            "xor",  "max", "min", "umax", "umin"};
constexpr Text kLinkages[] = {
    "external", "internal", "replaceable", "extern_weak", "available_externally", "appending"};

}  // namespace

Text name_of(Opcode op) { return pick(kOpcodes, static_cast<uint32_t>(op)); }
Text name_of(BinaryOp op) { return pick(kBinary, static_cast<uint32_t>(op)); }
Text name_of(CastOp op) { return pick(kCasts, static_cast<uint32_t>(op)); }
Text name_of(Predicate predicate) {
  const uint32_t number = static_cast<uint32_t>(predicate);
  const uint32_t first = static_cast<uint32_t>(Predicate::eq);
  return number < first ? pick(kFloating, number) : pick(kInteger, number - first);
}
Text name_of(AtomicOp op) { return pick(kAtomic, static_cast<uint32_t>(op)); }
Text name_of(Linkage linkage) { return pick(kLinkages, static_cast<uint32_t>(linkage)); }

}  // namespace jit
