#include "reload/arrivals.h"

#include "drivers/serial_and_screen.h"
#include "kernel/boot_data.h"
#include "kernel/cpu.h"

namespace jit::reload {

/// true: something has come of it.
bool Arrivals::put(uint8_t byte, Arrival& arrival) {
  arrival.last_byte = x86::read_tsc_ordered();
  arrival.state = delivery_.put(byte);
  return arrival.state != Delivery::arriving;
}

bool Arrivals::open_next_file() {
  Line name;
  name.add("opt/uniharness/reload/update.").add(uint64_t{files_ + 1});
  char text[Line::kSize + 1] = {};
  for (uint32_t i = 0; i < name.text().size; ++i) text[i] = name.text().data[i];
  at_ = 0;
  size_ = static_cast<uint32_t>(
      kernel::read_boot_text(text, reinterpret_cast<char*>(file_.data), file_.size));
  if (size_ == 0) return false;
  ++files_;
  nothing_came_of_it_ = true;
  return true;
}

/// false: nothing comes of it any more.
bool Arrivals::next_of_file(Arrival& arrival) {
  while (at_ < size_) {
    if (!put(file_[at_++], arrival)) continue;
    nothing_came_of_it_ = false;
    return true;
  }
  if (files_ == 0 || (!nothing_came_of_it_ && !delivery_.has_begun())) return false;
  nothing_came_of_it_ = false;
  arrival.state = delivery_.cut();
  return true;
}

Arrivals::Arrival Arrivals::next(void (*ready)(void* context, uint32_t left), void* context) {
  Arrival arrival;
  do {
    if (next_of_file(arrival)) return arrival;
  } while (open_next_file());
  if (left_ == 0) return {};
  ready(context, left_--);
  do {
    while ((kernel::Com1::read(kernel::UartReg::line_status) & kernel::uart::kReceived) == 0) {
      x86::pause();
    }
  } while (!put(kernel::Com1::read(kernel::UartReg::data), arrival));
  return arrival;
}

}  // namespace jit::reload
