// Fuzz targets of the reader and the verifier, in the manner of harness/fuzz/fuzz.h: ordinary
// functions that take any bytes, and end the process where a promise is broken.
#pragma once

#include <cstddef>
#include <cstdint>

namespace jit::fuzz {

/// Any file: is refused with a reason, or read; so is each body. Memory stays in proportion. What
/// the verifier accepts can be walked through without a look at any bound, and printed.
int bitcode_target(const std::uint8_t* data, std::size_t size);

/// A file behind changes to the IR that is made of it: the first byte says how many, each is 8
/// bytes. The verifier refuses, or what it accepts can be walked through as above.
int ir_target(const std::uint8_t* data, std::size_t size);

}  // namespace jit::fuzz
