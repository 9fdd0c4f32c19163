// A TextSink for tests: keeps what was written, and in which colour.
#pragma once

#include <string>
#include <vector>

#include "kernel/console.h"

namespace kernel {

struct RecordingSink final : TextSink {
  void write(const char* bytes, size_t size) override {
    text.append(bytes, size);
    colors.insert(colors.end(), size, color);
  }
  void set_color(Color foreground) override { color = foreground; }

  std::string text;
  std::vector<Color> colors;  // of each byte of text
  Color color = Color::light_gray;
};

}  // namespace kernel
