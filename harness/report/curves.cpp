#include "report/curves.h"

#include <fmt/format.h>
#include <wire/curve.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/format.h"
#include "base/text.h"
#include "report/json_lines.h"

namespace harness {
namespace {

namespace curve_key = wire::curve;

void add_values(const nlohmann::json& object, Curve& curve) {
  for (const nlohmann::json& value : array_in(object, curve_key::kValues)) {
    if (curve.values.size() == kMaxCurveValues || !value.is_number_unsigned()) {
      ++curve.left_out;
    } else {
      curve.values.push_back(value.get<std::uint64_t>());
    }
  }
}

void add_marks(const nlohmann::json& object, Curve& curve) {
  for (const nlohmann::json& mark : array_in(object, curve_key::kMarks)) {
    if (curve.marks.size() == kMaxCurveMarks || !mark.is_object()) {
      ++curve.left_out;
    } else {
      curve.marks.push_back(
          {number_in(mark, curve_key::kAt), text_in(mark, curve_key::kText, kCurveMarkBytes)});
    }
  }
}

/// Each column is the mean of its values.
std::vector<double> columns_of(const Curve& curve, const CurveScale& scale, std::size_t count) {
  std::vector<double> columns(count);
  for (std::size_t c = 0; c < count; ++c) {
    const std::size_t begin = c * curve.values.size() / count;
    const std::size_t end = std::max(begin + 1, (c + 1) * curve.values.size() / count);
    for (std::size_t i = begin; i < end; ++i) columns[c] += scale.height(curve.values[i]);
    columns[c] /= static_cast<double>(end - begin);
  }
  return columns;
}

}  // namespace

std::vector<Curve> curves_of(const BootRecord& boot) {
  std::vector<Curve> curves;
  for (const std::string& line : boot.events.json) {
    const nlohmann::json object = object_of_line(line, curve_key::kObject);
    const std::string of = text_in(object, curve_key::kOf, kCurveNameBytes);
    if (of.empty()) continue;
    auto at = std::ranges::find(curves, of, &Curve::of);
    if (at == curves.end()) {
      if (curves.size() == kMaxCurves) continue;
      at = curves.insert(at, Curve{.of = of, .unit = {}, .values = {}, .marks = {}});
    }
    if (at->unit.empty()) at->unit = text_in(object, curve_key::kUnit, kCurveNameBytes);
    add_values(object, *at);
    add_marks(object, *at);
  }
  std::erase_if(curves, [](const Curve& curve) { return curve.values.size() < 2; });
  for (Curve& curve : curves) {
    std::erase_if(curve.marks,
                  [&](const CurveMark& mark) { return mark.at >= curve.values.size(); });
  }
  return curves;
}

CurveScale::CurveScale(const Curve& curve) {
  constexpr std::uint64_t kTimes = 16;
  const auto [low, high] = std::ranges::minmax(curve.values);
  lowest_ = low;
  highest_ = high;
  logarithmic_ = low > 0 && high / low > kTimes;
}

double CurveScale::height(std::uint64_t value) const {
  const auto place = [&](std::uint64_t v) {
    const auto number = static_cast<double>(v);
    return logarithmic_ ? std::log(number) : number;
  };
  if (highest_ == lowest_) return 0;
  return std::clamp((place(value) - place(lowest_)) / (place(highest_) - place(lowest_)), 0.0, 1.0);
}

std::string curve_summary(const Curve& curve) {
  std::string text =
      fmt::format("{}: {} values, {} to {}{}{}, last {}", curve.of, grouped(curve.values.size()),
                  grouped(std::ranges::min(curve.values)), grouped(std::ranges::max(curve.values)),
                  curve.unit.empty() ? "" : " ", curve.unit, grouped(curve.values.back()));
  if (!curve.marks.empty()) {
    text += fmt::format("; {} mark{}", curve.marks.size(), curve.marks.size() == 1 ? "" : "s");
  }
  if (curve.left_out > 0) text += fmt::format("; {} left out", grouped(curve.left_out));
  return text;
}

std::vector<std::string> curve_drawing(const Curve& curve, std::size_t width) {
  static constexpr std::array kBlocks = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  constexpr std::size_t kRows = 5, kSteps = 8;
  const CurveScale scale(curve);
  const std::string top = grouped(scale.highest()), bottom = grouped(scale.lowest());
  const std::size_t margin = std::max(top.size(), bottom.size()) + 1;
  if (width < margin + kSteps) return {};
  const std::size_t count = std::min(width - margin, curve.values.size());
  const std::vector<double> columns = columns_of(curve, scale, count);
  std::vector<std::string> lines;
  for (std::size_t row = kRows; row-- > 0;) {
    const std::string& label = row + 1 == kRows ? top : row == 0 ? bottom : std::string();
    std::string line = std::string(margin - 1 - label.size(), ' ') + label + " ";
    for (const double column : columns) {
      // The lowest is a line, not nothing.
      const auto steps = static_cast<std::size_t>(1 + column * (kRows * kSteps - 1));
      const std::size_t below = row * kSteps;
      line += kBlocks[steps <= below ? 0 : std::min(steps - below, kSteps)];
    }
    lines.push_back(line.substr(0, line.find_last_not_of(' ') + 1));
  }
  if (!curve.marks.empty()) {
    std::vector<bool> marked(count);
    for (const CurveMark& mark : curve.marks) marked[mark.at * count / curve.values.size()] = true;
    std::string line(margin, ' ');
    for (const bool mark : marked) line += mark ? "▲" : " ";
    lines.push_back(line.substr(0, line.find_last_not_of(' ') + 1));
  }
  return lines;
}

}  // namespace harness
