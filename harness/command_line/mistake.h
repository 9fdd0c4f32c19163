// Words of a command line that mean nothing, and what was meant.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "command_line/words.h"

namespace harness {

/// `word` stands where `command`, called by all its words ("uniharness run"), knows none such: an
/// option, a command, or an argument too many. `all` is the program: an option may belong to
/// another of its commands.
UsageError unknown_word(std::string_view word, const CommandWords& command,
                        const std::string& called, const CommandWords& all);

/// What is printed of an error. A line that begins with a place in a file says "FILE:LINE:COLUMN:
/// error: ...", as editors and CI read it; the first of one that does not, "uniharness: error:
/// ...". The hint, unless it is empty, stands on a line of its own. No line end behind the last.
std::string error_text(const std::string& what, const std::string& hint);

/// Something that the command cannot do without was not given.
UsageError missing_word(std::string_view what, const CommandWords& command,
                        const std::string& called);

}  // namespace harness
