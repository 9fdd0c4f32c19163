// How figures of comparisons are written. Pure.
#pragma once

#include <string>

#include "compare/compare.h"

namespace harness {

/// "2,842"; up to four digits after the point where it is not whole.
std::string number_of(double value);

/// "+0.04 %"; "<+0.01 %" for a change that rounds to nothing; "from zero" where BASE is 0.
std::string percent_of(double base, double candidate);

/// "2,842 → 2,843 instructions (+1, +0.04 %)"; of a missing or new number only the one it has.
std::string movement(const ComparedNumber& row);

}  // namespace harness
