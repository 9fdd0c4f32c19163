#include "base/shell.h"
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "page/harmless_testing.h"
#include "screen/screen.h"

namespace harness::fuzz {
namespace {

/// What a shell makes of one word in '...' quotes, with \' and "$(printf '\033')" between them.
std::string unquoted(std::string_view line) {
  constexpr std::string_view kPrintf = "\"$(printf '\\";
  std::string word;
  bool inside = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (!inside && line.substr(at).starts_with(kPrintf)) {
      at += kPrintf.size();
      unsigned byte = 0;
      for (const char digit : line.substr(at, 3))
        byte = byte << 3 | static_cast<unsigned>(digit - '0');
      word += static_cast<char>(byte);
      at += 3;
      require(line.substr(at).starts_with("')\""), "a spelled out byte has its end");
      at += 2;
    } else if (line[at] == '\'') {
      inside = !inside;
    } else if (!inside && line[at] == '\\') {
      word += line[++at];
    } else {
      word += line[at];
    }
  }
  require(!inside, "quotes are closed");
  return word;
}

bool is_screen_text(std::string_view row) {
  if (row.size() > kScreenColumns || row.ends_with(' ')) return false;
  for (const char c : row) {
    if (c < 0x20 || c >= 0x7F) return false;
  }
  return true;
}

}  // namespace

int fuzz_text(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = view(data, size);
  const std::string shown = printable(text);
  require(harm_in(shown).empty() && shown.find('\n') == shown.npos, "printable text is harmless");
  require(printable(shown) == shown, "printable text stays as it is");
  require(shown.size() <= 4 * text.size(), "a byte becomes four at most");
  const std::string quoted = shell_quoted({std::string(text)});
  require(unquoted(quoted) == text, "a quoted word is that word");
  require(harm_in(quoted).empty(), "a quoted word is harmless", quoted);
  if (const auto bytes = parse_bytes(text)) {
    require(text[0] >= '0' && text[0] <= '9', "a number of bytes starts with a digit");
    require(parse_bytes(std::to_string(*bytes)) == bytes, "a number of bytes is a number");
  }
  constexpr std::string_view kKnown[] = {"timeout", "wall", "idle", "serial", "pass"};
  const std::string near = nearest(text.substr(0, 100), kKnown);
  require(near.empty() || std::ranges::find(kKnown, near) != std::end(kKnown),
          "the nearest word is a known one");
  return 0;
}

int fuzz_screen(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = view(data, size);
  const std::vector<std::string> rows = render_console(text);
  require(rows.size() == kScreenRows, "a screen has 25 rows");
  for (const std::string& row : rows) require(is_screen_text(row), "a row is plain text");

  std::vector<std::uint8_t> cells(text.begin(), text.end());
  cells.resize(kScreenBytes);
  // One row an input: 25 would be three quarters of the time.
  require(is_screen_text(screen_row(cells, size % kScreenRows)), "a captured row is plain text");
  if (const auto color = vga_color(text)) {
    require(vga_color(vga_color_name(*color)) == color, "names and numbers of colours agree");
  }
  return 0;
}

int fuzz_planted(const std::uint8_t* data, std::size_t size) {
  require(!view(data, size).starts_with("FUZZ"), "planted");
  return 0;
}

}  // namespace harness::fuzz
