// Noisy numbers that have too few samples to say anything, and what to do about it. Pure.
#pragma once

#include <cstddef>
#include <string>

#include "compare/measurements.h"

namespace harness {

/// "5 samples of a noisy number, and it takes 8 ...: --boots 9 ..." where `family` numbers of
/// `side`, compared together, cannot be told from those of a side with as many samples; else "".
std::string samples_wanted(const Measurements& side, std::size_t family);

}  // namespace harness
