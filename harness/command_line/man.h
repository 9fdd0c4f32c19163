// Manual pages, made of the words of the command line.
#pragma once

#include <string>
#include <vector>

#include "command_line/words.h"

namespace harness {

struct ManPage {
  std::string file;  // "uniharness-bitcode-run.1"
  std::string text;  // man(7)
};

/// One for the program, which lists the others, and one for each command. `version` stands in
/// their footers.
std::vector<ManPage> man_pages(const CommandWords& program, const std::string& version);

}  // namespace harness
