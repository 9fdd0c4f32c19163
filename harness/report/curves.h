// Numbers that came one after another in a boot, such as what each word of a text took: from the
// lines of wire/curve.h, for every report to draw. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/record.h"

namespace harness {

/// What happened before a value. Its text is untrusted, and short.
struct CurveMark {
  std::size_t at = 0;
  std::string text;
};

/// Texts are untrusted, and short.
struct Curve {
  std::string of, unit;
  std::vector<std::uint64_t> values;
  std::vector<CurveMark> marks;  // of values that there are, in the order in which they were told
  std::size_t left_out = 0;      // values and marks beyond the most that are kept
};
inline constexpr std::size_t kMaxCurves = 16, kMaxCurveValues = 4096, kMaxCurveMarks = 256;
/// Of a name or a unit, and of a mark's text, bytes.
inline constexpr std::size_t kCurveNameBytes = 60, kCurveMarkBytes = 100;

/// Those that have two values or more.
std::vector<Curve> curves_of(const BootRecord& boot);

/// Where a value stands between the lowest (0) and the highest (1): by its logarithm where the
/// highest is more than 16 times the lowest, so that both ends can be seen.
class CurveScale {
 public:
  explicit CurveScale(const Curve& curve);
  [[nodiscard]] double height(std::uint64_t value) const;
  [[nodiscard]] std::uint64_t lowest() const { return lowest_; }
  [[nodiscard]] std::uint64_t highest() const { return highest_; }
  [[nodiscard]] bool is_logarithmic() const { return logarithmic_; }

 private:
  std::uint64_t lowest_ = 0, highest_ = 0;
  bool logarithmic_ = false;
};

/// "llama: instructions a word: 256 values, first 4,711, last 815; 14 marks".
std::string curve_summary(const Curve& curve);

/// A chart of block characters, at most `width` columns wide, with a row for the marks below it.
std::vector<std::string> curve_drawing(const Curve& curve, std::size_t width);

}  // namespace harness
