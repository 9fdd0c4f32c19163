#include "programs/compiled_program.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "compiler/strength.h"
#include "programs/listing.h"
#include "programs/memory.h"
#include "programs/program_file.h"

namespace harness {
namespace {

// A listing has some twenty bytes of text for one of code.
constexpr std::uint64_t kLargestListing = 8u << 20;  // bytes of code
constexpr std::uint32_t kProgramMemory = 128u << 20;
constexpr std::uint32_t kLargestCode = kDataAddress - kCodeAddress;

/// What is kept of each function as it is compiled.
class Collector {
 public:
  Collector(const CompileOptions& options, std::string_view code)
      : options_(options), code_(code) {}

  void compiled(jit::FunctionId id, const jit::Generator& generator) {
    const jit::Body& body = generator.body();
    Collected& one = begin(id, generator.module().functions[id].name);
    for (std::uint32_t k = 0; k < body.instructions.size; ++k) {
      if ((body.instructions[k].flags & jit::kFlagMade) == 0) ++one.function.instructions;
      if (generator.is_interpreted(k)) ++one.function.interpreted;
    }
    if (!options_.listing || !is_shown(one)) return;
    listed_ += generator.code().total();
    if (listed_ > kLargestListing) return;
    one.listing = list_function(generator);
  }

  void refused(jit::FunctionId id, const jit::Fault& fault) {
    Collected& one = begin(id, fault.function);
    one.function.refused = string_of(fault.what.text());
    if (fault.bit != jit::Fault::kNoBit) {
      one.function.refused += " at bit " + std::to_string(fault.bit);
    }
  }

  /// All is in its place.
  void finish(const jit::Native& native) {
    result_.code = code_.substr(0, native.code_bytes());
    for (Collected& one : collected_) {
      if (!is_shown(one)) continue;
      const jit::Native::Placed placed = native.placed(one.id);
      one.function.offset = placed.offset;
      one.function.bytes = placed.size;
      if (one.listing) {
        result_.listing += listing_text(*one.listing, code_.substr(placed.offset, placed.size),
                                        kCodeAddress + placed.offset);
      }
      result_.functions.push_back(std::move(one.function));
    }
  }

  CompiledProgram take() {
    if (!options_.function.empty() && result_.functions.empty()) {
      throw Error("there is no function '" + printable(options_.function) + "' with a body",
                  "without --function, all are shown", ExitStatus::invalid_data);
    }
    if (listed_ > kLargestListing) {
      throw Error("the functions have " + grouped(listed_) + " bytes of code: too much to print",
                  "choose one with --function", ExitStatus::invalid_data);
    }
    return std::move(result_);
  }

 private:
  struct Collected {
    jit::FunctionId id;
    std::string_view name;  // in the file
    CompiledFunction function;
    std::optional<Listing> listing;
  };
  Collected& begin(jit::FunctionId id, jit::Text name) {
    Collected& one = collected_.emplace_back();
    one.id = id;
    one.name = {name.data, name.size};
    one.function.name = string_of(name);
    return one;
  }
  [[nodiscard]] bool is_shown(const Collected& one) const {
    return options_.function.empty() || one.name == options_.function;
  }

  const CompileOptions& options_;
  std::string_view code_;
  std::vector<Collected> collected_;
  std::uint64_t listed_ = 0;
  CompiledProgram result_;
};

}  // namespace

CompiledProgram compile_program_file(std::string_view file, const CompileOptions& options) {
  const Memory<char> module(room_for(file)), kept(room_for(file, 4)), scratch(room_for(file, 4));
  const Memory<std::uint32_t> slots(jit::kMinSlots);
  const Memory<std::uint8_t> memory(kProgramMemory);
  const Memory<std::uint8_t> code(std::min(room_for(file, 2), kLargestCode));
  const Memory<std::uint8_t> data(room_for(file));
  jit::Workplace workplace;
  workplace.module = module.span();
  workplace.code = kept.span();
  workplace.scratch = scratch.span();
  workplace.slots = slots.span();
  workplace.memory = memory.span().data;
  workplace.high = kProgramMemory;
  workplace.machine_code = {code.span().data, kCodeAddress, code.span().size};
  workplace.machine_data = {data.span().data, kDataAddress, data.span().size};

  Collector collector(options, {reinterpret_cast<const char*>(code.span().data), code.span().size});
  const jit::Watcher watcher = {
      [](void* context, jit::FunctionId id, const jit::Generator& generator) {
        static_cast<Collector*>(context)->compiled(id, generator);
      },
      [](void* context, jit::FunctionId id, const jit::Fault& fault) {
        static_cast<Collector*>(context)->refused(id, fault);
      },
      &collector};
  const jit::Fault fault = jit::compile_program(
      bytes_of(file), workplace, {.watcher = &watcher},
      [](void* context, const jit::Module&, const jit::Native& native) {
        static_cast<Collector*>(context)->finish(native);
      },
      &collector);
  if (fault) {
    throw Error(fault_text(fault), "'uniharness bitcode verify' says whether it is sound",
                ExitStatus::invalid_data);
  }
  return collector.take();
}

}  // namespace harness
