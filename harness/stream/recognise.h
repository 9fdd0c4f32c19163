// Which format a guest printed its results in, where nobody has said so.
#pragma once

#include <string_view>

#include "formats/formats.h"

namespace harness {

/// The first format of the table whose results are all there in this output (any bytes), or
/// nullptr. What calls itself KTAP reads as TAP, too, and is KTAP.
const Format* recognise_format(std::string_view serial);

}  // namespace harness
