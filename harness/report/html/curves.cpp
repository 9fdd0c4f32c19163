// Numbers that came one after another, drawn: as SVG, so that it needs no script.
#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "report/curves.h"
#include "report/html/sections.h"
#include "report/html/svg.h"

namespace harness::html {
namespace {

// In the units of the picture.
constexpr double kWidth = 720, kHeight = 200, kLeft = 110, kTop = 12, kBottom = 22;

class Picture {
 public:
  explicit Picture(const Curve& curve) : curve_(curve), scale_(curve) {}

  [[nodiscard]] Markup draw() const {
    std::string points;
    for (std::size_t i = 0; i < curve_.values.size(); ++i) {
      points += fmt::format("{}{:.1f} {:.1f}", i == 0 ? "M" : "L", x(i), y(curve_.values[i]));
    }
    const std::string box = fmt::format("0 0 {:.0f} {:.0f}", kWidth, kHeight + kTop + kBottom);
    return element(
        "div", " class=\"curve\"",
        element("svg",
                attribute("viewBox", box) + " role=\"img\"" +
                    attribute("aria-label", curve_summary(curve_)),
                axes() + marks() +
                    element("path", attribute("class", "line") + attribute("d", points), {})));
  }

 private:
  [[nodiscard]] double x(std::size_t i) const {
    return kLeft + (kWidth - kLeft - 8) * static_cast<double>(i) /
                       static_cast<double>(curve_.values.size() - 1);
  }
  [[nodiscard]] double y(std::uint64_t value) const {
    return kTop + kHeight * (1 - scale_.height(value));
  }
  [[nodiscard]] Markup axes() const {
    const std::string frame =
        fmt::format("M{0:.1f} {1:.1f}V{2:.1f}H{3:.1f}", kLeft, kTop, kTop + kHeight, kWidth - 8);
    return element("path", attribute("class", "axis") + attribute("d", frame), {}) +
           text_at(kLeft - 6, kTop + 5, "end", grouped(scale_.highest())) +
           text_at(kLeft - 6, kTop + kHeight, "end", grouped(scale_.lowest())) +
           text_at(kLeft - 6, kTop + kHeight / 2, "end",
                   scale_.is_logarithmic() ? "logarithmic" : "") +
           text_at(kLeft, kTop + kHeight + 16, "begin", "1") +
           text_at(kWidth - 8, kTop + kHeight + 16, "end", grouped(curve_.values.size()));
  }
  /// A line for all marks of one value; their texts show where one points.
  [[nodiscard]] Markup marks() const {
    std::map<std::size_t, std::string> texts;
    for (const CurveMark& mark : curve_.marks) {
      std::string& text = texts[mark.at];
      text += (text.empty() ? "" : "\n") + mark.text;
    }
    Markup all;
    for (const auto& [at, text] : texts) {
      const std::string line = fmt::format("M{:.1f} {:.1f}V{:.1f}", x(at), kTop, kTop + kHeight);
      all += element("path", attribute("class", "mark") + attribute("d", line),
                     element("title", {}, escaped(text)));
    }
    return all;
  }

  const Curve& curve_;
  CurveScale scale_;
};

}  // namespace

PageSection curves_section(const RunRecord& record, const BootRecord& boot) {
  PageSection section{"curves", "Curves", {}};
  for (const Curve& curve : curves_of(boot)) {
    section.body += element("p", escaped(curve_summary(curve) + of_boot(record, boot)));
    section.body += Picture(curve).draw();
    if (curve.marks.empty()) continue;
    std::vector<Row> rows;
    rows.reserve(curve.marks.size());
    for (const CurveMark& mark : curve.marks) {
      rows.push_back({{escaped(grouped(mark.at + 1)), escaped(mark.text)}, ""});
    }
    section.body += element("details", element("summary", escaped("What happened when")) +
                                           table({{"before value", true}, {"what"}}, rows));
  }
  return section;
}

}  // namespace harness::html
