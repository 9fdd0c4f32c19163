// The `steps:` of a scenario, followed while the guest runs: waits for texts, sends texts, and may
// end the boot when all that was wanted has come. Pure: bytes and times in, what is to be done out.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "console_text/terminal.h"
#include "model/scenario.h"

namespace harness {

class Conversation {
 public:
  using Clock = std::chrono::steady_clock;

  /// `steps` must outlive this.
  explicit Conversation(const std::vector<Step>& steps) : steps_(steps) {}

  /// Call once, when the guest is let run: the first step begins. Returns what is to be sent.
  std::string start(Clock::time_point now) { return go_on(now); }
  /// The next bytes of the guest's. Returns what is to be sent now, often nothing. A text that is
  /// waited for is found wherever the bytes are cut, from the end of the text found before it on;
  /// in the bytes as they are, or in what a terminal shows of them (console_text/terminal.h).
  std::string see(std::string_view bytes, Clock::time_point now);

  /// How many steps are done.
  [[nodiscard]] std::size_t done() const { return done_; }
  /// A `stop` was reached: the boot has said all that was wanted of it.
  [[nodiscard]] bool satisfied() const { return satisfied_; }
  /// When the step at hand is overdue; unset where it may take as long as the boot may.
  [[nodiscard]] std::optional<Clock::time_point> deadline() const { return deadline_; }

 private:
  std::string go_on(Clock::time_point now);

  const std::vector<Step>& steps_;
  std::size_t done_ = 0;
  bool satisfied_ = false;
  // What came since the text found last, as far as it may be the beginning of the one waited for.
  std::string raw_, shown_;
  TerminalFilter filter_;
  std::optional<Clock::time_point> deadline_;
};

}  // namespace harness
