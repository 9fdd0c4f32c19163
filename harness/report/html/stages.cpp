// What was made of what, drawn: a box for each stage, from left to right, and at the right what is
// the same. As SVG, so that it needs no script.
#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "base/text.h"
#include "report/html/sections.h"
#include "report/html/svg.h"
#include "report/stages.h"

namespace harness::html {
namespace {

// In the units of the picture.
constexpr double kBoxWidth = 92, kBoxHeight = 44, kPitchX = 158, kPitchY = 66, kMargin = 4;

struct Place {
  double x = 0, y = 0;  // of its upper left corner
  [[nodiscard]] double middle() const { return y + kBoxHeight / 2; }
};

/// "249.5 M": how much, at a glance.
std::string compact(std::uint64_t ticks) {
  constexpr std::uint64_t kMillion = 1'000'000;
  if (ticks < kMillion) return grouped(ticks);
  return fmt::format("{}.{} M", grouped(ticks / kMillion), ticks % kMillion * 10 / kMillion);
}

class Drawing {
 public:
  explicit Drawing(const Stages& stages) : stages_(stages), places_(stages.list.size()) {
    place_stages();
    place_groups();
    for (std::size_t i = 0; i < places_.size(); ++i) draw_stage(i);
    for (std::size_t g = 0; g < group_places_.size(); ++g) draw_group(g);
  }

  [[nodiscard]] Markup picture() const {
    const std::string box = fmt::format("0 0 {:.0f} {:.0f}", right_ + kMargin, bottom_ + kMargin);
    return element("div", " class=\"stages\"",
                   element("svg",
                           attribute("viewBox", box) + " role=\"img\"" +
                               attribute("aria-label", stages_summary(stages_)),
                           edges_ + boxes_));
  }

 private:
  /// A row for each chain, a column for each step; materials at the left of what they go into.
  void place_stages() {
    const bool materials = std::ranges::any_of(stages_.list, &Stage::material);
    for (std::size_t row = 0; row < stages_.chains.size(); ++row) {
      for (const std::size_t i : stages_.chains[row]) {
        const double column = static_cast<double>(stages_.list[i].depth) + (materials ? 1 : 0);
        put(i, kMargin + column * kPitchX, kMargin + static_cast<double>(row) * kPitchY);
      }
    }
    double free = kMargin;
    for (std::size_t i = 0; i < stages_.list.size(); ++i) {
      if (!stages_.list[i].material) continue;
      StageChain users;
      for (std::size_t k = 0; k < stages_.list.size(); ++k) {
        if (stages_.list[k].from == i) users.push_back(k);
      }
      const double y = std::max(free, average(users));
      put(i, kMargin, y);
      free = y + kPitchY;
    }
  }
  /// At the right, of stages that are the same.
  void place_groups() {
    const double x = right_ + kPitchX - kBoxWidth;
    double free = kMargin;
    for (const StageChain& group : stages_.groups) {
      const Place place{x, std::max(free, average(group))};
      group_places_.push_back(place);
      free = place.y + kPitchY;
      reach(place);
    }
  }
  void put(std::size_t i, double x, double y) {
    places_[i] = {x, y};
    reach(places_[i]);
  }
  void reach(const Place& place) {
    right_ = std::max(right_, place.x + kBoxWidth);
    bottom_ = std::max(bottom_, place.y + kBoxHeight);
  }
  /// Between the first and the last.
  [[nodiscard]] double average(const StageChain& of) const {
    if (of.empty()) return kMargin;
    double low = places_[of.front()].y, high = low;
    for (const std::size_t i : of) {
      low = std::min(low, places_[i].y);
      high = std::max(high, places_[i].y);
    }
    return (low + high) / 2;
  }

