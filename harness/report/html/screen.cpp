// The VGA screen: as a picture, and as coloured text that can be searched and copied.
#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "report/digest.h"
#include "report/html/sections.h"
#include "screen/cell.h"

namespace harness::html {
namespace {

// A text screen's picture has some kilobytes; the page should not grow by megabytes.
constexpr std::size_t kMaxPng = 2 << 20;

/// One row; cells of one colour share a <span class="fN bN">. Bit 7 of an attribute blinks or
/// brightens, as the mode says; it is left out.
Markup screen_line(const std::vector<std::uint8_t>& cells, std::size_t row) {
  Markup markup;
  std::string run;
  std::uint8_t color = 0;
  const auto flush = [&] {
    if (run.empty()) return;
    const std::string name = fmt::format("f{} b{}", color & 15, color >> 4 & 7);
    markup += element("span", attribute("class", name), escaped(run));
    run.clear();
  };
  for (std::size_t column = 0; column < kScreenColumns; ++column) {
    const std::size_t at = (row * kScreenColumns + column) * 2;
    if (cells[at + 1] != color) flush();
    color = cells[at + 1];
    run += cell_text(cells[at]);
  }
  flush();
  return markup + "\n";
}

Markup screen_text(const std::vector<std::uint8_t>& cells) {
  Markup rows;
  for (std::size_t row = 0; row < kScreenRows; ++row) rows += screen_line(cells, row);
  return element("div", " class=\"vga\" tabindex=\"0\"", element("pre", rows));
}

}  // namespace

PageSection screen_section(const RunRecord& record, const BootRecord& boot) {
  Markup body;
  const BootRecord* pictured = &boot;
  if (boot.trace.screenshot.empty()) {
    const auto any = std::ranges::find_if(
        record.boots, [](const BootRecord& other) { return !other.trace.screenshot.empty(); });
    pictured = any == record.boots.end() ? nullptr : &*any;
  }
  if (pictured != nullptr) {
    const std::string& png = pictured->trace.screenshot;
    const std::string caption = "As it looked" + of_boot(record, *pictured);
    const Markup picture =
        png.size() <= kMaxPng
            ? data_uri_image("image/png", png, "The screen of the guest at the end of the run")
            : element("p", escaped(fmt::format("vga.png has {}: too large for this page.",
                                               bytes_text(png.size()))));
    body += element("figure", picture + element("figcaption", escaped(caption)));
  }
  if (boot.trace.screen.size() == kScreenBytes) {
    const std::string caption = "As text" + of_boot(record, boot);
    body +=
        element("figure", screen_text(boot.trace.screen) + element("figcaption", escaped(caption)));
  }
  if (body.empty()) return {"screen", "Screen", {}};
  return {"screen", "Screen", element("div", " class=\"screens\"", body)};
}

}  // namespace harness::html
