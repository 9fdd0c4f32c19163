// What may reach a terminal or a report, written down a second time and independently of
// printable(), for tests and fuzz targets.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace harness {

/// Decodes the character at the start of `text` strictly (RFC 3629); 0 bytes where there is none.
struct Decoded {
  char32_t code = 0;
  std::size_t bytes = 0;
};
inline Decoded decode_utf8(std::string_view text) {
  struct Form {
    unsigned char mask, lead;
    char32_t first, last;
  };
  constexpr Form kForms[] = {{0x80, 0x00, 0, 0x7F},
                             {0xE0, 0xC0, 0x80, 0x7FF},
                             {0xF0, 0xE0, 0x800, 0xFFFF},
                             {0xF8, 0xF0, 0x10000, 0x10FFFF}};
  const auto lead = static_cast<unsigned char>(text.empty() ? 0xFF : text[0]);
  for (std::size_t more = 0; more < std::size(kForms); ++more) {
    const Form& form = kForms[more];
    if ((lead & form.mask) != form.lead) continue;
    if (text.size() <= more) return {};
    char32_t code = lead & static_cast<unsigned char>(~form.mask);
    for (std::size_t i = 1; i <= more; ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if ((byte & 0xC0) != 0x80) return {};
      code = code << 6 | (byte & 0x3Fu);
    }
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < form.first || code > form.last || surrogate) return {};
    return {code, more + 1};
  }
  return {};
}

/// The characters with the Unicode property Bidi_Control, and the two separators that end a line
/// for some readers.
inline bool reorders_text(char32_t code) {
  constexpr char32_t kThose[] = {0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B,
                                 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069};
  return std::ranges::find(kThose, code) != std::end(kThose);
}

/// Why `text` could do more to a reader than be read; "" where it cannot. "\n" is allowed.
inline std::string harm_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    // Plain text is nearly all of it.
    if (text[at] >= ' ' && text[at] < 0x7F) {
      ++at;
      continue;
    }
    const auto [code, bytes] = decode_utf8(text.substr(at));
    const char* what = nullptr;
    if (bytes == 0) {
      what = "bytes that are no UTF-8";
    } else if (code < 0x20 ? code != '\n' : code >= 0x7F && code < 0xA0) {
      what = "a control character";
    } else if (reorders_text(code)) {
      what = "a character that reorders text";
    }
    if (what) return std::string(what) + " at offset " + std::to_string(at);
    at += bytes;
  }
  return {};
}

/// `text` without the colours that console reports use (SGR: ESC [ digits m).
inline std::string without_colors(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    if (text.starts_with("\x1b[")) {
      const std::size_t end = text.find_first_not_of("0123456789", 2);
      if (end != text.npos && text[end] == 'm') {
        text.remove_prefix(end + 1);
        continue;
      }
    }
    plain += text[0];
    text.remove_prefix(1);
  }
  return plain;
}

}  // namespace harness
