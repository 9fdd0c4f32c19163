// The help of a command, as --help prints it.
#pragma once

#include <string>

#include "command_line/words.h"

namespace harness {

/// `called`: all its words, "uniharness bitcode run". In lines of at most 80 columns. Ends with a
/// line end.
std::string help_text(const CommandWords& command, const std::string& called);

/// "uniharness run [OPTION...] SCENARIO...".
std::string usage_text(const CommandWords& command, const std::string& called);

/// What the help says of an option beyond its names: its values and its default with it.
std::string option_help(const OptionWords& option);

/// "-j, --jobs N", "SCENARIO...".
std::string option_heading(const OptionWords& option);

}  // namespace harness
