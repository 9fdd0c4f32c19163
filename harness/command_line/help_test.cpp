#include "command_line/help.h"

#include <gtest/gtest.h>

#include "command_line/words_testing.h"

namespace harness {
namespace {

TEST(Help, ACommandIsExplainedInOneForm) {
  EXPECT_EQ(help_text(sample_program().commands[0], "uniharness run"),
            "boot the image\n"
            "\n"
            "Usage: uniharness run [OPTION...] SCENARIO...\n"
            "\n"
            "Arguments:\n"
            "  SCENARIO...  scenario files\n"
            "\n"
            "Options:\n"
            "  -h, --help                print this help and exit\n"
            "  -j, --jobs N              at a time (default: 2)\n"
            "      --clock counted|host  which clock\n"
            "      --out FOLDER          where to\n"
            "  -k INSTANCE               only these\n"
            "  -q, --quiet               no progress\n"
            "\n"
            "Examples:\n"
            "\n"
            "  uniharness run a.yaml\n"
            "\n");
}

TEST(Help, CommandsStandUnderTheirHeadings) {
  const std::string text = help_text(sample_program(), "uniharness");
  EXPECT_NE(text.find("Usage: uniharness [OPTION...] COMMAND ...\n\nBoot guests:\n  run  boot"),
            text.npos)
      << text;
  EXPECT_LT(text.find("Boot guests:"), text.find("Programs:")) << text;
}

TEST(Help, ManyChoicesAreListedInTheText) {
  const OptionWords many{.names = {"--arch"},
                         .value = "ARCH",
                         .values = {"i386", "x86_64", "aarch64", "riscv64", "ppc64"},
                         .help = "architecture"};
  EXPECT_EQ(option_heading(many), "--arch ARCH");
  EXPECT_EQ(option_help(many), "architecture: i386, x86_64, aarch64, riscv64, ppc64");
}

TEST(Help, ValuesThatTheTextExplainsAreNotListedAgain) {
  const OptionWords explained{.names = {"--as"},
                              .value = "KIND",
                              .values = {"ctrf", "tap"},
                              .help = "the form\nctrf: of CTRF\ntap: of TAP",
                              .required = true};
  EXPECT_EQ(option_help(explained), "the form (required):\nctrf: of CTRF\ntap: of TAP");
}

TEST(Help, WhatIsRequiredStandsInTheUsage) {
  const CommandWords gate{
      .name = "gate",
      .options = {{.names = {"--baseline"}, .value = "FILE", .help = "with", .required = true}}};
  EXPECT_EQ(usage_text(gate, "uniharness gate"), "uniharness gate [OPTION...] --baseline FILE");
  EXPECT_EQ(option_help(gate.options[0]), "with (required)");
}

}  // namespace
}  // namespace harness
