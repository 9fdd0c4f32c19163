#include "programs/program_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "bitcode/module_reader.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "programs/compiled_program.h"
#include "programs/memory.h"

namespace harness {
namespace {

/// An opened file, and memory for bodies, so much that none which runs is refused for want of it:
/// an instruction can have four bytes in the file.
struct Opened {
  explicit Opened(std::string_view bytes)
      : module_memory(room_for(bytes)),
        body_memory(room_for(bytes, 4)),
        arena(module_memory.span().data, module_memory.span().size),
        scratch(body_memory.span().data, body_memory.span().size) {
    fault = jit::bitcode::open_module(bytes_of(bytes), arena, file);
  }
  Memory<char> module_memory, body_memory;
  jit::Arena arena, scratch;
  jit::bitcode::BitcodeFile file;
  jit::Fault fault;
};

/// Of sound bodies, what the interpreter does not run when it comes to them: a frame that is too
/// large, for example.
jit::Fault refused_by_interpreter(std::string_view bytes, Opened& opened) {
  const jit::Module& module = opened.file.module;
  constexpr std::uint32_t kStack = 64u << 10;
  std::uint64_t memory_bytes = jit::kFirstAddress + 2 * kStack;
  for (const jit::Global& global : module.globals) {
    memory_bytes += module.types[global.type].size + jit::kMaxAlignment;
  }
  if (memory_bytes > 1u << 31) return {};  // who runs it says what is too much
  const auto high = static_cast<std::uint32_t>(memory_bytes);
  const Memory<char> code(room_for(bytes, 4)), scratch(room_for(bytes, 4));
  const Memory<std::uint32_t> slots(jit::kMinSlots);
  const Memory<std::uint8_t> memory(high);
  jit::Arena code_arena(code.span().data, code.span().size),
      scratch_arena(scratch.span().data, scratch.span().size);
  jit::Resources resources;
  resources.memory = memory.span().data;
  resources.high = high;
  resources.stack_bytes = kStack;
  resources.slots = slots.span();
  resources.code = &code_arena;
  resources.scratch = &scratch_arena;
  jit::Machine machine;
  jit::Fault fault = machine.load(module, {jit::bitcode::read_verified_body, &opened.file},
                                  resources, {}, nullptr);
  for (jit::FunctionId id = 0; !fault && id < module.functions.size; ++id) {
    if (module.functions[id].body_bit != 0) fault = machine.check(id);
  }
  return fault;
}

/// And what the compiler has no code for; "" where it has all.
std::string refused_by_compiler(std::string_view bytes) {
  for (const CompiledFunction& function : compile_program_file(bytes, {}).functions) {
    if (function.refused.empty()) continue;
    return "compiled, " + function.refused + " in function '" + function.name + "'";
  }
  return {};
}

}  // namespace

std::string fault_text(const jit::Fault& fault) {
  std::string text = string_of(fault.what.text());
  if (fault.function.size > 0) text += " in function '" + string_of(fault.function) + "'";
  if (fault.bit != jit::Fault::kNoBit) text += fmt::format(" at bit {}", fault.bit);
  return text;
}

Verified verify_program(std::string_view bytes) {
  Verified result;
  Opened opened(bytes);
  jit::Fault fault = opened.fault;
  if (!fault) fault = jit::verify_module(opened.file.module, opened.scratch);
  std::size_t largest = 0;
  for (jit::FunctionId id = 0; !fault && id < opened.file.module.functions.size; ++id) {
    if (opened.file.module.functions[id].body_bit == 0) continue;
    const jit::Arena::Mark mark = opened.scratch.mark();
    jit::Body body;
    fault = jit::bitcode::read_verified_body(&opened.file, id, opened.scratch, body);
    largest = std::max(largest, opened.scratch.used());
    opened.scratch.release(mark);
    if (fault) break;
    ++result.functions;
    result.instructions += body.instructions.size;
  }
  result.memory = opened.arena.used() + largest;
  if (!fault) fault = refused_by_interpreter(bytes, opened);
  if (!fault) {
    result.fault = refused_by_compiler(bytes);
    result.unsupported = !result.fault.empty();
  }
  if (fault) {
    result.fault = fault_text(fault);
    result.unsupported = fault.unsupported;
  }
  return result;
}

std::string dump_program(std::string_view bytes, const std::string& function) {
  Opened opened(bytes);
  const auto require = [](const jit::Fault& fault) {
    if (fault) throw Error(fault_text(fault), {}, ExitStatus::invalid_data);
  };
  require(opened.fault);
  std::string text;
  const jit::Sink sink = {[](void* context, jit::Text piece) {
                            static_cast<std::string*>(context)->append(piece.data, piece.size);
                          },
                          &text};
  const jit::Module& module = opened.file.module;
  if (function.empty()) jit::print_module(module, sink);
  bool found = false;
  for (jit::FunctionId id = 0; id < module.functions.size; ++id) {
    const jit::Function& one = module.functions[id];
    if (one.body_bit == 0) continue;
    if (!function.empty() && std::string_view(one.name.data, one.name.size) != function) continue;
    const jit::Arena::Mark mark = opened.scratch.mark();
    jit::Body body;
    require(jit::bitcode::read_body(opened.file, id, opened.scratch, body));
    jit::print_body(module, body, sink);
    opened.scratch.release(mark);
    found = true;
  }
  if (!function.empty() && !found) {
    throw Error("there is no function '" + printable(function) + "' with a body",
                "without --function, all are printed", ExitStatus::invalid_data);
  }
  return text;
}

jit::ProgramResult run_program_file(std::string_view bytes, const ProgramOptions& options,
                                    const std::function<void(std::string_view)>& write) {
  constexpr std::uint32_t kSlots = 4u << 20;
  const Memory<char> module(room_for(bytes)), code(room_for(bytes, 4)), scratch(room_for(bytes, 4));
  const Memory<std::uint32_t> slots(kSlots);
  const Memory<std::uint8_t> memory(options.memory);
  jit::Workplace workplace;
  workplace.module = module.span();
  workplace.code = code.span();
  workplace.scratch = scratch.span();
  workplace.slots = slots.span();
  workplace.memory = memory.span().data;
  workplace.high = options.memory;
  workplace.stack_bytes = options.memory / 2;
  const jit::Output output = {
      [](void* context, const char* text, std::uint32_t size) {
        (*static_cast<const std::function<void(std::string_view)>*>(context))({text, size});
      },
      const_cast<void*>(static_cast<const void*>(&write))};
  return jit::run_program(bytes_of(bytes), options.argument, workplace, {.fuel = options.fuel},
                          output);
}

}  // namespace harness
