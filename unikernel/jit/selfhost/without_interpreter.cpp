// In the compiler that is a program there is no interpreter: nothing is run in it, and an
// instruction that would have to be interpreted is refused.
#include "compiler/islands.h"
#include "compiler/native.h"
#include "interpreter/execute.h"
#include "interpreter/ops.h"
#include "interpreter/runtime.h"

namespace jit {
namespace {

constexpr Cell kNoHandlers[static_cast<uint32_t>(Op::kCount)] = {};

}  // namespace

const Cell* handlers_checked() { return kNoHandlers; }
const Cell* handlers_unchecked() { return kNoHandlers; }
Outcome execute_checked(State&, const Cell*, uint32_t*) { return Outcome::unsupported; }
Outcome execute_unchecked(State&, const Cell*, uint32_t*) { return Outcome::unsupported; }
Span<const Provided> runtime() { return {}; }
Outcome Machine::compile_for(State&, FunctionId) { return Outcome::unsupported; }

// The first island of a function asks for room, and there is none.
bool Islands::begin(const Body&, Arena&) {
  state_.fault.what.add("an instruction that would have to be interpreted");
  return false;
}
bool Islands::make(const Constants&, const Instruction&, uint32_t, Arena&, uint32_t&, uint32_t&) {
  return false;
}
void Islands::release(uint32_t) {}

}  // namespace jit
