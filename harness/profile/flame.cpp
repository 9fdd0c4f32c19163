#include "profile/flame.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <tuple>

#include "base/format.h"
#include "base/text.h"
#include "profile/code.h"

namespace harness::profile {
namespace {

// As flame.js has them; without scripts the picture is as wide as this.
constexpr double kFlameWidth = 1100, kFlameRow = 18, kFlameCharacter = 6.7;
constexpr std::size_t kMaxFrames = 2'000, kMaxDepth = 120, kMaxNameBytes = 160;

struct FlameFrame {
  const SavedContext* context = nullptr;
  double at = 0, total = 0;
  std::size_t depth = 0;
};

/// Of each context what was executed in it and below it. A caller stands before what it called.
std::vector<double> inclusive_of(const std::vector<SavedContext>& contexts) {
  std::vector<double> totals(contexts.size());
  for (std::size_t i = contexts.size(); i-- > 0;) {
    totals[i] += static_cast<double>(contexts[i].self);
    if (const std::size_t parent = contexts[i].parent; parent > 0) totals[parent - 1] += totals[i];
  }
  return totals;
}

/// The least that one of the `most` largest has.
double least_of(std::vector<double> totals, std::size_t most) {
  if (totals.size() <= most) return 0;
  const auto place = totals.begin() + static_cast<std::ptrdiff_t>(most);
  std::ranges::nth_element(totals, place, std::greater());
  return *place;
}

/// Largest first among those of one caller, callers before what they called.
std::vector<FlameFrame> frames_of(const std::vector<SavedContext>& contexts,
                                  const std::vector<double>& totals) {
  const double least = least_of(totals, kMaxFrames);
  std::vector<std::size_t> order(contexts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {},
                    [&](std::size_t i) { return std::tuple(contexts[i].parent, -totals[i], i); });
  std::vector<FlameFrame> frames;
  std::vector<double> free(contexts.size() + 1);  // by caller: where its next one begins
  std::vector<std::size_t> depths(contexts.size() + 1);
  for (const std::size_t i : order) {
    const SavedContext& context = contexts[i];
    const double at = free[context.parent];
    free[context.parent] += totals[i];
    free[i + 1] = at;
    depths[i + 1] = depths[context.parent] + 1;
    const std::size_t depth = depths[context.parent];
    if (totals[i] <= least && contexts.size() > kMaxFrames) continue;
    if (totals[i] > 0 && depth < kMaxDepth) frames.push_back({&context, at, totals[i], depth});
  }
  return frames;
}

/// One hue a function, the same in every picture: reds and yellows, as flames have.
std::string hue_of(const std::string& name) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return fmt::format("hsl({},{}%,{}%)", 12 + hash % 44, 78 + hash / 64 % 18, 62 + hash / 4096 % 12);
}

std::string cut_name(const std::string& name, std::size_t bytes) {
  if (name.size() <= bytes) return name;
  while (bytes > 0 && (static_cast<unsigned char>(name[bytes]) & 0xC0) == 0x80) --bytes;
  return name.substr(0, bytes);
}

/// What fits of a name: the whole, else what a person would call it, which the edge of the frame
/// may cut, else nothing.
std::string frame_label(const std::string& name, const std::string& brief, double width) {
  if (width < 3 * kFlameCharacter + 6) return {};
  return static_cast<double>(name.size()) * kFlameCharacter + 6 <= width ? name : brief;
}

html::Markup frame_group(const FlameFrame& frame, double whole) {
  const std::string name = printable(cut_name(brief_name(frame.context->name), kMaxNameBytes));
  const std::string brief = printable(cut_name(short_name(frame.context->name), kMaxNameBytes));
  const double width = kFlameWidth * frame.total / whole;
  const html::Markup box =
      html::element("rect",
                    html::Markup(" width=\"100%\"") +
                        html::attribute("height", fmt::format("{:.0f}", kFlameRow - 1)) +
                        html::attribute("fill", hue_of(name)),
                    {});
  const html::Markup text =
      html::element("text", " x=\"3\" y=\"13\"", html::escaped(frame_label(name, brief, width)));
  const html::Markup place =
      html::attribute("x", fmt::format("{:.2f}", kFlameWidth * frame.at / whole)) +
      html::attribute("y", fmt::format("{:.0f}", kFlameRow * static_cast<double>(frame.depth))) +
      html::attribute("width", fmt::format("{:.2f}", width)) +
      html::attribute("height", fmt::format("{:.0f}", kFlameRow));
  const html::Markup data =
      html::attribute("data-name", name) +
      (brief == name ? html::Markup() : html::attribute("data-brief", brief)) +
      html::attribute("data-at", fmt::format("{:.0f}", frame.at)) +
      html::attribute("data-total", fmt::format("{:.0f}", frame.total)) +
      html::attribute("data-self", std::to_string(frame.context->self)) +
      html::attribute("data-calls", std::to_string(frame.context->calls)) +
      html::attribute("data-depth", std::to_string(frame.depth));
  return html::element("svg", place + data, box + text) + "\n";
}

constexpr char kFlameTools[] =
    "<div class=\"tools\" hidden><input type=\"search\" placeholder=\"Search the functions\" "
    "aria-label=\"Search the functions of the flame graph\" spellcheck=\"false\" "
    "autocomplete=\"off\"><button type=\"button\">Show all</button></div>";

}  // namespace

html::Markup flame_markup(const SavedNumbers& saved) {
  const std::vector<double> totals = inclusive_of(saved.contexts);
  const std::vector<FlameFrame> frames = frames_of(saved.contexts, totals);
  double whole = 0;
  std::size_t rows = 1;
  for (std::size_t i = 0; i < saved.contexts.size(); ++i) {
    if (saved.contexts[i].parent == 0) whole += totals[i];
  }
  if (frames.empty() || !(whole > 0)) return {};
  html::Markup groups;
  for (const FlameFrame& frame : frames) {
    rows = std::max(rows, frame.depth + 1);
    groups += frame_group(frame, whole);
  }
  const std::string box =
      fmt::format("0 0 {:.0f} {:.0f}", kFlameWidth, kFlameRow * static_cast<double>(rows));
  const html::Markup picture =
      html::element("svg",
                    html::attribute("viewBox", box) +
                        html::attribute("data-total", fmt::format("{:.0f}", whole)) +
                        " role=\"img\" aria-label=\"Flame graph of the guest's instructions\"",
                    groups);
  return html::element(
      "div", " class=\"flame\"",
      html::Markup(kFlameTools) + picture + "<output aria-live=\"polite\"></output>");
}

}  // namespace harness::profile
