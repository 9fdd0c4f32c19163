// CLI11's definitions as plain data (command_line/words.h), and help made of that.
#pragma once

#include "cli/cli.h"
#include "command_line/words.h"

namespace harness::cli {

/// What is hidden (of an empty group) is left out.
CommandWords words_of(const CLI::App& app);

/// All words by which a command is called: "uniharness bitcode run".
std::string called(const CLI::App& app);

/// The command that was parsed last: that of the words that were typed, as far as they are known.
const CLI::App& innermost(const CLI::App& app);

/// --help of a command.
std::string help_of(const CLI::App& app);

}  // namespace harness::cli
