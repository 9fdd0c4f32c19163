// A text that is made piece by piece, so that nobody need hold the whole of it.
#pragma once

#include <functional>
#include <string_view>

namespace harness {

/// Takes the next piece. May throw, as where it is written to a disk that is full.
using PutText = std::function<void(std::string_view piece)>;
/// Makes the text: calls `put` with all of its pieces, in order.
using WriteText = std::function<void(const PutText& put)>;

}  // namespace harness
