#include "programs/self_compilation.h"

#include "base/error.h"
#include "programs/memory.h"
#include "programs/program_file.h"
#include "selfhost/places.h"
#include "support/sha256.h"

namespace harness {

namespace places = jit::selfhost;

SelfCompilation compile_for_selfhost(std::string_view file) {
  (void)room_for(file);  // its limit
  const Memory<std::uint8_t> code(places::kCodeBytes), data(places::kDataBytes),
      globals(places::kMemoryBytes), work(places::kWorkBytes);
  jit::CompileRequest request = places::request_for(
      bytes_of(file), {code.span().data, data.span().data, globals.span().data, work.span().data});
  jit::Fault fault;
  if (!jit::compile_whole(request, fault)) {
    throw Error(fault_text(fault), "'uniharness bitcode verify' says whether it is sound",
                ExitStatus::invalid_data);
  }
  if (request.islands > 0) {
    throw Error("instructions that are interpreted in place: " + std::to_string(request.islands),
                "the compiler as a program has no interpreter", ExitStatus::invalid_data);
  }
  char digits[jit::Sha256::kDigits];
  places::digest_of(request, digits);
  return {.sha256 = std::string(digits, sizeof digits),
          .code = request.code_used,
          .table = request.data_used,
          .globals = request.globals_used,
          .functions = request.functions,
          .instructions = request.instructions};
}

}  // namespace harness
