// Where a guest's text goes: the serial port COM1 and, where there is one, the VGA screen.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "drivers/uart.h"
#include "drivers/vga_text.h"
#include "kernel/console.h"
#include "kernel/cpu.h"

namespace kernel {

/// The registers of COM1.
struct Com1 {
  static constexpr uint16_t kPort = 0x3F8;
  static uint8_t read(UartReg reg) { return x86::in8(port(reg)); }
  static void write(UartReg reg, uint8_t value) { x86::out8(port(reg), value); }

 private:
  static constexpr uint16_t port(UartReg reg) { return kPort + static_cast<uint16_t>(reg); }
};

/// The VGA's cells at physical 0xB8000 and its indexed registers.
struct VgaHardware {
  static constexpr uint16_t kGraphicsPort = 0x3CE, kCrtcPort = 0x3D4;  // index; data is one above
  static void cell(unsigned index, uint16_t value) {
    reinterpret_cast<volatile uint16_t*>(0xB8000)[index] = value;
  }
  static void write(VgaCrtc reg, uint8_t value) {
    x86::out8(kCrtcPort, static_cast<uint8_t>(reg));
    x86::out8(kCrtcPort + 1, value);
  }
  static uint8_t read(VgaGraphics reg) {
    x86::out8(kGraphicsPort, static_cast<uint8_t>(reg));
    return x86::in8(kGraphicsPort + 1);
  }
};

class SerialAndScreen final : public TextSink {
 public:
  explicit SerialAndScreen(VgaCells& cells) : uart_(Com1{}), screen_(VgaHardware{}, cells) {}

  /// Sets both devices up. Neither has to be there.
  void start() {
    uart_.start();
    screen_.start();
  }

  void write(const char* bytes, size_t size) override {
    if (size == 0) return;
    // The screen first: whoever has read a line on the serial port may look at the screen at once,
    // and must find the line there.
    screen_.write(bytes, size);
    uart_.write(bytes, size);
    at_line_start_ = bytes[size - 1] == '\n';
  }
  /// To the serial port alone.
  void write_serial(const char* bytes, size_t size) { uart_.write(bytes, size); }
  void set_color(Color foreground) override { screen_.set_color(foreground); }

  [[nodiscard]] bool at_line_start() const { return at_line_start_; }

 private:
  Uart<Com1> uart_;
  VgaText<VgaHardware> screen_;
  bool at_line_start_ = true;
};

/// The serial port of it.
class SerialOnly final : public TextSink {
 public:
  explicit SerialOnly(SerialAndScreen& both) : both_(both) {}
  void write(const char* bytes, size_t size) override { both_.write_serial(bytes, size); }
  void set_color(Color) override {}

 private:
  SerialAndScreen& both_;
};

}  // namespace kernel
