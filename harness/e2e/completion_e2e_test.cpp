// Completion as shells do it, and the manual pages as their readers take them. ci/setup.sh installs
// the shells.
#include <fstream>

#include "e2e/e2e.h"

namespace harness {
namespace {

std::string output_of(const std::vector<std::string>& command, const fs::path& folder = "/") {
  return run_command(command, folder).output_tail;
}

/// Two instances, and a number by which a report knows them.
fs::path folder_with_matrix() {
  const fs::path folder = fresh_folder();
  std::ofstream(folder / "m.yaml") << "name: grid\nimage: {kernel: k.elf}\n"
                                      "matrix: {memory: [16M, 64M]}\n";
  fs::create_directories(folder / "sub");
  std::ofstream(folder / "notes.txt") << "\n";
  return folder;
}

/// What bash offers for these words, the last of them being typed.
std::string bash_offers(const std::string& line, const std::string& words,
                        const fs::path& folder = "/") {
  return output_of(
      {"bash", "--norc", "-c",
       "source <(\"$0\" completion bash) && complete -p uniharness >/dev/null && COMP_LINE=\"$1\" "
       "COMP_POINT=${#COMP_LINE} && eval \"COMP_WORDS=($2)\" && COMP_CWORD=$((${#COMP_WORDS[@]} - "
       "1)) && _uniharness \"$0\" && printf '%s\\n' \"${COMPREPLY[@]}\"",
       UNIHARNESS_PROGRAM, line, words},
      folder);
}

TEST(CompletionInBash, CommandsAndThoseBelowThem) {
  EXPECT_EQ(bash_offers("uniharness r", "uniharness r"), "run\nreplay\nreport\n");
  EXPECT_EQ(bash_offers("uniharness bitcode ver", "uniharness bitcode ver"), "verify\n");
}
TEST(CompletionInBash, ValuesInBothForms) {
  EXPECT_EQ(bash_offers("uniharness run --clock ", "uniharness run --clock ''"), "counted\nhost\n");
  EXPECT_EQ(bash_offers("uniharness run --clock=h", "uniharness run --clock = h"), "host\n");
  EXPECT_EQ(bash_offers("uniharness run --clock=", "uniharness run --clock ="), "counted\nhost\n");
}
TEST(CompletionInBash, ScenariosAndTheirInstances) {
  const fs::path folder = folder_with_matrix();
  EXPECT_EQ(bash_offers("uniharness run ", "uniharness run ''", folder), "sub\nm.yaml\n");
  EXPECT_EQ(bash_offers("uniharness run m.yaml -k grid", "uniharness run m.yaml -k grid", folder),
            "grid\\[memory=16M\\]\ngrid\\[memory=64M\\]\n");
}

std::string fish_offers(const std::string& line, const fs::path& folder = "/") {
  return output_of({"fish", "--no-config", "-c",
                    "set -p PATH $argv[2]; uniharness completion fish | source; complete -C "
                    "$argv[1]",
                    line, fs::path(UNIHARNESS_PROGRAM).parent_path()},
                   folder);
}

TEST(CompletionInFish, CommandsWithTheirHelpAndThoseBelowThem) {
  EXPECT_EQ(fish_offers("uniharness bitc"),
            "bitcode\tcheck, print, run, compile and pack programs in LLVM bitcode\n");
  EXPECT_TRUE(fish_offers("uniharness bitcode ver").starts_with("verify\t"));
}
TEST(CompletionInFish, Values) {
  EXPECT_EQ(fish_offers("uniharness run --clock h"), "host\n");
  EXPECT_EQ(fish_offers("uniharness run --clock=h"), "--clock=host\n");
}
TEST(CompletionInFish, ScenariosAndTheirInstances) {
  const fs::path folder = folder_with_matrix();
  EXPECT_TRUE(fish_offers("uniharness run m", folder).starts_with("m.yaml"));
  EXPECT_EQ(fish_offers("uniharness run m.yaml -k grid[memory=1", folder), "grid[memory=16M]\n");
}

/// The line as it stands after the tabulator has been pressed behind `line`, in a zsh with its
/// completion system (`system`) or without.
std::string zsh_completes(const std::string& line, const fs::path& folder = "/",
                          bool system = true) {
  constexpr const char* kScript = R"(
zmodload zsh/zpty
zpty shell 'zsh -f -i'
zpty -w shell "PROMPT= PS2= RPROMPT=; cd ${(q)4}; path=(${(q)3} \$path); $2"
zpty -w shell 'source <(uniharness completion zsh); show() { print -r -- "LINE<$BUFFER>" }'
zpty -w shell 'zle -N show; bindkey "^X" show; print READY$((6 * 7))'
zpty -r shell said '*READY42*'
zpty -w -n shell "$1"$'\t\x18'
zpty -r shell said '*LINE<*>*'
print -r -- ${${said##*LINE<}%%>*}
)";
  return output_of({"zsh", "-f", "-c", kScript, "zsh", line,
                    system ? "autoload -Uz compinit; compinit -u -D" : ":",
                    fs::path(UNIHARNESS_PROGRAM).parent_path(), folder});
}

TEST(CompletionInZsh, CommandsAndThoseBelowThem) {
  EXPECT_EQ(zsh_completes("uniharness hotp"), "uniharness hotpaths \n");
  EXPECT_EQ(zsh_completes("uniharness bitcode ver"), "uniharness bitcode verify \n");
}
TEST(CompletionInZsh, WithoutCompinitInTheShellsFiles) {
  EXPECT_EQ(zsh_completes("uniharness hotp", "/", false), "uniharness hotpaths \n");
}
TEST(CompletionInZsh, OptionsAndValues) {
  EXPECT_EQ(zsh_completes("uniharness run --dry"), "uniharness run --dry-run \n");
  EXPECT_EQ(zsh_completes("uniharness run --clock h"), "uniharness run --clock host \n");
  EXPECT_EQ(zsh_completes("uniharness run --clock=h"), "uniharness run --clock=host \n");
}
TEST(CompletionInZsh, ScenariosAndTheirInstances) {
  const fs::path folder = folder_with_matrix();
  EXPECT_EQ(zsh_completes("uniharness run m", folder), "uniharness run m.yaml \n");
  EXPECT_EQ(zsh_completes("uniharness run m.yaml -k grid\\[memory=1", folder),
            "uniharness run m.yaml -k grid\\[memory=16M\\] \n");
}

TEST(Completion, NumbersOfTheLastReport) {
  const fs::path folder = fresh_folder();
  const std::string scenario = scenario_file("smoke");
  ASSERT_EQ(uniharness({"run", scenario, "--no-build"}, folder).exit_status, 0);
  const std::string offered =
      uniharness({"complete", "ab", scenario, "--metric", "fib"}, folder).output_tail;
  EXPECT_NE(offered.find("fibonacci"), offered.npos) << offered;
  EXPECT_EQ(uniharness({"complete", "gate", scenario, "--tolerance", "fibonacci avg"}, folder)
                .output_tail,
            "fibonacci avg after first=\n");
}

TEST(Completion, WhatCannotBeReadOffersNothing) {
  const fs::path folder = fresh_folder();
  std::ofstream(folder / "torn.yaml") << "name: [";
  const CommandResult result = uniharness({"complete", "run", "torn.yaml", "-k", ""}, folder);
  EXPECT_EQ(result.exit_status, 0);
  EXPECT_EQ(result.output_tail, "");
}

TEST(ManPages, ReadersFindNoFault) {
  const fs::path folder = fresh_folder();
  ASSERT_EQ(uniharness({"man", folder / "man1"}).exit_status, 0);
  // Of no date: the pages are the same whenever they are made.
  EXPECT_EQ(output_of({"sh", "-c",
                       "mandoc -T lint -W warning man1/*.1 | grep -v 'WARNING: missing date'"},
                      folder),
            "");
  const std::string text =
      output_of({"sh", "-c", "mandoc -T ascii man1/uniharness-bitcode-run.1 | col -b"}, folder);
  EXPECT_NE(text.find("SYNOPSIS\n       uniharness bitcode run [OPTION...] FILE"), text.npos)
      << text;
}

}  // namespace
}  // namespace harness
