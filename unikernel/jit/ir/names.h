// Words for what the IR is made of, as LLVM's text has them.
#pragma once

#include "ir/ir.h"

namespace jit {

Text name_of(Opcode op);
Text name_of(BinaryOp op);
Text name_of(CastOp op);
Text name_of(Predicate predicate);
Text name_of(AtomicOp op);
Text name_of(Linkage linkage);

}  // namespace jit
