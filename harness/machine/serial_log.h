// Keeps what came over the serial port, with its times, within two bounds: the scenario's limit on
// how much a guest may say, and ours on how much of it is kept. Pure.
//
// Of a guest that says more than kKeptSerialBytes, the beginning and the end are kept: how it began
// to go wrong, and where it stood last. The place in between is a fact of the trace (left_out), not
// a line among the guest's own.
#pragma once

#include <chrono>
#include <string_view>

#include "model/trace.h"

namespace harness {

/// Half of it for the beginning, half for the end.
inline constexpr std::size_t kKeptSerialBytes = 16 << 20;

class SerialLog {
 public:
  /// Fills the serial members of `trace`, which must be as new and outlive this. `kept`: how many
  /// bytes are kept at most.
  SerialLog(Trace& trace, std::uint64_t limit, std::size_t kept = kKeptSerialBytes)
      : trace_(trace), limit_(limit), kept_(kept) {}

  /// Returns the part of `bytes` that is within the limit: all of it, until that is reached.
  std::string_view add(std::string_view bytes, std::chrono::nanoseconds at);
  /// More came than the limit allows.
  [[nodiscard]] bool overflowed() const { return overflowed_; }
  /// Bytes that came within the limit, kept or not.
  [[nodiscard]] std::uint64_t received() const { return came_; }
  /// Puts the kept bytes in order. Call once, after the last add().
  void finish();

 private:
  void add_mark(std::chrono::nanoseconds at);
  void keep_latest(std::string_view bytes);

  Trace& trace_;
  std::uint64_t limit_;
  std::size_t kept_;
  std::uint64_t came_ = 0;  // within the limit
  std::size_t oldest_ = 0;  // in the second half, once that is a ring
  bool overflowed_ = false;
};

}  // namespace harness
