// What each command says and returns where it cannot do what it is asked. A command of the program
// without a row here fails the test.
#include <algorithm>
#include <fstream>
#include <sstream>

#include "e2e/e2e.h"

namespace harness {
namespace {

struct Failure {
  std::vector<std::string> arguments;  // the command first
  int exit_status;
  std::string message;  // part of what is printed
};

constexpr const char* kOfCd = R"(name: cd
image: {cdrom: x.iso}
)";
constexpr const char* kOfTwoProcessors = R"(name: two
image: {kernel: k.elf}
machine: {smp: 2}
clock: host
)";
constexpr const char* kWithoutTarget = R"(name: one
image: {kernel: k.elf}
)";

const std::vector<Failure>& failures() {
  static const std::vector<Failure> all = {
      {{"run", "none.yaml"}, 2, "none.yaml: cannot be read"},
      {{"run", "cd.yaml", "--shard", "3/2"}, 2, "--shard 3/2 is not a valid part"},
      {{"plan", "none.yaml"}, 2, "none.yaml: cannot be read"},
      {{"merge", "nowhere", "--plan", "none.json", "--out", "all"}, 5, "none.json: cannot be read"},
      {{"replay", "nothing"}, 2, "there is no 'nothing' to replay"},
      {{"boot", "none.yaml"}, 2, "none.yaml: cannot be read"},
      {{"checks", "--nonsense"}, 2, "--nonsense"},
      {{"schema", "sonnet"}, 2, "sonnet"},
      {{"completion", "csh"}, 2, "csh"},
      {{"help", "sonnet"}, 2, "unknown command 'sonnet'"},
      {{"version", "2"}, 2, "'2' is one argument too many"},
      {{"gate", "cd.yaml", "--baseline", "none.json"}, 5, "there is no baseline none.json"},
      {{"baseline", "show", "none.json"}, 5, "none.json: cannot be read"},
      {{"baseline", "accept", "empty", "--baseline", "b.json", "--why", "first"},
       5,
       "empty holds no report"},
      {{"compare", "one", "other"}, 2, "there is no 'other' to compare"},
      {{"ab", "one.yaml", "--base", "first", "--new", "second", "--no-build"},
       2,
       "'first' is not a file, and one.yaml names no `target`"},
      {{"timeline", "cd.yaml"}, 2, "an empty guest cannot be made for a CD"},
      {{"profile", "two.yaml"}, 2, "a profile is of one processor"},
      {{"hotpaths", "two.yaml"}, 2, "a profile is of one processor"},
      {{"history", "--db", "none.db"}, 5, "there is no history at none.db"},
      {{"calibrate", "--db", "none.db", "empty"}, 2, "--db and report folders exclude each other"},
      {{"report", "summary", "empty", "--out", "x.md"}, 5, "is not a report folder"},
      {{"report", "comparison", "none.yaml"}, 5, "none.yaml: cannot be read"},
      {{"view", "nowhere"}, 2, "there is no folder 'nowhere' to show"},
      {{"init", "none.img"}, 2, "none.img"},
      {{"init", "x.iso"}, 2, "x.iso"},
      {{"bitcode", "run", "k.elf"}, 5, "refused: "},
      {{"bitcode", "verify", "k.elf"}, 5, "k.elf: not sound: "},
      {{"bitcode", "dump", "none.bc"}, 5, "none.bc: cannot be read"},
      {{"bitcode", "pack", "-o", "x.ukbc"}, 2, "no programs to pack"},
      {{"import", "kvm-unit-tests", "none.cfg"}, 2, "none.cfg is not a file"},
  };
  return all;
}

/// The commands of the program, as it tells them to shells.
std::vector<std::string> commands() {
  std::istringstream lines(uniharness({"complete", ""}).output_tail);
  std::vector<std::string> names;
  for (std::string line; std::getline(lines, line);)
    names.push_back(line.substr(0, line.find('\t')));
  return names;
}

TEST(Failures, EachHasItsExitStatusAndSaysWhatIsWrong) {
  const fs::path folder = fresh_folder();
  std::ofstream(folder / "cd.yaml") << kOfCd;
  std::ofstream(folder / "two.yaml") << kOfTwoProcessors;
  std::ofstream(folder / "one.yaml") << kWithoutTarget;
  std::ofstream(folder / "x.iso") << "";
  std::ofstream(folder / "k.elf") << "";
  fs::create_directory(folder / "empty");
  for (const Failure& failure : failures()) {
    std::string words;
    for (const std::string& word : failure.arguments) words += word + " ";
    const CommandResult result = uniharness(failure.arguments, folder);
    EXPECT_EQ(result.exit_status, failure.exit_status) << words << "\n" << result.output_tail;
    EXPECT_NE(result.output_tail.find(failure.message), std::string::npos) << words << "\n"
                                                                           << result.output_tail;
  }
}

TEST(Failures, DoctorSaysWhatIsMissing) {
  const CommandResult result =
      run_command({"/usr/bin/env", "PATH=/nowhere", UNIHARNESS_PROGRAM, "doctor"}, fresh_folder());
  EXPECT_EQ(result.exit_status, 3) << result.output_tail;
  EXPECT_NE(result.output_tail.find("something needed does not work"), std::string::npos)
      << result.output_tail;
}

TEST(Failures, EveryCommandHasOne) {
  const std::vector<std::string> all = commands();
  EXPECT_GE(all.size(), 19u);
  for (const std::string& command : all) {
    if (command == "doctor") continue;  // above
    EXPECT_TRUE(std::ranges::any_of(failures(), [&](const Failure& one) {
      return one.arguments.front() == command;
    })) << command;
  }
}

}  // namespace
}  // namespace harness
