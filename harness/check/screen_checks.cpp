// What stands on the VGA screen, read from its cells: texts with their colours, and whether the
// screen shows what the serial port said.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "check/checks.h"
#include "check/support.h"
#include "screen/screen.h"

namespace harness {
namespace {

/// A place on the screen where a text was found.
struct Spot {
  std::size_t row = 0, column = 0;
};

std::vector<Spot> find_on_screen(const std::vector<std::uint8_t>& cells, const std::string& text) {
  std::vector<Spot> spots;
  for (std::size_t row = 0; row < kScreenRows; ++row) {
    const std::string shown = screen_row(cells, row);
    for (std::size_t at = shown.find(text); at != std::string::npos;
         at = shown.find(text, at + 1)) {
      spots.push_back({row, at});
    }
  }
  return spots;
}

/// What of a spot is not as the entry asks, or nothing. Cells of blanks show no foreground.
std::optional<std::string> spot_fault(const std::vector<std::uint8_t>& cells, const Spot& spot,
                                      const CheckSpec& spec, const std::string& text) {
  const auto* row = param<std::uint64_t>(spec, "row");
  if (row && spot.row + 1 != *row) {
    return fmt::format("{} stands in row {}, must be in row {}", quote(text), spot.row + 1, *row);
  }
  struct Ink {
    const char* what;
    std::string wanted;
    unsigned shift;
  };
  const Ink inks[] = {{"", text_param(spec, "color"), 0},
                      {" background", text_param(spec, "background"), 4}};
  for (const Ink& ink : inks) {
    const std::optional<std::uint8_t> wanted = vga_color(ink.wanted);
    if (!wanted) continue;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (ink.shift == 0 && text[i] == ' ') continue;
      const std::size_t cell = (spot.row * kScreenColumns + spot.column + i) * 2;
      const auto color = static_cast<std::uint8_t>((cells[cell + 1] >> ink.shift) & 15);
      if (color == *wanted) continue;
      return fmt::format("{} in row {}: {} has{} {}, must be {}", quote(text), spot.row + 1,
                         quote(text.substr(i, 1)), ink.what[0] != '\0' ? ink.what : " colour",
                         vga_color_name(color), vga_color_name(*wanted));
    }
  }
  return std::nullopt;
}

/// A text must stand somewhere on the screen as asked; the fault of the first place is reported.
Seen look_for_text(const BootRecord& boot, const CheckSpec& spec, const std::string& text) {
  const std::vector<Spot> spots = find_on_screen(boot.trace.screen, text);
  if (spots.empty()) return failed(quote(text) + " does not stand on the screen");
  std::string first_fault;
  for (const Spot& spot : spots) {
    auto fault = spot_fault(boot.trace.screen, spot, spec, text);
    if (!fault) {
      const auto* color = param<std::string>(spec, "color");
      return Seen{.words = color ? *color : "", .numbers = {{"row", spot.row + 1}}};
    }
    if (first_fault.empty()) first_fault = std::move(*fault);
  }
  return failed(std::move(first_fault));
}

/// A row of the console's text as screen_row() shows one: other bytes than text become dots.
std::string as_shown(std::string row) {
  std::ranges::replace_if(row, [](char c) { return c < 0x20 || c > 0x7E; }, '.');
  row.erase(row.find_last_not_of(' ') + 1);
  return row;
}

/// What the guest wrote to both: [BOOT] goes to the serial port alone.
std::string_view said_to_both(const BootRecord& boot) {
  const std::string_view serial = boot.trace.serial;
  const std::size_t begin = session_begin(boot);
  const auto line = find_tag(boot, wire::kBoot);
  const std::size_t end = line ? boot.events.lines[*line].begin : serial.size();
  return serial.substr(begin, std::max(end, begin) - begin);
}

Seen compare_with_serial(const BootRecord& boot) {
  const std::string_view said = said_to_both(boot);
  const std::vector<std::string> expected = render_console(said);
  std::uint64_t filled = 0;
  for (std::size_t row = 0; row < kScreenRows; ++row) {
    const std::string shown = screen_row(boot.trace.screen, row);
    const std::string wanted = row < expected.size() ? as_shown(expected[row]) : "";
    if (shown != wanted) {
      return failed(fmt::format("row {} shows {}, by the serial text it must be {}", row + 1,
                                quote(shown), quote(wanted)));
    }
    filled += shown.empty() ? 0 : 1;
  }
  // A blank screen beside a silent guest agrees, but shows nothing.
  if (filled == 0) return failed("the screen and the serial text are both blank");
  return Seen{.words = fmt::format("all {} rows agree", kScreenRows),
              .numbers = {{"with text", filled}}};
}

}  // namespace

Finding check_vga(const RunRecord& record, const CheckSpec& spec) {
  const std::string text = text_param(spec, "text");
  const std::string about = text.empty() ? text_param(spec, "screen") : text;
  return over_boots(record, spec, title_of(spec, about), [&](const BootRecord& boot) {
    if (boot.trace.screen.size() != kScreenBytes) {
      return invalid(
          "the screen was not captured: there is no VGA adapter, or the guest ended before it "
          "could be read");
    }
    return text.empty() ? compare_with_serial(boot) : look_for_text(boot, spec, text);
  });
}

}  // namespace harness
