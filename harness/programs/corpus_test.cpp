// The corpus of unikernel/jit/corpus, interpreted on this machine, against its native builds.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/files.h"
#include "base/sha256.h"
#include "programs/program_file.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

struct Expected {
  std::string name, sum;
  int argument = 0, status = 0;
};

std::vector<Expected> expected_results() {
  std::vector<Expected> all;
  std::ifstream file(fs::path(UNIHARNESS_CORPUS) / "expected.tsv");
  Expected one;
  while (file >> one.name >> one.argument >> one.status >> one.sum) all.push_back(one);
  return all;
}

void run_level(const char* level) {
  const std::vector<Expected> programs = expected_results();
  ASSERT_GE(programs.size(), 150U) << "build the target jit_corpus";
  for (const Expected& program : programs) {
    const fs::path file =
        fs::path(UNIHARNESS_CORPUS) / "bitcode" / (program.name + "." + level + ".bc");
    if (!fs::exists(file)) continue;  // a benchmark
    const std::string bytes = read_file(file);
    EXPECT_EQ(verify_program(bytes).fault, "") << file;
    std::string output;
    ProgramOptions options;
    options.argument = program.argument;
    const jit::ProgramResult result =
        run_program_file(bytes, options, [&](std::string_view text) { output += text; });
    EXPECT_TRUE(result.ended()) << file << ": " << fault_text(result.fault);
    EXPECT_EQ(result.status & 255, program.status) << file;
    EXPECT_EQ(sha256_of(output), program.sum) << file << '\n' << output;
  }
}

TEST(Corpus, IsInterpretedAsItsNativeBuildAtO0) { run_level("O0"); }
TEST(Corpus, IsInterpretedAsItsNativeBuildAtO1) { run_level("O1"); }
TEST(Corpus, IsInterpretedAsItsNativeBuildAtO2) { run_level("O2"); }
TEST(Corpus, IsInterpretedAsItsNativeBuildAtOs) { run_level("Os"); }

TEST(Corpus, WhatIsNotSupportedIsRefused) {
  std::size_t refused = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(UNIHARNESS_CORPUS) / "refused")) {
    if (entry.path().extension() != ".bc") continue;
    const std::string bytes = read_file(entry.path());
    const jit::ProgramResult result = run_program_file(bytes, {}, [](std::string_view) {});
    EXPECT_FALSE(result.ended()) << entry.path();
    EXPECT_TRUE(result.refused || jit::is_refusal(result.outcome)) << entry.path();
    // Before it is run, too; but for functions that nobody provides: who runs it provides some.
    const bool import = result.outcome == jit::Outcome::missing_import;
    EXPECT_EQ(verify_program(bytes).unsupported, !import) << entry.path();
    ++refused;
  }
  EXPECT_GE(refused, 10U);
}

/// What the verifier of the IR accepts, and the interpreter or the compiler do not run.
TEST(Corpus, WhatIsRefusedWhenItIsRunIsRefusedBefore) {
  const auto fault_of = [](const char* name) {
    return verify_program(read_file(fs::path(UNIHARNESS_CORPUS) / "refused" / name)).fault;
  };
  EXPECT_EQ(fault_of("large_variable.bc"),
            "an alloca of more than 256 MB in function 'guest_main'");
  const std::string addresses = fault_of("vector_addresses.bc");
  EXPECT_NE(addresses.find("getelementptr of vectors, at instruction 0 in function 'one' at bit "),
            std::string::npos)
      << addresses;
}

/// The number of instructions is exact: one less is not enough, and the program says so.
TEST(Corpus, FuelIsExact) {
  const std::string bytes = read_file(fs::path(UNIHARNESS_CORPUS) / "bitcode/n_queens.O2.bc");
  ProgramOptions options;
  const auto run = [&] { return run_program_file(bytes, options, [](std::string_view) {}); };
  const jit::ProgramResult whole = run();
  ASSERT_TRUE(whole.ended());
  options.fuel = whole.fuel;
  EXPECT_TRUE(run().ended());
  for (const std::uint64_t fuel :
       {whole.fuel - 1, whole.fuel / 2, std::uint64_t{1}, std::uint64_t{0}}) {
    options.fuel = fuel;
    const jit::ProgramResult cut = run();
    EXPECT_EQ(cut.outcome, jit::Outcome::out_of_fuel) << fuel;
    EXPECT_EQ(cut.fuel, fuel);
  }
}

}  // namespace
}  // namespace harness