  void edge(const Place& from, const Place& to, Literal style) {
    const double begin = from.x + kBoxWidth, half = to.x - (kPitchX - kBoxWidth) / 2;
    const std::string path = fmt::format("M{:.1f} {:.1f}H{:.1f}V{:.1f}H{:.1f}", begin,
                                         from.middle(), half, to.middle(), to.x);
    edges_ += element("path", attribute("d", path) + attribute("class", style.text()), {});
    const double tip = to.x - 7;
    edges_ +=
        element("path",
                attribute("d", fmt::format("M{:.1f} {:.1f}l7 4l-7 4z", tip, to.middle() - 4)) +
                    " class=\"tip\"",
                {});
  }
  void box(const Place& place, Literal style) {
    boxes_ +=
        element("rect",
                number("x", place.x) + number("y", place.y) + number("width", kBoxWidth) +
                    number("height", kBoxHeight) + " rx=\"6\"" + attribute("class", style.text()),
                {});
  }
  /// A spot of its group's colour.
  void spot(double x, double y, std::size_t group) {
    constexpr std::size_t kColors = 12;  // of report.css
    boxes_ += element("rect",
                      number("x", x) + number("y", y) + " width=\"9\" height=\"9\" rx=\"2\"" +
                          attribute("class", fmt::format("p{}", (group + 2) % kColors)),
                      {});
  }

  void draw_stage(std::size_t i) {
    const Stage& stage = stages_.list[i];
    const Place& at = places_[i];
    if (stage.by) {
      edge(places_[*stage.by], at, "made");
      if (stage.ticks != 0) {
        boxes_ += text_at(at.x - (kPitchX - kBoxWidth) / 2, at.middle() - 8, "ticks",
                          compact(stage.ticks));
      }
    } else if (stage.from) {
      edge(places_[*stage.from], at, "goes");
    }
    box(at, stage.material ? Literal("material") : stage.by ? Literal("made") : Literal("maker"));
    const double middle = at.x + kBoxWidth / 2;
    if (!stage.same) {
      boxes_ += text_at(middle, at.middle() + 5, "name", stage.name);
      return;
    }
    boxes_ += text_at(middle, at.y + 18, "name", stage.name);
    spot(at.x + 9, at.y + 26, *stage.same);
    boxes_ += text_at(middle + 6, at.y + 35, "digest", short_digest(stage));
  }

  void draw_group(std::size_t g) {
    const StageChain& group = stages_.groups[g];
    const Place& at = group_places_[g];
    for (const StageChain& chain : stages_.chains) {
      if (stages_.list[chain.back()].same == g) edge(places_[chain.back()], at, "goes");
    }
    box(at, "same");
    const double middle = at.x + kBoxWidth / 2;
    boxes_ += text_at(middle, at.y + 18, "name",
                      group.size() == 1 ? "different" : fmt::format("{} the same", group.size()));
    spot(at.x + 9, at.y + 26, g);
    boxes_ += text_at(middle + 6, at.y + 35, "digest", short_digest(stages_.list[group.front()]));
  }

  const Stages& stages_;
  std::vector<Place> places_, group_places_;
  double right_ = 0, bottom_ = 0;
  Markup edges_, boxes_;
};

}  // namespace

PageSection stages_section(const RunRecord& record, const BootRecord& boot) {
  PageSection section{"stages", "What made what", {}};
  const Stages stages = stages_of(boot);
  if (stages.list.empty()) return section;
  const std::string summary = stages_summary(stages);
  if (!summary.empty()) section.body += element("p", escaped(summary + of_boot(record, boot)));
  section.body += Drawing(stages).picture();
  const StageTable told = stages_table(stages, record.fingerprint.clock, true);
  std::vector<Row> rows;
  for (const std::vector<std::string>& cells : told.rows) {
    Row& row = rows.emplace_back();
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const bool digest = told.columns[c].title.text() == "SHA-256";
      row.cells.push_back(digest ? element("code", escaped(cells[c])) : breakable(cells[c]));
    }
  }
  section.body += table(told.columns, rows);
  return section;
}

}  // namespace harness::html
