#include "page/xml.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace harness {
namespace {

/// A character that is neither markup nor anything but printable ASCII.
bool stands_for_itself(char c) {
  return c >= ' ' && c < '\x7F' && c != '&' && c != '<' && c != '>' && c != '"';
}

}  // namespace

std::string xml_text(std::string_view untrusted, bool attribute) {
  if (std::ranges::all_of(untrusted, stands_for_itself)) return std::string(untrusted);
  std::string out;
  const std::string text = printable_lines(untrusted);
  out.reserve(text.size() + text.size() / 4);
  for (std::size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;  // "]]>" must not stand in text
      case '"':
        out += "&quot;";
        break;
      // A line end in an attribute is read back as a blank unless written so.
      case '\n':
        out += attribute ? "&#10;" : "\n";
        break;
      // U+FFFE and U+FFFF are the two that UTF-8 can hold and XML cannot.
      case '\xEF':
        if (text.compare(i, 3, "\xEF\xBF\xBE") == 0 || text.compare(i, 3, "\xEF\xBF\xBF") == 0) {
          out += "\xEF\xBF\xBD";  // U+FFFD, the replacement character
          i += 2;
          break;
        }
        [[fallthrough]];
      default:
        out += text[i];
    }
  }
  return out;
}

std::string xml_attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, xml_text(value, true));
}

std::string xml_element(std::string_view indent, std::string_view name, std::string_view text) {
  if (text.empty()) return {};
  return fmt::format("{}<{}>{}</{}>\n", indent, name, xml_text(text, false), name);
}

}  // namespace harness
