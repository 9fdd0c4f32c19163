// For tests: a small command line.
#pragma once

#include "command_line/words.h"

namespace harness {

inline CommandWords sample_program() {
  const OptionWords help{.names = {"-h", "--help"}, .help = "print this help and exit"};
  CommandWords run{
      .name = "run",
      .group = "Boot guests",
      .help = "boot the image",
      .notes = "\nExamples:\n\n  uniharness run a.yaml\n",
      .arguments =
          {{.value = "SCENARIO", .help = "scenario files", .required = true, .repeatable = true}},
      .options = {help,
                  {.names = {"-j", "--jobs"}, .value = "N", .help = "at a time", .initial = "2"},
                  {.names = {"--clock"},
                   .value = "NAME",
                   .values = {"counted", "host"},
                   .help = "which clock"},
                  {.names = {"--out"}, .value = "FOLDER", .help = "where to"},
                  {.names = {"-k"}, .value = "INSTANCE", .help = "only these", .repeatable = true},
                  {.names = {"-q", "--quiet"}, .help = "no progress"}}};
  CommandWords pack{.name = "pack", .help = "put programs into one file", .options = {help}};
  CommandWords bitcode{.name = "bitcode",
                       .group = "Programs",
                       .help = "programs in bitcode",
                       .options = {help},
                       .commands = {pack},
                       .needs_command = true};
  CommandWords words{.name = "help",
                     .group = "About",
                     .help = "explain",
                     .arguments = {{.value = "COMMAND", .help = "its words", .repeatable = true}}};
  return {.help = "boots kernels.",
          .options = {help},
          .commands = {run, bitcode, words},
          .needs_command = true};
}

}  // namespace harness
