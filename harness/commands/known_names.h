// Names that a shell may complete: of instances and of numbers that the command line is about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command_line/complete.h"

namespace harness {

/// `kind`: INSTANCE, those of the scenarios that are typed; METRIC or METRIC=LIMIT, the numbers of
/// the baseline, of the last report of the scenario, or of the history. Sorted. Empty where what is
/// typed cannot be read: nobody has asked for a message.
std::vector<std::string> known_names(std::string_view kind, const Typed& typed);

}  // namespace harness
