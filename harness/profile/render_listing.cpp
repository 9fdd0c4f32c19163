#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "profile/render.h"

namespace harness::profile {
namespace {

using Json = nlohmann::ordered_json;

// A long straight line is shown by its beginning.
constexpr std::size_t kMaxInstructions = 24;

std::string address_text(std::uint64_t address) { return fmt::format("0x{:x}", address); }

std::string place_of_first(const Listing& listing, const HotBlock& block) {
  const InstructionCount& first = listing.instructions[block.first];
  return place_of(listing, first.source, first.line);
}

}  // namespace

std::string render_lines(const CountedProfile& profile, const Listing& listing, std::size_t rows) {
  const std::uint64_t own = guest_instructions(profile);
  std::string text =
      fmt::format("\n{:>14} {:>6}  {:<32} {}\n", "instructions", "%", "line", "function");
  const std::vector<LineCount> lines = line_counts(listing);
  for (std::size_t i = 0; i < std::min(rows, lines.size()); ++i) {
    const LineCount& line = lines[i];
    text += fmt::format("{:>14} {:>6.2f}  {:<32} {}\n", grouped(line.executed),
                        share(line.executed, own), place_of(listing, line.source, line.line),
                        printable(brief_name(profile.name(line.function))));
  }
  return text;
}

std::string render_block(const Listing& listing, const HotBlock& block) {
  const auto first = listing.instructions.begin() + static_cast<std::ptrdiff_t>(block.first);
  std::string text = fmt::format("  {} x {} = {} instructions at {}, {}\n", grouped(first->count),
                                 block.size, grouped(block.executed), address_text(first->address),
                                 place_of_first(listing, block));
  std::string place;
  for (std::size_t i = 0; i < std::min(block.size, kMaxInstructions); ++i) {
    const InstructionCount& one = first[static_cast<std::ptrdiff_t>(i)];
    const std::string here = place_of(listing, one.source, one.line);
    text += fmt::format("  {:>14}  {:>10x}  {:<44} {}\n", grouped(one.count), one.address,
                        printable(one.text), here == place ? "" : here);
    place = here;
  }
  if (block.size > kMaxInstructions) {
    text += fmt::format("  {:>14}  and {} more\n", "", block.size - kMaxInstructions);
  }
  return text;
}

std::string render_blocks(const CountedProfile& profile, const Listing& listing, std::size_t rows) {
  std::string text = "\nblocks that cost most\n";
  const std::vector<HotBlock> blocks = hot_blocks(listing);
  for (std::size_t i = 0; i < std::min(rows, blocks.size()); ++i) {
    const std::uint32_t function = listing.instructions[blocks[i].first].function;
    text += fmt::format("\n{}\n", shown_name(profile, function)) + render_block(listing, blocks[i]);
  }
  return text;
}

std::string render_hot_paths(const CountedProfile& profile, const Listing& listing,
                             const std::vector<HotPath>& paths) {
  std::string text;
  for (const HotPath& path : paths) {
    text += fmt::format("\n{}\n  {} own instructions a call, {} calls, {} in all\n",
                        shown_name(profile, path.function.function), grouped(path.per_call),
                        grouped(path.function.outermost), grouped(path.function.self));
    if (!path.block) continue;
    text += fmt::format("  {:.1f} % of them in one block:\n",
                        share(path.block->executed, path.function.self));
    text += render_block(listing, *path.block);
  }
  return text;
}

std::string render_hot_paths_json(const CountedProfile& profile, const Listing& listing,
                                  const std::vector<HotPath>& paths,
                                  const std::vector<TierGain>& gains, const std::string& scenario) {
  Json json;
  json["schema"] = "uniharness-hotpaths-1";
  json["scenario"] = printable(scenario);
  json["functions"] = Json::array();
  for (const HotPath& path : paths) {
    Json one;
    one["name"] = shown_name(profile, path.function.function);
    one["self"] = path.function.self;
    one["calls"] = path.function.outermost;
    one["self_per_call"] = path.per_call;
    if (path.block) {
      const InstructionCount& first = listing.instructions[path.block->first];
      Json instructions = Json::array();
      for (std::size_t i = 0; i < path.block->size; ++i) {
        const InstructionCount& at = listing.instructions[path.block->first + i];
        instructions.push_back({{"address", at.address},
                                {"text", printable(at.text)},
                                {"line", place_of(listing, at.source, at.line)}});
      }
      one["block"] = {{"address", first.address},
                      {"count", first.count},
                      {"executed", path.block->executed},
                      {"instructions", std::move(instructions)}};
    }
    json["functions"].push_back(std::move(one));
  }
  for (const TierGain& gain : gains) {
    static constexpr const char* kAgreements[] = {"agrees", "differs", "unchecked"};
    json["gains"].push_back({{"name", printable(gain.name)},
                             {"of", printable(gain.of)},
                             {"calls", gain.calls},
                             {"said", gain.said},
                             {"said_before", gain.said_before},
                             {"counted", gain.counted},
                             {"counted_before", gain.counted_before},
                             {"agreement", kAgreements[static_cast<std::size_t>(gain.agreement)]},
                             {"reason", gain.reason}});
  }
  return json.dump(1) + "\n";
}

}  // namespace harness::profile
