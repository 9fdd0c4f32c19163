// What pictures in a page are made of.
#pragma once

#include <fmt/format.h>

#include <string_view>

#include "page/markup.h"

namespace harness::html {

/// A coordinate or a length, in the units of the picture.
inline Markup number(Literal name, double value) {
  return attribute(name, fmt::format("{:.1f}", value));
}

/// Untrusted text whose baseline begins, or by its class ends or is centred, at that point.
inline Markup text_at(double x, double y, Literal style, std::string_view text) {
  return element("text", number("x", x) + number("y", y) + attribute("class", style.text()),
                 escaped(text));
}

}  // namespace harness::html
