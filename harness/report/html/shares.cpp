// Where the time of a profile went, as pictures: a bar of the sections' own time, and one for each
// numbered family ("layer.0", "layer.1", ...). Drawn as SVG with a legend in words, so that it
// needs no script, and no chart library in reports that have nothing else to draw.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "base/format.h"
#include "base/text.h"
#include "report/html/sections.h"

namespace harness::html {
namespace {

// As many as there are colours in report.css; what is smaller is one part.
constexpr std::size_t kMaxParts = 12;
constexpr std::size_t kMaxFamilies = 3;

struct Part {
  std::string name;
  double size = 0;
  std::size_t place = 0;  // among those it came with
};

/// What is large first; of equals, what came first.
bool is_larger(const Part& a, const Part& b) {
  return a.size != b.size ? a.size > b.size : a.place < b.place;
}

/// The largest parts in the order they came in, and the others as one.
std::vector<Part> largest(std::vector<Part> parts) {
  if (parts.size() <= kMaxParts) return parts;
  const auto rest = parts.begin() + (kMaxParts - 1);
  std::ranges::nth_element(parts, rest, is_larger);
  Part others{fmt::format("{} others", parts.end() - rest)};
  std::for_each(rest, parts.end(), [&](const Part& part) { others.size += part.size; });
  parts.erase(rest, parts.end());
  std::ranges::sort(parts, {}, &Part::place);
  parts.push_back(others);
  return parts;
}

/// One bar of all parts and a legend; nothing where there are not two parts to compare.
Markup stacked(std::string_view title, std::vector<Part> parts) {
  std::erase_if(parts, [](const Part& part) { return !(part.size > 0); });
  if (parts.size() < 2) return {};
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i].place = i;
  parts = largest(std::move(parts));
  double sum = 0, from = 0;
  for (const Part& part : parts) sum += part.size;
  Markup bars, legend;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double share = parts[i].size / sum;
    const Markup color = attribute("class", fmt::format("p{}", i));
    bars += element("rect",
                    color + attribute("x", fmt::format("{:.2f}", 1000 * from)) +
                        attribute("width", fmt::format("{:.2f}", 1000 * share)) + " height=\"10\"",
                    {});
    legend += element("li", element("span", color, {}) + escaped(parts[i].name) + " " +
                                element("b", escaped(percent_text(share))));
    from += share;
  }
  return element("figure", " class=\"shares\"",
                 element("figcaption", escaped(title)) +
                     element("svg",
                             " viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
                             "aria-hidden=\"true\"",
                             bars) +
                     element("ul", legend));
}

struct Member {
  std::string family;
  std::uint64_t number = 0;
};

/// "layer.12" as "layer" and 12; an empty family for any other name.
Member member_of(std::string_view name) {
  constexpr std::size_t kMaxDigits = 9;
  const std::size_t point = name.rfind('.');
  if (point == name.npos || point == 0) return {};
  const std::string_view digits = name.substr(point + 1);
  if (digits.empty() || digits.size() > kMaxDigits || (digits[0] == '0' && digits.size() > 1)) {
    return {};
  }
  Member member{std::string(name.substr(0, point)), 0};
  for (const char c : digits) {
    if (c < '0' || c > '9') return {};
    member.number = member.number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return member;
}

struct Family {
  std::string name;
  std::vector<Part> members = {};
  double size = 0;
};

/// Numbered families, what takes most time first, their members in order.
std::vector<Family> families_of(const std::vector<Profile>& profiles) {
  std::map<std::string, std::map<std::uint64_t, Part>> found;
  for (const Profile& profile : profiles) {
    const Member member = member_of(profile.name);
    if (member.family.empty()) continue;
    Part& part = found[member.family][member.number];
    part.name = profile.name;
    part.size += static_cast<double>(profile.total);
  }
  std::vector<Family> families;
  for (const auto& [name, members] : found) {
    Family& family = families.emplace_back(Family{.name = name});
    for (const auto& [number, part] : members) {
      family.members.push_back(part);
      family.size += part.size;
    }
  }
  std::ranges::sort(families, [](const Family& a, const Family& b) {
    return a.size != b.size ? a.size > b.size : a.name < b.name;
  });
  return families;
}

}  // namespace

Markup shares_picture(const std::vector<Profile>& profiles) {
  std::vector<Part> sections;
  sections.reserve(profiles.size());
  for (const Profile& profile : profiles) {
    sections.push_back(
        {profile.name, static_cast<double>(profile.self.value_or(profile.total)), sections.size()});
  }
  std::ranges::sort(sections, is_larger);
  Markup pictures = stacked("Own time of all sections", std::move(sections));
  std::size_t shown = 0;
  for (Family& family : families_of(profiles)) {
    const Markup picture =
        stacked(fmt::format("All time of each {}", family.name), std::move(family.members));
    if (picture.empty()) continue;
    pictures += picture;
    if (++shown == kMaxFamilies) break;
  }
  return pictures;
}

}  // namespace harness::html
