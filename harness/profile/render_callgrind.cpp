#include <fmt/core.h>

#include <map>

#include "base/text.h"
#include "profile/render.h"

namespace harness::profile {
namespace {

/// Names may not begin with '(' : that is a number for a name.
std::string callgrind_name(const Profile& profile, std::uint32_t function) {
  const std::string name = shown_name(profile, function);
  return name.starts_with('(') ? " " + name : name;
}

std::string object_of(const Profile& profile, std::uint32_t function) {
  const Function& one = profile.code.functions[function];
  if (one.is_region || one.file >= profile.code.files.size()) return "[outside]";
  return printable(profile.code.files[one.file].filename().string());
}

}  // namespace

// Source: Valgrind manual, "Callgrind Format Specification".
std::string render_callgrind(const Profile& profile, const std::string& scenario) {
  std::string text = fmt::format(
      "# callgrind format\nversion: 1\ncreator: uniharness " UNIHARNESS_VERSION
      "\ncmd: {}\npart: 1\npositions: line\nevent: Ir : Instructions\nevents: Ir\nsummary: {}\n",
      printable(scenario), profile.counts.total);
  std::multimap<std::uint32_t, const Edge*> calls;
  for (const Edge& edge : profile.edges) calls.emplace(edge.caller, &edge);
  for (const FunctionTotals& one : profile.functions) {
    text += fmt::format("\nob={}\nfl=???\nfn={}\n", object_of(profile, one.function),
                        callgrind_name(profile, one.function));
    text += fmt::format("0 {}\n", one.self);
    const auto [first, last] = calls.equal_range(one.function);
    for (auto at = first; at != last; ++at) {
      const Edge& edge = *at->second;
      text += fmt::format("cob={}\ncfi=???\ncfn={}\ncalls={} 0\n0 {}\n",
                          object_of(profile, edge.callee), callgrind_name(profile, edge.callee),
                          edge.calls, edge.total);
    }
  }
  return text + fmt::format("\ntotals: {}\n", profile.counts.total);
}

}  // namespace harness::profile
