// One console: what is written goes to the serial port and, where there is one, to the screen, so
// that the screen and the log agree. Every byte also passes the protocol's checksum (emit.h).
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace kernel {

/// The 16 colours of VGA text mode; the values are the hardware's attribute nibbles.
enum class Color : uint8_t {
  black,
  blue,
  green,
  cyan,
  red,
  magenta,
  brown,
  light_gray,
  dark_gray,
  light_blue,
  light_green,
  light_cyan,
  light_red,
  light_magenta,
  yellow,
  white,
};

/// Where bytes go. The real one is SerialAndScreen (drivers); tests use a buffer.
struct TextSink {
  virtual void write(const char* bytes, size_t size) = 0;
  virtual void set_color(Color foreground) = 0;

 protected:
  ~TextSink() = default;
};

/// Text output with the few conversions a kernel needs. No heap, no buffers, no hidden state.
class Console {
 public:
  explicit Console(TextSink& sink) : sink_(&sink) {}

  Console& text(const char* s);  // zero-terminated
  Console& text(const char* s, size_t size);
  Console& decimal(uint64_t value);
  Console& decimal_signed(int64_t value);
  Console& hex(uint64_t value, unsigned digits = 0);  // upper case, at least `digits`, no prefix
  Console& newline() { return text("\n", 1); }
  Console& color(Color foreground);  // stays until changed; adds no byte

 private:
  TextSink* sink_;
};

}  // namespace kernel
