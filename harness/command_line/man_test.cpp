#include "command_line/man.h"

#include <gtest/gtest.h>

#include "command_line/words_testing.h"

namespace harness {
namespace {

const ManPage& page(const std::vector<ManPage>& pages, std::string_view file) {
  for (const ManPage& one : pages) {
    if (one.file == file) return one;
  }
  throw std::runtime_error("no such page");
}

TEST(ManPages, OneForEachCommand) {
  std::vector<std::string> files;
  for (const ManPage& one : man_pages(sample_program(), "1.0")) files.push_back(one.file);
  EXPECT_EQ(files,
            (std::vector<std::string>{"uniharness.1", "uniharness-run.1", "uniharness-bitcode.1",
                                      "uniharness-bitcode-pack.1", "uniharness-help.1"}));
}

TEST(ManPages, HoldWhatTheHelpSays) {
  const auto pages = man_pages(sample_program(), "1.0");
  const std::string& text = page(pages, "uniharness-run.1").text;
  for (const char* part : {".TH UNIHARNESS-RUN 1", "uniharness\\-run \\- boot the image",
                           ".TP\n\\fB\\-j, \\-\\-jobs N\\fR\nat a time (default: 2)\n",
                           ".EX\nuniharness run a.yaml\n.EE\n", ".BR uniharness (1)"}) {
    EXPECT_NE(text.find(part), text.npos) << part << " in\n" << text;
  }
}

TEST(ManPages, NoTextIsACommandOfRoff) {
  CommandWords words = sample_program();
  words.commands[0].options[1].help = ".so /etc/passwd\n'x \\fB";
  const auto pages = man_pages(words, "1.0");
  const std::string& text = page(pages, "uniharness-run.1").text;
  EXPECT_NE(text.find("\n\\&.so /etc/passwd\n\\&\\(aqx \\efB"), text.npos) << text;
}

}  // namespace
}  // namespace harness
