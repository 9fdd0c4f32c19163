// Long lines on a narrow terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace harness {

/// Lines of `text` that are wider than `width` go on in the next, broken at a blank and indented
/// four columns more than they begin; a word that is wider is left whole. Colours take no columns.
/// Pure.
std::string folded(std::string_view text, std::size_t width);

}  // namespace harness
