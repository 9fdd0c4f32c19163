// Where new versions come from while the guest answers: files of fw_cfg, each with one or, one
// behind the other, more of them; and then the serial port.
#pragma once

#include "reload/delivery.h"

namespace jit::reload {

class Arrivals {
 public:
  /// `by_serial` deliveries are taken from COM1, behind opt/uniharness/reload/update.1, .2, ... of
  /// fw_cfg. `room` is for a delivery, `file` for a file as it is: both outlive this.
  Arrivals(Span<uint8_t> room, Span<uint8_t> file, uint32_t by_serial)
      : delivery_(room), file_(file), left_(by_serial) {}

  struct Arrival {
    Delivery::State state = Delivery::arriving;  // there are no more
    uint64_t last_byte = 0;                      // when it came, in ticks
  };
  /// Waits for the next one, for as long as it takes. `ready` is told before bytes of the serial
  /// port are waited for: how many deliveries are still to come by it.
  Arrival next(void (*ready)(void* context, uint32_t left), void* context);
  /// Behind next(): its program, or why it is none.
  [[nodiscard]] const Delivery& delivery() const { return delivery_; }

 private:
  bool open_next_file();
  bool next_of_file(Arrival& arrival);
  bool put(uint8_t byte, Arrival& arrival);

  Delivery delivery_;
  Span<uint8_t> file_;
  uint32_t files_ = 0;          // that were opened
  uint32_t size_ = 0, at_ = 0;  // of the last one
  bool nothing_came_of_it_ = false;
  uint32_t left_;
};

}  // namespace jit::reload
