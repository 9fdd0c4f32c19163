#include "specialize/inline.h"

#include "interpreter/plan.h"
#include "ir/flow.h"

namespace jit {
namespace {

/// A result, by its number in Inliner::results_, before it is known which ValueId it will have.
constexpr uint32_t kResult = 1U << 31;

uint32_t first_result_of(const Body& body) {
  uint32_t first = body.arguments;
  while (first < body.values.size && body.values[first].kind != ValueKind::instruction) ++first;
  return first;
}

/// Arguments are passed as they are, by the call and for the callee.
bool passes_values(const Module& module, uint32_t attributes) {
  return attributes == kNone || module.attribute_lists[attributes].count == 0;
}

class Inliner {
 public:
  Inliner(const Machine& machine, const InlineOptions& options, Arena& arena)
      : machine_(machine),
        module_(*machine.state().module),
        options_(options),
        arena_(arena),
        instances_(arena),
        constants_(arena),
        value_lists_(arena),
        inline_asms_(arena),
        results_(arena),
        code_(arena),
        taken_(arena),
        operands_(arena),
        ends_(arena),
        returns_(arena) {}

  bool run(const Body& body, Inlined& made);

 private:
  /// A function whose body was read.
  struct Callee {
    FunctionId id = kNone;
    Callee* before = nullptr;  // that was read
    Body body;
    uint32_t first_result = 0;
    uint32_t memory = 0;  // bytes that it takes
    Text why;             // it stays a function
  };
  /// One copy of a body: for a call, or the caller itself.
  struct Instance {
    const Body* body = nullptr;
    FunctionId id = kNone;
    Span<const ValueId> arguments;
    uint32_t first_result = 0;  // of the body
    uint32_t constants = 0;     // its own begin there, in constants_,
    uint32_t results = 0;       // in results_
    Span<BlockId> first, last;  // by block of the body: where it begins, and ends
  };
  struct Code {
    Instruction instruction;
    uint32_t instance;  // whose blocks its operands are; kNone: they are those that are made
  };
  /// A return, as a branch: its operand is the block that it goes to.
  struct Return {
    uint32_t instance;
    uint32_t operand;
    BlockId from;
    ValueId value;  // kNone: none
  };
  /// The instances around, the innermost first.
  struct Chain {
    FunctionId id;
    const Chain* outer;
  };

  bool copy(const Body& body, FunctionId id, uint32_t first_result, Span<const ValueId> arguments,
            const Chain* outer, uint32_t depth, uint32_t& instance);
  bool add_constants(const Instance& of);
  [[nodiscard]] ValueId renamed(const Instance& in, ValueId id) const;
  bool add(Instruction i, uint32_t instance, Span<const uint32_t> operands);
  bool take_memory(const Instance& in, const Instruction& alloca);
  bool begin_block();
  bool call(const Instance& in, const Instruction& i, const Callee& callee, const Chain& chain,
            uint32_t depth);
  const Callee* callee_of(const Instance& in, const Instruction& i, const Chain& chain,
                          uint32_t depth);
  const Callee* read(FunctionId id);
  [[nodiscard]] Text why_not(Callee& callee) const;
  [[nodiscard]] ValueId resolved(ValueId id) const;
  bool finish(const Body& body, Inlined& made);
  bool write(const Code& code, List<Instruction>& instructions, List<Value>& values);
  [[nodiscard]] bool good() const { return !arena_.exhausted(); }

