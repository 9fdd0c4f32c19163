#include "base/listing.h"

#include <algorithm>

#include "base/text.h"

namespace harness {

std::string listed(std::span<const std::string> items, std::string_view between, std::size_t most) {
  std::string text;
  for (const std::string& item : items.first(std::min(items.size(), most))) {
    if (!text.empty()) text += between;
    text += item;
  }
  if (items.size() > most) text += " and " + grouped(items.size() - most) + " more";
  return text;
}

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  // A byte that continues a character: 10xxxxxx.
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return std::string(text.substr(0, most)) + " … (" + grouped(text.size() - most) + " more bytes)";
}

}  // namespace harness
