#include "machine/conversation.h"

#include <algorithm>

namespace harness {
namespace {

/// Keeps of `seen` what may still be the beginning of a text of `size` bytes.
void forget(std::string& seen, std::size_t size) {
  constexpr std::size_t kEnough = 4096;  // cut now and then, not at every byte
  if (seen.size() > size + kEnough) seen.erase(0, seen.size() - size);
}

}  // namespace

/// Does all steps that need nothing of the guest, up to the next wait.
std::string Conversation::go_on(Clock::time_point now) {
  std::string to_send;
  deadline_.reset();
  for (; done_ < steps_.size() && !satisfied_; ++done_) {
    const Step& step = steps_[done_];
    if (!step.wait.empty()) {
      if (step.within) deadline_ = now + *step.within;
      break;
    }
    if (step.stop) satisfied_ = true;
    to_send += step.send;
  }
  return to_send;
}

std::string Conversation::see(std::string_view bytes, Clock::time_point now) {
  std::string to_send;
  for (const char byte : bytes) {
    if (done_ == steps_.size() || satisfied_) break;
    const std::string& text = steps_[done_].wait;
    const std::size_t shown_before = shown_.size();
    raw_ += byte;
    filter_.put(byte, shown_);
    const bool found = (byte == text.back() && raw_.ends_with(text)) ||
                       (shown_.size() != shown_before && shown_.ends_with(text));
    if (found) {
      raw_.clear();
      shown_.clear();
      ++done_;
      to_send += go_on(now);
    } else {
      forget(raw_, text.size());
      forget(shown_, text.size());
    }
  }
  return to_send;
}

}  // namespace harness
