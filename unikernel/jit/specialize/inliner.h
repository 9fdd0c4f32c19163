// How calls become copies of their callees (inline.h): a body under construction, of instructions
// of several.
#pragma once

#include "specialize/inline.h"

namespace jit {

/// The first value of a body that is a result.
inline uint32_t first_result_of(const Body& body) {
  uint32_t first = body.arguments;
  while (first < body.values.size && body.values[first].kind != ValueKind::instruction) ++first;
  return first;
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
  /// What was made calls functions, which may call it again before it returns.
  [[nodiscard]] bool may_be_entered_again() const { return calls_others_; }
  [[nodiscard]] uint32_t memory() const { return memory_; }

 private:
  /// A result, by its number in results_, before it is known which ValueId it will have.
  static constexpr uint32_t kResult = 1U << 31;

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
  bool calls_others_ = false;
  TypeId void_ = kNone;
  Text why_;
};

}  // namespace jit
