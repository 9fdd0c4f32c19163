// Machine code for guests, made on this machine.
#include "programs/compiled_program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "base/text.h"
#include "disassembly/disassembler.h"
#include "program/program.h"
#include "programs/memory.h"
#include "programs/program_file.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

std::string corpus_file(const std::string& name) {
  return read_file(fs::path(UNIHARNESS_CORPUS) / "bitcode" / name);
}

std::vector<fs::path> corpus_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(UNIHARNESS_CORPUS) / "bitcode")) {
    if (entry.path().extension() == ".bc") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

TEST(CompiledProgram, IsTheSameFromMemoryAnywhere) {
  for (const char* name : {"n_queens.O2.bc", "switch_dense.O2.bc", "atomics_i32.O0.bc"}) {
    const fs::path file = fs::path(UNIHARNESS_CORPUS) / "bitcode" / name;
    if (!fs::exists(file)) continue;
    const std::string bytes = read_file(file);
    const CompiledProgram one = compile_program_file(bytes, {});
    // Held while the second is compiled, so that all of its memory is elsewhere.
    const Memory<char> between(200u << 20);
    const std::string elsewhere = bytes + '\0';
    const CompiledProgram two =
        compile_program_file(std::string_view(elsewhere).substr(0, bytes.size()), {});
    EXPECT_EQ(sha256_of(one.code), sha256_of(two.code)) << name;
    EXPECT_FALSE(one.code.empty());
  }
}

TEST(CompiledProgram, CountsWhatTheVerifierCounts) {
  const std::string bytes = corpus_file("n_queens.O2.bc");
  const Verified verified = verify_program(bytes);
  const CompiledProgram program = compile_program_file(bytes, {});
  EXPECT_EQ(program.functions.size(), verified.functions);
  std::uint64_t instructions = 0;
  std::uint32_t end = 0;
  for (const CompiledFunction& one : program.functions) {
    EXPECT_EQ(one.refused, "");
    instructions += one.instructions;
    EXPECT_EQ(one.offset % 4, 0U);
    EXPECT_GE(one.offset, end) << "two functions in one place";
    end = one.offset + one.bytes;
  }
  EXPECT_EQ(instructions, verified.instructions);
  EXPECT_LE(end, program.code.size());
}

TEST(CompiledProgram, IsListedByInstructionsOfTheIr) {
  const CompiledProgram program =
      compile_program_file(corpus_file("n_queens.O2.bc"), {"guest_main", true});
  ASSERT_EQ(program.functions.size(), 1U);
  const std::string& text = program.listing;
  for (const char* expected :
       {"define external @guest_main function (i32) -> i32 {\n", " = argument 0  ; variable ",
        "b0:\n", "\n  ret i32 ", "  ret", "\n}\n", "where it ends: out of fuel\n",
        "sub dword ptr [0x30000000], ", " = phi i32 ", "; variable e"}) {
    EXPECT_TRUE(contains(text, expected)) << expected << '\n' << text;
  }
  EXPECT_FALSE(contains(text, "no code")) << text;
}

/// Each byte of a function's code is listed, once, in its place.
TEST(CompiledProgram, IsListedWhole) {
  for (const char* name : {"n_queens.O2.bc", "n_queens.O0.bc", "alloca_vla.O0.bc"}) {
    const std::string bytes = corpus_file(name);
    const CompiledProgram all = compile_program_file(bytes, {});
    for (const CompiledFunction& function : all.functions) {
      const CompiledProgram one = compile_program_file(bytes, {function.name, true});
      ASSERT_EQ(one.functions.size(), 1U);
      std::set<std::string> listed;
      std::istringstream lines(one.listing);
      for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("    00")) continue;
        EXPECT_TRUE(listed.insert(line.substr(4, 8)).second) << line;
      }
      std::size_t instructions = 0;
      std::uint32_t at = function.offset;
      const std::string_view code = std::string_view(all.code).substr(at, function.bytes);
      for (const Disassembled& d : Disassembler(false).read(code, kCodeAddress + at)) {
        char address[16];
        std::snprintf(address, sizeof address, "%08x", static_cast<unsigned>(d.address));
        ++instructions;
        if (contains(one.listing, "constants:")) continue;  // they are not instructions
        EXPECT_TRUE(listed.contains(address)) << address << ' ' << d.text << '\n' << one.listing;
      }
      if (!contains(one.listing, "constants:")) {
        EXPECT_EQ(listed.size(), instructions);
      }
    }
  }
}

TEST(CompiledProgram, SaysWhatItIsNotAndWhatItHasNot) {
  EXPECT_THROW(compile_program_file("no bitcode at all", {}), Error);
  EXPECT_THROW(compile_program_file("", {}), Error);
  EXPECT_THROW(compile_program_file("BC\xC0\xDE", {}), Error);
  try {
    compile_program_file(corpus_file("n_queens.O2.bc"), {"nobody\n", true});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "there is no function 'nobody\\x0A' with a body");
    EXPECT_EQ(error.status, ExitStatus::invalid_data);
    EXPECT_FALSE(error.hint.empty());
  }
}

TEST(CompiledProgram, NamesFunctionsThatAreRefused) {
  std::size_t refused = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(UNIHARNESS_CORPUS) / "refused")) {
    if (entry.path().extension() != ".bc") continue;
    try {
      for (const CompiledFunction& one :
           compile_program_file(read_file(entry.path()), {"", true}).functions) {
        if (one.refused.empty()) continue;
        EXPECT_FALSE(one.name.empty());
        ++refused;
      }
    } catch (const Error& error) {
      EXPECT_EQ(error.status, ExitStatus::invalid_data) << entry.path();
      ++refused;
    }
  }
  EXPECT_GE(refused, 10U);
}

