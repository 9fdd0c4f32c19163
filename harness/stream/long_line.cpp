#include "stream/long_line.h"

#include "stream/split.h"

namespace harness {
namespace {

// A signature that stands across two parts is found in the second.
constexpr std::size_t kOverlap = 256;

}  // namespace

void LongLine::pass_on(std::string_view text, const See& see) const {
  if (!text.empty()) see(text, passed_ ? Part::rest : Part::whole);
}

void LongLine::feed(std::string_view bytes, bool last, const See& see) {
  open_ = !last;
  for (const char byte : bytes) filter_.put(byte, shown_);
  if (last) filter_.end(shown_);
  std::string_view rest = shown_;
  for (std::size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
    pass_on(rest.substr(0, end), see);
    rest.remove_prefix(end + 1);
    passed_ = false;
  }
  if (last) {
    pass_on(rest, see);
    rest = {};
    passed_ = false;
  } else if (rest.size() > kMaxLineLength) {
    pass_on(rest, see);
    rest.remove_prefix(rest.size() - kOverlap);
    passed_ = true;
  }
  shown_.erase(0, shown_.size() - rest.size());
}

}  // namespace harness
