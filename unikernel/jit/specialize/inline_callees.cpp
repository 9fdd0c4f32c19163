// Which calls become copies of their callees.
#include "interpreter/plan.h"
#include "specialize/inliner.h"

namespace jit {
namespace {

/// Arguments are passed as they are, by the call and for the callee.
bool passes_values(const Module& module, uint32_t attributes) {
  return attributes == kNone || module.attribute_lists[attributes].count == 0;
}

}  // namespace

const Inliner::Callee* Inliner::read(FunctionId id) {
  for (const Callee* callee = callees_; callee != nullptr; callee = callee->before) {
    if (callee->id == id) return callee;
  }
  auto* const callee = arena_.make<Callee>(1);
  if (callee == nullptr) return nullptr;
  *callee = {};
  callee->id = id;
  callee->before = callees_;
  callees_ = callee;
  const BodySource* const bodies = options_.bodies;
  if (bodies != nullptr ? bodies->read(bodies->context, id, arena_, callee->body)
                        : machine_.read(id, arena_, callee->body)) {
    callee->why = "it cannot be read";
  } else {
    callee->first_result = first_result_of(callee->body);
    callee->why = why_not(*callee);
  }
  return callee;
}

/// Empty: the body can be copied.
Text Inliner::why_not(Callee& callee) const {
  const Body& body = callee.body;
  const Function& function = module_.functions[callee.id];
  if (body.instructions.size > options_.callee) return "it is large";
  if (module_.types[function.type].variadic) return "it takes any number of arguments";
  if (!passes_values(module_, function.attributes)) return "it gets copies of what is passed";
  bool returns = false;
  const Block& entry = body.blocks[0];
  for (uint32_t k = 0; k < body.instructions.size; ++k) {
    const Instruction& i = body.instructions[k];
    returns |= i.op == Opcode::return_value;
    if (i.op == Opcode::branch_address) return "it has addresses of labels";
    if (i.op == Opcode::alloca) {
      uint32_t count = 0;
      const bool known = machine_.constants(body).word(body.operands[i.first], count);
      if (!known || k < entry.first || k >= entry.first + entry.count) {
        return "it takes memory as it goes";
      }
      const uint64_t bytes = uint64_t{module_.types[i.subject].size} * count;
      if (bytes > options_.memory) return "it takes much memory";
      callee.memory += static_cast<uint32_t>(bytes);
    }
    if (i.op != Opcode::call) continue;
    switch (intrinsic_of_call(module_, body, i)) {
      case Intrinsic::frameaddress:
      case Intrinsic::returnaddress:
      case Intrinsic::stacksave:
      case Intrinsic::stackrestore:
      case Intrinsic::va_start:
        return "it asks for its frame";
      default:
        break;
    }
  }
  return returns ? Text() : Text("it does not return");
}

/// nullptr: the call stays.
const Inliner::Callee* Inliner::callee_of(const Instance& in, const Instruction& i,
                                          const Chain& chain, uint32_t depth) {
  FunctionId id = kNone;
  if (!find_callee(machine_, *in.body, i, id)) return nullptr;
  const auto stay = [&](Text why) {
    ++left_;
    why_ = why;
    return nullptr;
  };
  if (depth == options_.depth) return stay("calls are too deep in one another");
  for (const Chain* c = &chain; c != nullptr; c = c->outer) {
    if (c->id == id) return stay("it calls itself");
  }
  if (i.subject != module_.functions[id].type) return stay("it is called as another type");
  if (!passes_values(module_, i.detail)) return stay("it gets copies of what is passed");
  const Callee* const callee = read(id);
  if (callee == nullptr) return nullptr;
  if (callee->why.size != 0) return stay(callee->why);
  if (size_ + callee->body.instructions.size > options_.instructions) return stay("too much code");
  if (memory_ + callee->memory > options_.memory) return stay("it takes much memory");
  return callee;
}

bool find_callee(const Machine& machine, const Body& body, const Instruction& call,
                 FunctionId& id) {
  const Module& module = *machine.state().module;
  const ValueId callee = call.op == Opcode::call ? body.operands[call.first] : kNone;
  if (callee >= module.values.size) return false;
  const Value& value = module.values[callee];
  if (value.kind != ValueKind::function) return false;
  id = value.index;
  const Function& function = module.functions[id];
  return function.intrinsic == Intrinsic::none && function.body_bit != 0 &&
         machine.state().entries[id].import == nullptr;
}

}  // namespace jit
