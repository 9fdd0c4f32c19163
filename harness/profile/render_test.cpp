#include "profile/render.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>

#include "base/format.h"
#include "page/xml_testing.h"
#include "profile/frames.h"
#include "profile/sample_profile.h"

namespace harness::profile {
namespace {

/// The sample with a name that would write to the terminal, to HTML and to a new line.
CountedProfile hostile_profile() {
  GuestCode code = sample_code();
  code.functions[1].name = "\x1b[31mf</script><b>&\"';\n x 99\xff";
  return make_profile(code, sample_counts());
}

std::uint64_t folded_sum(const std::string& folded) {
  std::istringstream lines(folded);
  std::uint64_t sum = 0;
  for (std::string line; std::getline(lines, line);) {
    sum += std::stoull(line.substr(line.rfind(' ') + 1));
  }
  return sum;
}

TEST(RenderFolded, IsALineForEachStackAndAddsUpToTheTotal) {
  const std::string folded = render_folded(sample_profile());
  EXPECT_EQ(folded,
            "[firmware] 400\n"
            "main 100\n"
            "main;g<a: b> 40\n"
            "main;ns::f(int, char) 300\n"
            "main;ns::f(int, char);g<a: b> 90\n"
            "main;ns::f(int, char);ns::f(int, char) 50\n"
            "main;ns::f(int, char);ns::f(int, char);g<a: b> 20\n");
  EXPECT_EQ(folded_sum(folded), 1000u);
}

TEST(RenderFolded, HostileNamesStayInTheirPlace) {
  const std::string folded = render_folded(hostile_profile());
  EXPECT_EQ(folded_sum(folded), 1000u);
  EXPECT_EQ(folded.find('\x1b'), folded.npos);
  EXPECT_EQ(std::ranges::count(folded, '\n'), 7);
}

TEST(RenderText, ShowsTheTableAndTheTree) {
  const std::string text =
      render_text(sample_profile(), {.rows = 2, .least_share = 5, .tree = true});
  EXPECT_NE(
      text.find("1,000 instructions, counted one by one: 600 the guest's own, 400 [firmware]"),
      text.npos)
      << text;
  EXPECT_NE(text.find("1 more (--top 3)"), text.npos) << text;
  EXPECT_NE(text.find("    ns::f(int, char)"), text.npos) << text;
}

TEST(RenderText, FitsOntoATerminalOf80Columns) {
  GuestCode code = sample_code();
  code.functions[1].name = std::string(200, 'f');
  std::istringstream lines(render_text(make_profile(code, sample_counts()), {.width = 80}));
  std::size_t rows = 0;
  std::string line;
  for (bool table = false; std::getline(lines, line); table |= line.ends_with("function")) {
    if (table) EXPECT_LE(display_width(line), 80u) << line;
    rows += table ? 1 : 0;
  }
  EXPECT_EQ(rows, 3u);
}

TEST(RenderText, SaysWhatWasLeftOut) {
  Counts counts = sample_counts();
  counts.contexts_left_out = 7;
  EXPECT_NE(render_text(make_profile(sample_code(), counts), {}).find("note: 7 entries"),
            std::string::npos);
}

TEST(RenderText, HostileNamesAreHarmless) {
  const std::string text = render_text(hostile_profile(), {.tree = true});
  EXPECT_EQ(text.find('\x1b'), text.npos);
  EXPECT_EQ(text.find('\xff'), text.npos);
}

/// The values of an attribute, in the order of the text.
std::vector<std::uint64_t> attributes(const std::string& svg, const std::string& name) {
  std::vector<std::uint64_t> values;
  const std::string key = " " + name + "=\"";
  for (std::size_t at = 0; (at = svg.find(key, at)) != svg.npos;) {
    at += key.size();
    values.push_back(std::stoull(svg.substr(at)));
  }
  return values;
}

TEST(RenderFlameGraph, FramesAddUpToTheTotal) {
  const std::string svg = render_flame_graph(sample_profile(), "sample");
  const auto self = attributes(svg, "data-self");
  EXPECT_EQ(self.size(), 7u);
  EXPECT_EQ(std::accumulate(self.begin(), self.end(), std::uint64_t{0}), 1000u);
  EXPECT_NE(svg.find("data-name=\"ns::f(int, char)\" data-brief=\"f\""), svg.npos);
}

TEST(RenderFlameGraph, ItOpensTheGuestsOwnWhereFirmwareRanToo) {
  const std::string svg = render_flame_graph(sample_profile(), "sample");
  const std::size_t first = svg.find("data-first=\"1\"");
  ASSERT_NE(first, svg.npos);
  EXPECT_NE(svg.substr(first, 40).find("<title>main"), std::string::npos);
}

TEST(RenderFlameGraph, HostileNamesAreText) {
  const std::string svg = render_flame_graph(hostile_profile(), "]]></script><script>alert(1)//");
  const std::size_t begin = svg.find("<g class=\"frame\""), end = svg.find("<script>");
  ASSERT_LT(begin, end);
  const auto elements = XmlReader::read("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg>" +
                                        svg.substr(begin, end - begin) + "</svg>");
  EXPECT_EQ(elements.size(), 1u + 7 * 4) << "the frames, their titles, rectangles and texts";
  EXPECT_NE(svg.find("]]&gt;&lt;/script&gt;"), svg.npos) << "the scenario's name";
  std::size_t scripts = 0;
  for (std::size_t at = 0; (at = svg.find("<script", at)) != svg.npos; ++at) ++scripts;
  EXPECT_EQ(scripts, 1u) << "ours";
  EXPECT_EQ(svg.find("<b>"), svg.npos);
  EXPECT_EQ(svg.find('\x1b'), svg.npos);
}

TEST(Frames, TooManyAreMergedAndStillAddUp) {
  const CountedProfile profile = sample_profile();
  for (std::size_t most = 1; most <= 8; ++most) {
    std::uint64_t sum = 0;
    const std::vector<Frame> frames = make_frames(profile, most);
    for (const Frame& frame : frames) sum += frame.self;
    EXPECT_EQ(sum, 1000u) << most;
    EXPECT_LE(frames.size(), 2 * most + 1) << most;
  }
}

TEST(RenderSpeedscope, SamplesAndWeightsPairUpAndAddUp) {
  const auto json = nlohmann::json::parse(render_speedscope(hostile_profile(), "sample"));
  const auto& profile = json["profiles"][0];
  EXPECT_EQ(profile["samples"].size(), profile["weights"].size());
  EXPECT_EQ(profile["endValue"], 1000);
  std::uint64_t sum = 0;
  for (const auto& weight : profile["weights"]) sum += weight.get<std::uint64_t>();
  EXPECT_EQ(sum, 1000u);
  for (const auto& sample : profile["samples"]) {
    for (const auto& frame : sample) EXPECT_LT(frame, json["shared"]["frames"].size());
  }
}

/// Own costs are the lines that do not follow a "calls=" line.
TEST(RenderCallgrind, OwnCostsAddUpAndCallsAreThere) {
  std::istringstream lines(render_callgrind(hostile_profile(), {}, "sample"));
  std::uint64_t sum = 0;
  std::string before;
  for (std::string line; std::getline(lines, line); before = line) {
    if (line.starts_with("0 ") && !before.starts_with("calls=")) sum += std::stoull(line.substr(2));
    EXPECT_EQ(line.find('\x1b'), line.npos);
  }
  EXPECT_EQ(sum, 1000u);
  const std::string text = render_callgrind(sample_profile(), {}, "sample");
  EXPECT_NE(text.find("fn=main\n0 100\n"), text.npos) << text;
  EXPECT_NE(text.find("cfn=ns::f(int, char)\ncalls=2 0\n0 460\n"), text.npos) << text;
  EXPECT_NE(text.find("totals: 1000\n"), text.npos);
}

TEST(RenderJson, HoldsEveryNumber) {
  const auto json = nlohmann::json::parse(render_json(hostile_profile(), "sample", "ab12"));
  EXPECT_EQ(json["schema"], "uniharness-profile-1");
  EXPECT_EQ(json["total"], 1000);
  EXPECT_EQ(json["guest"], 600);
  std::uint64_t functions = 0, contexts = 0;
  for (const auto& one : json["functions"]) functions += one["self"].get<std::uint64_t>();
  for (const auto& one : json["contexts"]) contexts += one["self"].get<std::uint64_t>();
  EXPECT_EQ(functions, 1000u);
  EXPECT_EQ(contexts, 1000u);
}

}  // namespace
}  // namespace harness::profile
