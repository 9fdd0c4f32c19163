// One program that arrives byte by byte, from whoever is at the other end: a bundle of one
// (bundle/bundle.h), which says itself how long it is. Bytes that are not of one are passed over,
// up to the next that begins like one.
#pragma once

#include "bundle/bundle.h"

namespace jit::reload {

class Delivery {
 public:
  /// `room` outlives this; a bundle that does not fit into it is refused.
  explicit Delivery(Span<uint8_t> room) : room_(room) {}

  enum State : uint8_t { arriving, whole, refused };
  /// The next byte. `whole`: program() is it. `refused`: why() says why. Behind either of them the
  /// next delivery begins, and takes the room of this one.
  State put(uint8_t byte);
  /// No more bytes come of this one: refused, unless put() has said more already.
  State cut();
  /// Part of one is there: more of it must come.
  [[nodiscard]] bool has_begun() const { return size_ > 0 && !done_; }

  /// Behind `whole`. Its name has letters, digits, '.', '_' and '-' alone.
  [[nodiscard]] bundle::Program program() const;
  [[nodiscard]] Text why() const { return why_; }
  /// Bytes that were passed over since the delivery before.
  [[nodiscard]] uint32_t passed_over() const { return passed_over_; }

 private:
  State refuse(Text why);
  State end_of_table();
  State end_of_file();
  [[nodiscard]] Span<const uint8_t> bytes() const { return {room_.data, size_}; }

  Span<uint8_t> room_;
  uint32_t size_ = 0;      // of what has arrived
  uint32_t expected_ = 0;  // in all; 0: not known yet
  bool done_ = false;      // the byte that comes is of the next one
  uint32_t passed_over_ = 0;
  Text why_;
};

}  // namespace jit::reload
