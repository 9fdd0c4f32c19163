// Keeps what came over the serial port, with its times, within a limit. Pure.
#pragma once

#include <algorithm>
#include <chrono>
#include <string_view>

#include "machine/trace.h"

namespace harness {

class SerialLog {
 public:
  /// Fills `trace.serial` and `trace.marks`, which must be empty and outlive this.
  SerialLog(Trace& trace, std::uint64_t limit) : trace_(trace), limit_(limit) {}

  /// Returns the part of `bytes` that was kept: all of it, until the limit is reached.
  std::string_view add(std::string_view bytes, std::chrono::nanoseconds at) {
    const std::uint64_t room = limit_ - trace_.serial.size();
    if (bytes.size() > room) overflowed_ = true;
    bytes = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size())));
    if (bytes.empty()) return bytes;
    trace_.serial += bytes;
    trace_.marks.push_back({trace_.serial.size(), at});
    return bytes;
  }
  /// More came than the limit allows.
  [[nodiscard]] bool overflowed() const { return overflowed_; }

 private:
  Trace& trace_;
  std::uint64_t limit_;
  bool overflowed_ = false;
};

}  // namespace harness
