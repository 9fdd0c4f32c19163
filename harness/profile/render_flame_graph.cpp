#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "page/xml.h"
#include "profile/flame_graph_parts.h"
#include "profile/frames.h"
#include "profile/render.h"

namespace harness::profile {
namespace {

constexpr double kWidth = 1180, kLeft = 10;  // as in the script
constexpr double kTop = 86, kRow = 18;
constexpr double kCharacter = 7.3;
constexpr std::size_t kMaxName = 200;

/// The first `size` bytes, less what would part a character of UTF-8.
std::string cut_at(const std::string& text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
  return text.substr(0, size);
}

std::string name_of(const CountedProfile& profile, const Frame& frame) {
  if (frame.merged > 0) return fmt::format("({} smaller)", grouped(frame.merged));
  return cut_at(shown_name(profile, frame.function), kMaxName);
}

/// One hue a function, the same in every picture: reds and yellows, as flames have. What is no
/// function of the guest is gray.
std::string color_of(const CountedProfile& profile, const Frame& frame) {
  if (frame.merged > 0 || profile.code.functions[frame.function].is_region) return "#b9bcc4";
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : profile.name(frame.function)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  return fmt::format("hsl({},{}%,{}%)", 12 + hash % 44, 78 + hash / 64 % 18, 62 + hash / 4096 % 12);
}

/// How far the functions of a picture moved, by name.
using Moved = std::map<std::string, std::int64_t>;

std::int64_t movement_of(const CountedProfile& profile, const Frame& frame, const Moved& moved) {
  if (frame.merged > 0) return 0;
  const auto at = moved.find(shown_name(profile, frame.function));
  return at == moved.end() ? 0 : at->second;
}

/// Red for what grew, blue for what shrank; from pale to full by its share of the largest movement.
std::string color_of_movement(std::int64_t by, const Moved& moved) {
  if (by == 0) return "#d7d9de";
  std::uint64_t most = 1;
  for (const auto& [name, one] : moved) {
    most = std::max(most, static_cast<std::uint64_t>(std::llabs(one)));
  }
  const double part = static_cast<double>(std::llabs(by)) / static_cast<double>(most);
  return fmt::format("hsl({},75%,{:.0f}%)", by > 0 ? 4 : 214, 86 - 28 * part);
}

/// What a person would call it, for frames without room for the whole name.
std::string brief_of(const CountedProfile& profile, const Frame& frame) {
  return frame.merged > 0 ? name_of(profile, frame)
                          : printable(short_name(profile.name(frame.function)));
}

std::string label(const std::string& name, const std::string& brief, double width) {
  const auto room = static_cast<long>((width - 6) / kCharacter);
  if (room < 3) return "";
  const auto size = static_cast<std::size_t>(room);
  if (name.size() <= size) return name;
  return brief.size() <= size ? brief : cut_at(brief, size - 2) + "..";
}

/// What of the whole width is shown before the script runs, and where it does not: in a report.
struct View {
  std::uint64_t at = 0, total = 0;
  [[nodiscard]] bool holds(const Frame& frame) const {
    return frame.at >= at && frame.at + frame.total <= at + total;
  }
};

std::string frame_svg(const CountedProfile& profile, const Frame& frame, const View& view,
                      const Moved* moved, bool is_first) {
  const std::uint64_t whole = profile.counts.total;
  const std::string name = name_of(profile, frame);
  const std::string brief = cut_at(brief_of(profile, frame), kMaxName);
  const double scale = kWidth / static_cast<double>(view.total);
  const bool shown = view.holds(frame);
  const double x = kLeft + (shown ? static_cast<double>(frame.at - view.at) * scale : 0);
  const double width = static_cast<double>(frame.total) * scale;
  const double y = kTop + kRow * static_cast<double>(frame.depth);
  std::string title = fmt::format("{}\n{} instructions, {:.2f} %\nitself {}, called {} times", name,
                                  grouped(frame.total), share(frame.total, whole),
                                  grouped(frame.self), grouped(frame.calls));
  const std::int64_t by = moved != nullptr ? movement_of(profile, frame, *moved) : 0;
  if (by != 0) {
    title += fmt::format("\nitself {}{} in all, against the other profile", by < 0 ? "-" : "+",
                         grouped(static_cast<std::uint64_t>(std::llabs(by))));
  }
  return fmt::format(
      "<g class=\"frame\" tabindex=\"0\"{}{}{} data-at=\"{}\" data-total=\"{}\" data-self=\"{}\" "
      "data-depth=\"{}\"{}><title>{}</title><rect x=\"{:.2f}\" y=\"{}\" width=\"{:.2f}\" "
      "height=\"{}\" fill=\"{}\"/><text x=\"{:.2f}\" y=\"{}\">{}</text></g>\n",
      shown ? "" : " style=\"display:none\"", xml_attribute("data-name", name),
      brief == name ? "" : xml_attribute("data-brief", brief), frame.at, frame.total, frame.self,
      frame.depth, is_first ? " data-first=\"1\"" : "", xml_text(title, false), x, y, width,
      kRow - 1, moved != nullptr ? color_of_movement(by, *moved) : color_of(profile, frame), x + 3,
      y + 13, xml_text(label(name, brief, width), false));
}

std::string heading(const CountedProfile& profile, const std::string& scenario) {
  return fmt::format(
      "<text class=\"title\" x=\"10\" y=\"24\">{}: {} instructions</text>\n"
      "<text class=\"dim live\" x=\"10\" y=\"44\">A frame is as wide as what was executed in it "
      "and "
      "below it. Click opens one, / searches, Escape shows all again.</text>\n"
      "<text id=\"all\" class=\"button live\" x=\"10\" y=\"70\" tabindex=\"0\">all</text>\n"
      "<text id=\"details\" class=\"dim\" x=\"46\" y=\"70\"></text>\n"
      "<foreignObject class=\"live\" x=\"640\" y=\"54\" width=\"260\" height=\"26\"><input "
      "xmlns=\"http://www.w3.org/1999/xhtml\" type=\"search\" placeholder=\"search\" "
      "aria-label=\"search functions\"/></foreignObject>\n"
      "<text id=\"matched\" class=\"dim\" x=\"906\" y=\"70\"></text>\n",
      xml_text(scenario, false), grouped(profile.counts.total));
}

}  // namespace

std::string render_flame_graph(const CountedProfile& profile, const std::string& scenario,
                               const std::map<std::string, std::int64_t>& moved) {
  const std::vector<Frame> frames = make_frames(profile);
  std::size_t rows = 1;
  for (const Frame& frame : frames) rows = std::max(rows, frame.depth + 1);
  const double height = kTop + kRow * static_cast<double>(rows) + 10;
  // Opened first: the guest's own, where the firmware would leave it a corner of the picture.
  const auto first = std::ranges::find_if(frames, [&](const Frame& frame) {
    return frame.depth == 0 && frame.merged == 0 &&
           !profile.code.functions[frame.function].is_region;
  });
  const bool whole_guest = first == frames.end() || first->total == profile.counts.total;
  const View view = whole_guest ? View{0, profile.counts.total} : View{first->at, first->total};
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 {0}\" width=\"1200\" "
      "height=\"{0}\" data-total=\"{1}\" role=\"img\" aria-label=\"flame graph\">\n<style>{2}"
      "</style>\n",
      height, profile.counts.total, kFlameStyle);
  svg += heading(profile, printable(scenario));
  for (const Frame& frame : frames) {
    svg += frame_svg(profile, frame, view, moved.empty() ? nullptr : &moved,
                     !whole_guest && &frame == &*first);
  }
  svg += "<script><![CDATA[" + std::string(kFlameScript) + "]]></script>\n</svg>\n";
  return svg;
}

}  // namespace harness::profile
