// The normal form of a line, in which formats, crash signatures and the texts of a scenario see it.
// The raw bytes stay the evidence; this is only how they are read.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

/// Whether a line shows as something else than its bytes: it holds a control character other than a
/// tab. One pass without branches.
bool has_controls(std::string_view line);

/// Splits lines into the texts that a terminal would show; keeps its buffers from line to line.
class PlainLine {
 public:
  /// The texts of a line (no line end in it), in order: one for most lines, several where it moves
  /// the cursor ("10%\r100%\r"), none where nothing shows. Valid until the next call, and no longer
  /// than `line` is.
  std::span<const std::string_view> parts(std::string_view line);

 private:
  std::string shown_;
  std::vector<std::string_view> parts_;
};

/// Whether `text` stands in the line as it is, or in what it shows.
bool shows(std::string_view line, std::string_view text);

}  // namespace harness
