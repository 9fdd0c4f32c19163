#include <string>
#include <vector>

#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "stream/split.h"

namespace harness::fuzz {
namespace {

struct Copy {
  std::string bytes;
  Piece piece;
  bool terminated;
  bool operator==(const Copy&) const = default;
};

std::vector<Copy> lines_of(std::string_view bytes, std::string_view cuts) {
  std::vector<Copy> lines;
  LineSplitter splitter;
  const auto keep = [&](const RawLine& line) {
    lines.push_back({std::string(line.bytes), line.piece, line.terminated});
  };
  in_pieces(bytes, cuts, [&](std::string_view piece) {
    splitter.feed(piece);
    while (const auto line = splitter.next()) keep(*line);
  });
  if (const auto line = splitter.rest()) keep(*line);
  return lines;
}

}  // namespace

int fuzz_split(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::string_view cuts = input.text();
  const std::string bytes = blown_up(input.rest());
  const std::vector<Copy> whole = lines_of(bytes, {});

  std::string joined;
  bool inside = false;  // of a line that is longer than the longest
  for (const Copy& line : whole) {
    require(line.bytes.size() <= kMaxLineLength, "no line is longer than the longest");
    require(line.bytes.find('\n') == std::string::npos, "a line end is in no line");
    require((line.piece == Piece::rest) == inside, "only a part follows a head or a part");
    inside = !line.terminated;
    joined += line.bytes;
    if (line.terminated) joined += '\n';
  }
  require(joined == bytes, "the lines hold every byte");
  require(lines_of(bytes, cuts) == whole, "how the input was cut makes no difference");
  return 0;
}

}  // namespace harness::fuzz
