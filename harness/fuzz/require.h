// What fuzz targets share: how a promise is asserted, and how one input is cut into parts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace harness::fuzz {

/// Ends the process, saying which promise was broken: libFuzzer and ctest both take that as a
/// failure, and keep the input.
inline void require(bool kept, const char* promise, std::string_view detail = {}) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s %.*s\n", promise,
               static_cast<int>(std::min<std::size_t>(detail.size(), 2000)), detail.data());
  std::abort();
}

inline std::string_view view(const std::uint8_t* data, std::size_t size) {
  // libFuzzer passes nullptr for an empty input.
  return size == 0 ? std::string_view()
                   : std::string_view(reinterpret_cast<const char*>(data), size);
}

/// Takes parts off the front of an input; an exhausted one gives zeros and empty texts.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(view(data, size)) {}

  unsigned byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<unsigned char>(rest_[0]);
    rest_.remove_prefix(1);
    return value;
  }
  /// Small and huge numbers are where the trouble is: one byte says how many more follow.
  std::uint64_t number() {
    const unsigned first = byte();
    if (first < 248) return first;
    std::uint64_t value = 0;
    for (unsigned i = 248; i <= first; ++i) value = value << 8 | byte();
    return value;
  }
  /// A length, then that many bytes.
  std::string_view text() {
    const std::string_view taken = rest_.substr(0, number());
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::string string() { return std::string(text()); }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

/// Calls `add` with the pieces of `bytes`, whose sizes come from `cuts` by turns; 0 counts as 256.
/// Long texts are cut in pieces 100 times as long: single bytes of them would take milliseconds.
template <class Add>
void in_pieces(std::string_view bytes, std::string_view cuts, Add add) {
  for (std::size_t turn = 0; !bytes.empty(); ++turn) {
    std::size_t size = bytes.size();
    if (!cuts.empty()) size = static_cast<unsigned char>(cuts[turn % cuts.size()]);
    if (size == 0) size = 256;
    const std::string_view piece = bytes.substr(0, bytes.size() > 8192 ? 100 * size : size);
    add(piece);
    bytes.remove_prefix(piece.size());
  }
}

/// `bytes` with "\xF5" and a byte n blown up to n KiB of one letter, to reach what only long lines
/// reach with inputs that stay short. At most `most` bytes in all.
inline std::string blown_up(std::string_view bytes, std::size_t most = 72 << 10) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size() && out.size() < most; ++at) {
    if (bytes[at] == '\xF5' && at + 1 < bytes.size()) {
      const std::size_t wanted = static_cast<unsigned char>(bytes[++at]) * std::size_t{1024};
      out.append(std::min(wanted, most - out.size()), 'x');
    } else {
      out += bytes[at];
    }
  }
  return out;
}

}  // namespace harness::fuzz
