#include <algorithm>
#include <string>
#include <vector>

#include "console_text/plain_line.h"
#include "console_text/prefix.h"
#include "console_text/terminal.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "stream/crash.h"
#include "stream/long_line.h"

namespace harness::fuzz {

namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; }

void check_part(std::string_view part) {
  require(!part.empty(), "a part shows something");
  require(part.find('\x1b') == part.npos, "no part holds an escape");
  for (std::string_view rest = part; !rest.empty();) {
    const std::size_t size = prefix_size(rest);
    require(size <= rest.size() && prompt_size(rest) <= rest.size(),
            "a prefix is part of its line");
    if (size == 0) break;
    rest.remove_prefix(size);
  }
}

/// The texts of a line that comes in pieces of this size.
std::vector<std::string> texts_of(std::string_view line, std::size_t step) {
  std::vector<std::string> texts;
  LongLine folded;
  for (std::size_t at = 0; at < line.size(); at += step) {
    folded.feed(line.substr(at, step), at + step >= line.size(),
                [&](std::string_view text, LongLine::Part) { texts.emplace_back(text); });
  }
  return texts;
}

}  // namespace

int fuzz_console(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  std::string_view rest = all;
  PlainLine plain;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    const auto parts = plain.parts(line);
    require(parts.size() <= line.size(), "the parts are bounded");
    for (const std::string_view part : parts) check_part(part);
    if (std::ranges::none_of(line, is_control)) {
      // But for a byte order mark before it.
      const std::size_t shown = parts.empty() ? 0 : parts[0].size();
      require(parts.size() <= 1 && line.size() - shown <= 3, "plain text stays");
      require(parts.empty() || line.ends_with(parts[0]), "plain text stays what it is");
    }
    find_crash(line);
    require(line.size() < 3 || shows(line, line.substr(1, 2)), "raw bytes are shown");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  // As one long line, cut at any places.
  const std::size_t step = size == 0 ? 1 : 1 + data[0] % 64;
  require(texts_of(all, size + 1) == texts_of(all, step), "how a line was cut makes no difference");
  // As a stream, whose ends of lines the filter sees itself.
  TerminalFilter filter;
  std::string shown;
  for (const char byte : all) filter.put(byte, shown);
  filter.end(shown);
  constexpr std::size_t kGrowth = 80;
  require(shown.size() <= kGrowth * all.size(), "what is shown is bounded");
  require(std::ranges::none_of(shown, [](char c) { return c == '\x1b' || c == '\r' || c == '\b'; }),
          "the stream shows no controls that move");
  return 0;
}

}  // namespace harness::fuzz
