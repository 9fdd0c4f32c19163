#include "base/shell.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>

namespace harness {
namespace {

/// What a POSIX shell makes of a command line.
std::vector<std::string> words_read_by_shell(const std::string& line) {
  // The line stands on its own, as a person pastes it; the function shows what came in.
  const std::string script = "show() { printf '%s\\0' \"$@\"; }\nshow " + line + "\n";
  FILE* shell = popen(("exec sh -c " + shell_quoted({script})).c_str(), "r");
  std::string output;
  std::array<char, 4096> buffer;
  for (std::size_t n; (n = fread(buffer.data(), 1, buffer.size(), shell)) > 0;) {
    output.append(buffer.data(), n);
  }
  EXPECT_EQ(pclose(shell), 0);
  std::vector<std::string> words;
  while (!output.empty()) {
    const std::size_t end = output.find('\0');
    words.push_back(output.substr(0, end));
    output.erase(0, end + 1);
  }
  return words;
}

TEST(ShellQuoted, LeavesPlainWordsAsTheyAre) {
  EXPECT_EQ(shell_quoted({"qemu", "-M", "microvm,acpi=off", "tcp:127.0.0.1"}),
            "qemu -M microvm,acpi=off tcp:127.0.0.1");
}

TEST(ShellQuoted, IsReadBackByAShellAsTheSameWords) {
  const std::vector<std::string> nasty = {"plain",
                                          "",
                                          "a b",
                                          "it's",
                                          "'",
                                          "$HOME `id`",
                                          "a=b",
                                          "\"",
                                          "*",
                                          "~",
                                          "\\",
                                          "line\nbreak",
                                          "#x",
                                          "a;b",
                                          "-o=1",
                                          "!",
                                          "\xC3\xA9",
                                          "a\tb",
                                          "\x1b[31m\x07",
                                          "\xff\n",
                                          "\xE2\x80\xAE'"};
  EXPECT_EQ(words_read_by_shell(shell_quoted(nasty)), nasty);
}

TEST(ShellQuoted, WhatATerminalWouldActOnIsSpelledOut) {
  EXPECT_EQ(shell_quoted({"a\x1b[m"}), "'a'\"$(printf '\\033')\"'[m'");
}

TEST(ShellQuoted, FirstWordIsNeverTakenForAnAssignment) {
  EXPECT_EQ(shell_quoted({"A=b", "C=d"}), "'A=b' C=d");
}

}  // namespace
}  // namespace harness
