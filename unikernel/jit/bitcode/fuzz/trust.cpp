#include "bitcode/fuzz/trust.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "ir/flow.h"

namespace jit::fuzz {

namespace {

[[noreturn]] void broken(const char* promise) {
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

template <class T>
class Copy {
 public:
  explicit Copy(Span<T> from) : items_(from.begin(), from.end()) { items_.shrink_to_fit(); }
  operator Span<T>() { return {items_.data(), static_cast<std::uint32_t>(items_.size())}; }

 private:
  std::vector<T> items_;
};

class Walker {
 public:
  Walker(const Module& module, const Body& body) : module_(module), body_(body) {}

  std::uint64_t module() {
    for (const Global& global : module_.globals) {
      see(global.name.size + module_.types[global.type].size);
      if (global.initializer != kNone) constant(global.initializer, global.type);
    }
    for (const Alias& alias : module_.aliases) see(resolve(alias.value));
    for (const Function& function : module_.functions) signature(function.type);
    return seen_;
  }

  std::uint64_t body() {
    for (BlockId block = 0; block < body_.blocks.size; ++block) {
      const Block& at = body_.blocks[block];
      for (std::uint32_t i = 0; i < at.count; ++i) {
        instruction(body_.instructions[at.first + i], block);
      }
      const Instruction& end = body_.instructions[at.first + at.count - 1];
      const Successors all = successors_of(end);
      for (std::uint32_t i = 0; i < all.count; ++i) {
        edge(block, operand(end, all.first + i * all.step));
      }
    }
    return seen_;
  }

 private:
  void see(std::uint64_t number) { seen_ = seen_ * 31 + number; }
  void must(bool kept, const char* promise) {
    if (!kept) broken(promise);
  }
  [[nodiscard]] const Value& value(ValueId id) const { return value_of(module_, body_, id); }
  [[nodiscard]] const Type& type_of(ValueId id) const { return module_.types[value(id).type]; }
  [[nodiscard]] std::uint32_t operand(const Instruction& at, std::uint32_t index) const {
    return body_.operands[at.first + index];
  }
  void signature(TypeId id) {
    const Type& type = module_.types[id];
    see(module_.types[result_of(module_, type)].size);
    for (const TypeId parameter : parameters_of(module_, type)) {
      see(module_.types[parameter].size);
    }
  }
  /// To what an alias leads.
  ValueId resolve(ValueId id) {
    while (value(id).kind == ValueKind::alias) id = module_.aliases[value(id).index].target;
    return id;
  }

  /// As if it were written to memory.
  void constant(ValueId id, TypeId wanted) {
    const Value& at = value(id);
    must(at.type == wanted, "a constant is of the type that is wanted");
    const Type& type = module_.types[at.type];
    const Span<ValueId> lists = id < module_.values.size ? module_.value_lists : body_.value_lists;
    see(type.size);
    switch (at.kind) {
      case ValueKind::aggregate:
        for (std::uint32_t i = 0; i < type.count; ++i) {
          const TypeId part =
              type.kind == TypeKind::structure ? module_.type_lists[type.first + i] : type.first;
          if (type.kind == TypeKind::structure) see(module_.field_offsets[type.first + i]);
          constant(lists[at.first + i], part);
        }
        break;
      case ValueKind::data: {
        const std::uint32_t bytes =
            type.kind == TypeKind::unsupported || type.kind == TypeKind::wide
                ? at.count
                : module_.types[type.first].size * type.count;
        for (std::uint32_t i = 0; i < bytes; ++i) see(at.bytes[i]);
        break;
      }
      case ValueKind::cast:
        constant(at.first, value(at.first).type);
        break;
      case ValueKind::address:
        for (std::uint32_t i = 0; i < at.count; ++i) {
          constant(lists[at.first + i], value(lists[at.first + i]).type);
        }
        step(at.source, {lists.data + at.first + 1, at.count - 1});
        break;
      case ValueKind::binary:
        constant(lists[at.first], at.type);
        constant(lists[at.first + 1], at.type);
        break;
      case ValueKind::alias:
        see(resolve(id));
        break;
      case ValueKind::argument:
      case ValueKind::instruction:
        broken("a constant is one");
      default:
        see(at.bits);
    }
  }

  /// getelementptr.
  void step(TypeId at, Span<const ValueId> indices) {
    for (std::uint32_t i = 0; i < indices.size; ++i) {
      const Type& type = module_.types[at];
      see(type.size);
      if (i == 0) continue;
      if (type.kind == TypeKind::structure) {
        const Value& index = value(indices[i]);
        const std::uint32_t field =
            index.kind == ValueKind::zero ? 0 : static_cast<std::uint32_t>(index.bits);
        must(field < type.count, "a field's index is in range");
        see(module_.field_offsets[type.first + field]);
        at = module_.type_lists[type.first + field];
      } else {
        at = type.first;
      }
    }
  }

  void use(ValueId id) {
    const Value& at = value(id);
    if (is_constant(at.kind)) {
      constant(id, at.type);
    } else {
      see(module_.types[at.type].size);
    }
  }

  /// What phis do on the way from one block to another.
  void edge(BlockId from, BlockId to) {
    const Block& target = body_.blocks[to];
    for (std::uint32_t i = 0; i < target.count; ++i) {
      const Instruction& phi = body_.instructions[target.first + i];
      if (phi.op != Opcode::phi) break;
      std::uint32_t entry = 1;
      while (operand(phi, entry) != from) entry += 2;  // there must be one
      use(operand(phi, entry - 1));
    }
  }

  void instruction(const Instruction& at, BlockId block) {
    if (at.result != kNone) {
      must(value(at.result).type == at.type, "a result is of its instruction's type");
    }
    switch (at.op) {
      case Opcode::phi:
        must(block != 0, "no phi in the first block");
        break;
      case Opcode::branch:
        break;
      case Opcode::branch_if:
      case Opcode::branch_address:
        use(operand(at, 0));
        break;
      case Opcode::switch_on:
        for (std::uint32_t i = 0; i < at.count; i += 2) use(operand(at, i));
        break;
      case Opcode::extract_value:
      case Opcode::insert_value: {
        const std::uint32_t values = at.op == Opcode::insert_value ? 2 : 1;
        for (std::uint32_t i = 0; i < values; ++i) use(operand(at, i));
        TypeId part = value(operand(at, 0)).type;
        for (std::uint32_t i = values; i < at.count; ++i) {
          const Type& type = module_.types[part];
          const std::uint32_t index = operand(at, i);
          part = type.kind == TypeKind::structure ? module_.type_lists[type.first + index]
                                                  : type.first;
        }
        see(module_.types[part].size);
        break;
      }
      case Opcode::getelementptr: {
        for (std::uint32_t i = 0; i < at.count; ++i) use(operand(at, i));
        step(at.subject, {body_.operands.data + at.first + 1, at.count - 1});
        break;
      }
      case Opcode::call:
        call(at);
        break;
      case Opcode::load:
      case Opcode::store:
      case Opcode::alloca:
        see(module_.types[at.subject].size);
        [[fallthrough]];
      default:
        for (std::uint32_t i = 0; i < at.count; ++i) use(operand(at, i));
    }
  }

  void call(const Instruction& at) {
    signature(at.subject);
    const Type& function = module_.types[at.subject];
    const Value& callee = value(operand(at, 0));
    if (callee.kind == ValueKind::function) {
      const Function& called = module_.functions[callee.index];
      must(called.type == at.subject || called.intrinsic == Intrinsic::none,
           "a call is of its intrinsic's type");
      must(called.intrinsic != Intrinsic::unknown, "unknown intrinsics are refused");
    } else if (callee.kind == ValueKind::inline_asm) {
      const Span<InlineAsm> all =
          operand(at, 0) < module_.values.size ? module_.inline_asms : body_.inline_asms;
      see(all[callee.index].code.size);
    } else {
      use(operand(at, 0));
    }
    for (std::uint32_t i = 0; i < function.count; ++i) {
      const TypeId wanted = module_.type_lists[function.first + 1 + i];
      if (module_.types[wanted].kind == TypeKind::metadata) continue;
      must(value(operand(at, 1 + i)).type == wanted, "an argument is of its parameter's type");
    }
    for (std::uint32_t i = 1; i < at.count; ++i) {
      if (operand(at, i) != kNone) use(operand(at, i));
    }
    if (at.detail == kNone) return;
    const AttributeList& list = module_.attribute_lists[at.detail];
    for (std::uint32_t i = 0; i < list.count; ++i) {
      const ByValue& copied = module_.by_values[list.first + i];
      see(type_of(operand(at, 1 + copied.parameter)).size + module_.types[copied.type].size);
    }
  }

  const Module& module_;
  const Body& body_;
  std::uint64_t seen_ = 0;
};

}  // namespace

std::uint64_t walk(const Module& module, const Body* body) {
  Copy types(module.types);
  Copy type_lists(module.type_lists);
  Copy offsets(module.field_offsets);
  Copy values(module.values);
  Copy value_lists(module.value_lists);
  Copy globals(module.globals);
  Copy functions(module.functions);
  Copy aliases(module.aliases);
  Copy attribute_lists(module.attribute_lists);
  Copy by_values(module.by_values);
  Copy inline_asms(module.inline_asms);
  Module exact = module;
  exact.types = types;
  exact.type_lists = type_lists;
  exact.field_offsets = offsets;
  exact.values = values;
  exact.value_lists = value_lists;
  exact.globals = globals;
  exact.functions = functions;
  exact.aliases = aliases;
  exact.attribute_lists = attribute_lists;
  exact.by_values = by_values;
  exact.inline_asms = inline_asms;
  if (body == nullptr) return Walker(exact, {}).module();

  Copy body_values(body->values);
  Copy instructions(body->instructions);
  Copy blocks(body->blocks);
  Copy operands(body->operands);
  Copy body_lists(body->value_lists);
  Copy body_asms(body->inline_asms);
  Body exact_body = *body;
  exact_body.values = body_values;
  exact_body.instructions = instructions;
  exact_body.blocks = blocks;
  exact_body.operands = operands;
  exact_body.value_lists = body_lists;
  exact_body.inline_asms = body_asms;
  return Walker(exact, exact_body).body();
}

}  // namespace jit::fuzz
