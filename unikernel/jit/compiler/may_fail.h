// What may fail for lack of memory, and the program goes on without it.
#pragma once

#include "compiler/native.h"

namespace jit {

/// Where there is no memory for machine code, the interpreter still goes on with what there is.
class MayFail {
 public:
  explicit MayFail(const Machine& machine)
      : resources_(machine.resources()),
        code_(resources_.code->exhausted()),
        scratch_(resources_.scratch->exhausted()) {}
  MayFail(const MayFail&) = delete;
  MayFail& operator=(const MayFail&) = delete;
  ~MayFail() {
    resources_.code->restore_exhausted(code_);
    resources_.scratch->restore_exhausted(scratch_);
  }

 private:
  const Resources& resources_;
  const bool code_, scratch_;
};

}  // namespace jit
