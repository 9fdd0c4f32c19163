// Driver of the 16550 serial port: 115200 baud, 8 data bits, no parity, 1 stop bit, by polling.
//
// Protocol of use: start() once; then write() any number of times; before the machine is turned off
// poll for kAllSent, or what the FIFO holds is lost. A port with no UART behind it, or one that
// stops taking bytes, becomes dead: from then on write() returns at once.
//
// Source: National Semiconductor PC16550D data sheet, section 8 (registers).
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace kernel {

// Offsets from the port base. With kDivisorLatch set in line_control, the first two are the
// divisor instead.
enum class UartReg : uint16_t {
  data = 0,
  divisor_low = 0,
  interrupt_enable = 1,
  divisor_high = 1,
  fifo_control = 2,              // when written
  interrupt_identification = 2,  // when read
  line_control = 3,
  modem_control = 4,
  line_status = 5,
  scratch = 7,
};

namespace uart {
inline constexpr uint8_t kFifoEnable = 1 << 0, kFifoClearBoth = 3 << 1;     // fifo_control
inline constexpr uint8_t k8N1 = 0x03, kDivisorLatch = 1 << 7;               // line_control
inline constexpr uint8_t kTerminalReady = 1 << 0, kRequestToSend = 1 << 1;  // modem_control
inline constexpr uint8_t kReceived = 1 << 0, kFifoEmpty = 1 << 5, kAllSent = 1 << 6;  // line_status
inline constexpr uint8_t kFifoWorks = 3 << 6;  // interrupt_identification; not on 8250 and 16450
inline constexpr uint8_t kNobodyHome = 0xFF;   // what a read returns where no device answers
inline constexpr uint16_t kDivisor = 1;        // 115200 / 1
inline constexpr size_t kFifoBytes = 16;
// 16 bytes take 1.4 ms at 115200 baud. QEMU holds the guest's bytes back as long as its reader is
// slow, and seconds of that are no reason to lose output: a poll takes about 50 ns under TCG and
// 1 us on a real port.
inline constexpr uint32_t kMaxPolls = 100'000'000;

/// Reads the line status until one of the bits in `status` is set; false where that takes more than
/// `max_polls` reads. True at once where there is no device: nothing is to be waited for.
template <class Bus>
bool poll(Bus& bus, uint8_t status, uint32_t max_polls) {
  for (uint32_t polls = 0; polls < max_polls; ++polls) {
    if (bus.read(UartReg::line_status) & status) return true;
  }
  return false;
}
}  // namespace uart

/// Bus offers `uint8_t read(UartReg)` and `void write(UartReg, uint8_t)`: ports in the guest, a
/// fake that records in host tests.
template <class Bus>
class Uart {
 public:
  constexpr explicit Uart(Bus bus, uint32_t max_polls = uart::kMaxPolls)
      : bus_(bus), max_polls_(max_polls) {}

  /// Looks for the device and sets it up. False, and dead, where there is none.
  bool start() {
    alive_ = answers();
    if (!alive_) return false;
    bus_.write(UartReg::interrupt_enable, 0);
    bus_.write(UartReg::line_control, uart::kDivisorLatch);
    bus_.write(UartReg::divisor_low, uart::kDivisor & 0xFF);
    bus_.write(UartReg::divisor_high, uart::kDivisor >> 8);
    bus_.write(UartReg::line_control, uart::k8N1);
    bus_.write(UartReg::fifo_control, uart::kFifoEnable | uart::kFifoClearBoth);
    bus_.write(UartReg::modem_control, uart::kTerminalReady | uart::kRequestToSend);
    const bool fifo =
        (bus_.read(UartReg::interrupt_identification) & uart::kFifoWorks) == uart::kFifoWorks;
    fifo_bytes_ = fifo ? uart::kFifoBytes : 1;
    return true;
  }

  void write(const char* bytes, size_t size) {
    while (alive_ && size > 0) {
      alive_ = uart::poll(bus_, uart::kFifoEmpty, max_polls_);
      if (!alive_) return;
      // An empty FIFO takes this many bytes without being asked again.
      const size_t chunk = size < fifo_bytes_ ? size : fifo_bytes_;
      for (size_t i = 0; i < chunk; ++i) {
        bus_.write(UartReg::data, static_cast<uint8_t>(bytes[i]));
      }
      bytes += chunk;
      size -= chunk;
    }
  }

  [[nodiscard]] bool alive() const { return alive_; }

 private:
  // The scratch register has no function: a device is there if it keeps what is written.
  bool answers() {
    constexpr uint8_t kPatterns[] = {0x5A, 0xA5};
    for (const uint8_t pattern : kPatterns) {
      bus_.write(UartReg::scratch, pattern);
      if (bus_.read(UartReg::scratch) != pattern) return false;
    }
    return bus_.read(UartReg::line_status) != uart::kNobodyHome;
  }

  Bus bus_;
  uint32_t max_polls_;
  bool alive_ = false;
  size_t fifo_bytes_ = 1;
};

}  // namespace kernel