/// The whole corpus: no function is refused, and the code is the same from memory elsewhere. A
/// listing reads all that the compiler knows of a function.
void compile_level(const std::string& level) {
  std::size_t functions = 0;
  for (const fs::path& file : corpus_files()) {
    if (!contains(file.filename().string(), "." + level + ".")) continue;
    const std::string bytes = read_file(file);
    const CompiledProgram program = compile_program_file(bytes, {"", true});
    const Memory<char> between(1u << 20);
    EXPECT_EQ(sha256_of(compile_program_file(bytes, {}).code), sha256_of(program.code)) << file;
    for (const CompiledFunction& one : program.functions) {
      EXPECT_EQ(one.refused, "") << file << ", " << one.name;
      EXPECT_GT(one.bytes, 0U) << file << ", " << one.name;
      ++functions;
    }
    EXPECT_FALSE(contains(program.listing, "no code")) << file;
    EXPECT_FALSE(contains(program.listing, "nowhere")) << file;
  }
  EXPECT_GT(functions, 250U);
}

TEST(CompiledProgram, OfTheCorpusIsWholeAtO0) { compile_level("O0"); }
TEST(CompiledProgram, OfTheCorpusIsWholeAtO1) { compile_level("O1"); }
TEST(CompiledProgram, OfTheCorpusIsWholeAtO2) { compile_level("O2"); }
TEST(CompiledProgram, OfTheCorpusIsWholeAtOs) { compile_level("Os"); }

// ---- where memory ends

/// Sizes, in bytes, of what a program is compiled in. Each is exactly that large: AddressSanitizer
/// sees what goes beyond.
struct Rooms {
  std::uint32_t module = 4u << 20, kept = 4u << 20, scratch = 4u << 20;
  std::uint32_t code = 1u << 20, data = 1u << 20;
};

struct Outcome {
  std::string fault;  // "": it was compiled
  std::uint32_t functions = 0, refused = 0;
  std::string code;
};

Outcome compile_in(const std::string& file, const Rooms& rooms) {
  static const Memory<std::uint32_t> slots(jit::kMinSlots);
  static const Memory<std::uint8_t> memory(8u << 20);
  const Memory<char> module(rooms.module), kept(rooms.kept), scratch(rooms.scratch);
  const Memory<std::uint8_t> code(rooms.code), data(rooms.data);
  jit::Workplace workplace;
  workplace.module = module.span();
  workplace.code = kept.span();
  workplace.scratch = scratch.span();
  workplace.slots = slots.span();
  workplace.memory = memory.span().data;
  workplace.high = 8u << 20;
  workplace.machine_code = {code.span().data, kCodeAddress, rooms.code};
  workplace.machine_data = {data.span().data, kDataAddress, rooms.data};
  struct Look {
    Outcome outcome;
    const std::uint8_t* code;
  } look = {{}, code.span().data};
  const jit::Fault fault = jit::compile_program(
      bytes_of(file), workplace, {},
      [](void* context, const jit::Module&, const jit::Native& native) {
        Look& to = *static_cast<Look*>(context);
        to.outcome.functions = native.functions();
        to.outcome.refused = native.refused();
        to.outcome.code.assign(reinterpret_cast<const char*>(to.code), native.code_bytes());
      },
      &look);
  look.outcome.fault = fault_text(fault);
  return look.outcome;
}

/// From nothing up to what is enough: a fault, or functions that are refused; then the whole.
void expect_clean_ends(std::uint32_t Rooms::* room, std::uint32_t enough) {
  for (const char* name : {"n_queens.O2.bc", "n_queens.O0.bc", "alloca_vla.O1.bc"}) {
    const std::string file = corpus_file(name);
    const Outcome whole = compile_in(file, {});
    ASSERT_EQ(whole.fault, "");
    ASSERT_EQ(whole.refused, 0U);
    std::size_t faults = 0, good = 0;
    for (std::uint32_t k = 0; k < 40; ++k) {
      Rooms rooms;
      rooms.*room = enough / 40 * k + k % 7;
      const Outcome outcome = compile_in(file, rooms);
      if (outcome.fault.empty() && outcome.refused == 0) {
        EXPECT_EQ(outcome.functions, whole.functions);
        EXPECT_EQ(outcome.code, whole.code) << name << ", " << rooms.*room;
        ++good;
      } else {
        EXPECT_EQ(good, 0U) << name << ": less was enough than " << rooms.*room;
        ++faults;
      }
    }
    EXPECT_GT(faults, 0U) << name;
    EXPECT_GT(good, 0U) << name;
  }
}

TEST(CompiledProgram, EndsCleanlyWhereCodeHasNoRoom) { expect_clean_ends(&Rooms::code, 8'000); }
TEST(CompiledProgram, EndsCleanlyWhereDataHasNoRoom) { expect_clean_ends(&Rooms::data, 2'000); }
TEST(CompiledProgram, EndsCleanlyWhereModulesHaveNoRoom) {
  expect_clean_ends(&Rooms::module, 200'000);
}
TEST(CompiledProgram, EndsCleanlyWhereCellsHaveNoRoom) { expect_clean_ends(&Rooms::kept, 50'000); }
TEST(CompiledProgram, EndsCleanlyWhereFunctionsHaveNoRoom) {
  expect_clean_ends(&Rooms::scratch, 400'000);
}

}  // namespace
}  // namespace harness