  const Machine& machine_;
  const Module& module_;
  const InlineOptions& options_;
  Arena& arena_;
  Callee* callees_ = nullptr;  // the one that was read last
  List<Instance> instances_;
  List<Value> constants_;  // arguments of the caller, then constants of all
  List<ValueId> value_lists_;
  List<InlineAsm> inline_asms_;
  struct Result {
    ValueId is = kNone;  // another value
    ValueId id = kNone;  // that it has in the end
  };
  List<Result> results_;
  List<Code> code_;
  List<Code> taken_;  // allocas of callees
  List<uint32_t> operands_;
  List<uint32_t> ends_;  // of each block that was made: behind its last instruction
  List<Return> returns_;
  uint32_t base_ = 0;
  uint32_t cost_ = 0;  // of instructions that are left out, for the next one
  uint32_t size_ = 0;  // instructions of all bodies that are copied
  uint32_t memory_ = 0;
  uint32_t calls_ = 0, left_ = 0;
  TypeId void_ = kNone;
  Text why_;
};

// ---- which calls

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

// ---- copies

bool Inliner::add_constants(const Instance& of) {
  const Body& body = *of.body;
  const uint32_t lists = value_lists_.size(), asms = inline_asms_.size();
  for (uint32_t k = body.arguments; k < of.first_result; ++k) {
    Value v = body.values[k];
    switch (v.kind) {
      case ValueKind::aggregate:
      case ValueKind::address:
      case ValueKind::binary:
        v.first += lists;
        break;
      case ValueKind::cast:
        v.first = renamed(of, v.first);
        break;
      case ValueKind::inline_asm:
        v.index += asms;
        break;
      default:
        break;
    }
    if (!constants_.add(v)) return false;
  }
  for (const ValueId id : body.value_lists) {
    if (!value_lists_.add(renamed(of, id))) return false;
  }
  for (const InlineAsm& assembly : body.inline_asms) {
    if (!inline_asms_.add(assembly)) return false;
  }
  return true;
}

ValueId Inliner::renamed(const Instance& in, ValueId id) const {
  if (id < base_) return id;
  const uint32_t v = id - base_;
  if (v < in.body->arguments) return in.arguments[v];
  if (v < in.first_result) return base_ + in.constants + (v - in.body->arguments);
  return kResult | (in.results + (v - in.first_result));
}

bool Inliner::add(Instruction i, uint32_t instance, Span<const uint32_t> operands) {
  i.first = operands_.size();
  i.count = operands.size;
  i.cost += cost_;
  cost_ = 0;
  return operands_.append(operands) && code_.add({i, instance});
}

bool Inliner::begin_block() { return ends_.add(code_.size()); }

/// What a callee takes is there from the caller's begin on.
bool Inliner::take_memory(const Instance& in, const Instruction& alloca) {
  Instruction i = alloca;
  cost_ += i.cost;
  i.cost = 0;
  i.first = operands_.size();
  i.count = 1;
  i.result = renamed(in, alloca.result);
  return operands_.add(renamed(in, in.body->operands[alloca.first])) && taken_.add({i, kNone});
}

bool Inliner::copy(const Body& body, FunctionId id, uint32_t first_result,
                   Span<const ValueId> arguments, const Chain* outer, uint32_t depth,
                   uint32_t& instance) {
  Instance in;
  in.body = &body;
  in.id = id;
  in.arguments = arguments;
  in.first_result = first_result;
  in.constants = constants_.size();
  in.results = results_.size();
  const uint32_t blocks = body.blocks.size;
  in.first = {arena_.make<BlockId>(blocks), blocks};
  in.last = {arena_.make<BlockId>(blocks), blocks};
  instance = instances_.size();
  size_ += body.instructions.size;
  if (!good() || !instances_.add(in) || !add_constants(in)) return false;
  for (uint32_t k = first_result; k < body.values.size; ++k) {
    if (!results_.add({})) return false;
  }
  const Chain chain = {id, outer};
  List<uint32_t> operands(arena_);
  for (BlockId b = 0; b < blocks; ++b) {
    in.first[b] = ends_.size();
    if (!begin_block()) return false;
    const Block& block = body.blocks[b];
    for (uint32_t k = block.first; k < block.first + block.count; ++k) {
      const Instruction& i = body.instructions[k];
      arena_.step(3);
      if (has_no_code(module_, body, i)) {
        cost_ += i.cost;
        continue;
      }
      if (i.op == Opcode::alloca && outer != nullptr) {
        if (!take_memory(in, i)) return false;
        continue;
      }
      if (i.op == Opcode::return_value && outer != nullptr) {
        const ValueId value = i.count == 0 ? kNone : renamed(in, body.operands[i.first]);
        if (!returns_.add({instance, operands_.size(), ends_.size() - 1, value})) return false;
        Instruction branch = i;
        branch.op = Opcode::branch;
        const uint32_t behind = kNone;
        if (!add(branch, kNone, {&behind, 1})) return false;
        continue;
      }
      const Callee* const callee = i.op == Opcode::call ? callee_of(in, i, chain, depth) : nullptr;
      if (callee != nullptr) {
        if (!call(in, i, *callee, chain, depth)) return false;
        continue;
      }
      operands.clear();
      for (uint32_t o = 0; o < i.count; ++o) {
        const uint32_t operand = body.operands[i.first + o];
        if (!operands.add(is_value_operand(i, o) ? renamed(in, operand) : operand)) return false;
      }
      Instruction made = i;
      if (i.result != kNone) made.result = renamed(in, i.result);
      if (!add(made, instance, {operands.begin(), operands.size()})) return false;
    }
    in.last[b] = ends_.size() - 1;
  }
  return good();
}

/// A copy of the callee, between what comes before the call and what comes behind.
bool Inliner::call(const Instance& in, const Instruction& i, const Callee& callee,
                   const Chain& chain, uint32_t depth) {
  const uint32_t count = callee.body.arguments, first_return = returns_.size();
  auto* const arguments = arena_.make<ValueId>(count);
  if (!good()) return false;
  for (uint32_t a = 0; a < count; ++a) {
    arguments[a] = renamed(in, in.body->operands[i.first + 1 + a]);
  }
  Instruction enter;
  enter.op = Opcode::branch;
  enter.type = void_;
  enter.cost = i.cost;
  const BlockId begin = ends_.size();
  uint32_t copied = 0;
  ++calls_;
  memory_ += callee.memory;
  if (!add(enter, kNone, {&begin, 1}) || !copy(callee.body, callee.id, callee.first_result,
                                               {arguments, count}, &chain, depth + 1, copied)) {
    return false;
  }
  const BlockId behind = ends_.size();
  if (!begin_block()) return false;
  List<uint32_t> pairs(arena_);
  for (uint32_t r = first_return; r < returns_.size(); ++r) {
    const Return& from = returns_[r];
    if (from.instance != copied) continue;
    operands_[from.operand] = behind;
    if (i.result != kNone && (!pairs.add(from.value) || !pairs.add(from.from))) return false;
  }
  if (i.result == kNone) return true;
  if (pairs.size() == 2) {
    results_[renamed(in, i.result) & ~kResult].is = pairs[0];
    return true;
  }
  Instruction phi;
  phi.op = Opcode::phi;
  phi.type = i.type;
  phi.cost = 0;
  phi.result = renamed(in, i.result);
  return add(phi, kNone, {pairs.begin(), pairs.size()});
}

// ---- all of it, in the form of ir.h

ValueId Inliner::resolved(ValueId id) const {
  while (id >= kResult && results_[id & ~kResult].is != kNone) id = results_[id & ~kResult].is;
  return id;
}

bool Inliner::write(const Code& code, List<Instruction>& instructions, List<Value>& values) {
  Instruction i = code.instruction;
  arena_.step();
  if (i.result != kNone) {
    results_[i.result & ~kResult].id = base_ + values.size();
    Value value;
    value.kind = ValueKind::instruction;
    value.type = i.type;
    value.index = instructions.size();
    i.result = base_ + values.size();
    if (!values.add(value)) return false;
  }
  // Blocks of the body become those that were made of them.
  const bool phi = i.op == Opcode::phi;
  if (code.instance != kNone && (phi || is_terminator(i.op))) {
    const Instance& in = instances_[code.instance];
    const Successors all = successors_of(i);
    const uint32_t count = phi ? i.count / 2 : all.count;
    for (uint32_t k = 0; k < count; ++k) {
      uint32_t& block = operands_[i.first + (phi ? 2 * k + 1 : all.first + k * all.step)];
      block = phi ? in.last[block] : in.first[block];
    }
  }
  return instructions.add(i);
}

bool Inliner::finish(const Body& body, Inlined& made) {
  List<Value> values(arena_);
  List<Instruction> instructions(arena_);
  List<Block> blocks(arena_);
  if (!values.append(constants_.view())) return false;
  for (const Code& code : taken_) {
    if (!write(code, instructions, values)) return false;
  }
  for (BlockId b = 0; b < ends_.size(); ++b) {
    const uint32_t begin = ends_[b], end = b + 1 < ends_.size() ? ends_[b + 1] : code_.size();
    const uint32_t first = b == 0 ? 0 : instructions.size();
    for (uint32_t k = begin; k < end; ++k) {
      if (!write(code_[k], instructions, values)) return false;
    }
    if (!blocks.add({first, instructions.size() - first})) return false;
  }
  const auto known = [this](ValueId id) {
    id = resolved(id);
    return id < kResult ? id : results_[id & ~kResult].id;
  };
  for (const Instruction& i : instructions) {
    arena_.step();
    for (uint32_t k = 0; k < i.count; ++k) {
      uint32_t& operand = operands_[i.first + k];
      if (is_value_operand(i, k)) operand = known(operand);
    }
  }
  const uint32_t count = body.values.size;
  made.values = {arena_.make<ValueId>(count), count};
  if (!good()) return false;
  for (uint32_t v = 0; v < count; ++v) made.values[v] = known(renamed(instances_[0], base_ + v));
  made.body = body;
  made.body.values = values.span();
  made.body.instructions = instructions.span();
  made.body.blocks = blocks.span();
  made.body.operands = operands_.span();
  made.body.value_lists = value_lists_.span();
  made.body.inline_asms = inline_asms_.span();
  return true;
}

bool Inliner::run(const Body& body, Inlined& made) {
  base_ = body.base;
  void_ = body.instructions[body.instructions.size - 1].type;  // of a terminator
  const uint32_t count = body.arguments;
  auto* const arguments = arena_.make<ValueId>(count);
  if (!good()) return false;
  for (uint32_t a = 0; a < count; ++a) {
    arguments[a] = base_ + a;
    if (!constants_.add(body.values[a])) return false;
  }
  uint32_t instance = 0;
  if (!copy(body, body.function, first_result_of(body), {arguments, count}, nullptr, 0, instance) ||
      !finish(body, made)) {
    return false;
  }
  made.calls = calls_;
  made.left = left_;
  made.why = why_;
  return good();
}

}  // namespace

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

bool inline_calls(const Machine& machine, const Body& body, const InlineOptions& options,
                  Arena& arena, Inlined& made) {
  Inliner inliner(machine, options, arena);
  return inliner.run(body, made);
}

}  // namespace jit
