#include "machine/conversation.h"

#include <algorithm>

namespace harness {

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
  std::string joined = std::move(tail_);
  tail_.clear();
  joined += bytes;
  std::string_view rest = joined;
  while (done_ < steps_.size() && !satisfied_) {
    const std::string& text = steps_[done_].wait;
    const std::size_t at = rest.find(text);
    if (at == rest.npos) {
      tail_ = rest.substr(rest.size() - std::min(rest.size(), text.size() - 1));
      break;
    }
    rest.remove_prefix(at + text.size());
    ++done_;
    to_send += go_on(now);
  }
  return to_send;
}

}  // namespace harness
