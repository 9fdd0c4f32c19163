#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "profile/render.h"

namespace harness::profile {
namespace {

/// A name may not begin with '(': that would be a number that stands for a name.
std::string escaped(const std::string& name) { return name.starts_with('(') ? " " + name : name; }

struct Writer {
  const CountedProfile& profile;
  const Listing& listing;
  std::multimap<std::uint32_t, const Edge*> calls = {};
  std::multimap<std::uint32_t, LineCount> lines = {};
  std::map<std::uint32_t, const InstructionCount*> first = {};  // of each function, with a line

  std::string object(std::uint32_t function) const {
    const Function& one = profile.code.functions[function];
    if (one.is_made()) return "[made at run time]";
    if (one.is_region || one.file >= profile.code.files.size()) return "[outside]";
    return printable(profile.code.files[one.file].filename().string());
  }
  std::string source(std::uint32_t file) const {
    return printable(std::filesystem::path(listing.files[file]).lexically_normal().string());
  }
  std::string source_of(std::uint32_t function) const {
    const auto at = first.find(function);
    return at == first.end() ? "???" : source(at->second->source);
  }
  std::uint32_t line_of(std::uint32_t function) const {
    const auto at = first.find(function);
    return at == first.end() ? 0 : at->second->line;
  }

  std::string own_costs(const FunctionTotals& one) const {
    std::string text, file = source_of(one.function);
    std::uint64_t unknown = one.self;
    const auto [begin, end] = lines.equal_range(one.function);
    for (auto at = begin; at != end; ++at) {
      const LineCount& line = at->second;
      if (line.line == 0) continue;
      unknown -= line.executed;
      if (const std::string here = source(line.source); here != file) {
        text += (here == source_of(one.function) ? "fe=" : "fi=") + here + "\n";
        file = here;
      }
      text += fmt::format("{} {}\n", line.line, line.executed);
    }
    if (file != source_of(one.function)) text += "fe=" + source_of(one.function) + "\n";
    if (unknown != 0) text += fmt::format("0 {}\n", unknown);
    return text;
  }

  std::string function(const FunctionTotals& one) const {
    std::string text =
        fmt::format("\nob={}\nfl={}\nfn={}\n", object(one.function), source_of(one.function),
                    escaped(shown_name(profile, one.function)));
    text += own_costs(one);
    const auto [begin, end] = calls.equal_range(one.function);
    for (auto at = begin; at != end; ++at) {
      const Edge& edge = *at->second;
      text += fmt::format("cob={}\ncfi={}\ncfn={}\ncalls={} {}\n{} {}\n", object(edge.callee),
                          source_of(edge.callee), escaped(shown_name(profile, edge.callee)),
                          edge.calls, line_of(edge.callee), line_of(one.function), edge.total);
    }
    return text;
  }
};

}  // namespace

// Source: Valgrind manual, "Callgrind Format Specification".
std::string render_callgrind(const CountedProfile& profile, const Listing& listing,
                             const std::string& scenario) {
  Writer writer{profile, listing};
  for (const Edge& edge : profile.edges) writer.calls.emplace(edge.caller, &edge);
  for (const LineCount& line : line_counts(listing)) writer.lines.emplace(line.function, line);
  for (const InstructionCount& one : listing.instructions) {
    if (one.line != 0) writer.first.try_emplace(one.function, &one);
  }
  std::string text = fmt::format(
      "# callgrind format\nversion: 1\ncreator: uniharness " UNIHARNESS_VERSION
      "\ncmd: {}\npart: 1\npositions: line\nevent: Ir : Instructions\nevents: Ir\nsummary: {}\n",
      printable(scenario), profile.counts.total);
  for (const FunctionTotals& one : profile.functions) text += writer.function(one);
  return text + fmt::format("\ntotals: {}\n", profile.counts.total);
}

}  // namespace harness::profile
