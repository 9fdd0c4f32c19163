#include "report/stages.h"

#include <fmt/format.h>
#include <wire/stage.h>

#include <algorithm>
#include <map>

#include "base/format.h"
#include "base/listing.h"
#include "base/text.h"
#include "report/digest.h"
#include "report/json_lines.h"

namespace harness {
namespace {

namespace stage_key = wire::stage;

std::string digest_in(const nlohmann::json& object) {
  constexpr std::size_t kDigits = 64;
  std::string text = text_in(object, stage_key::kSha256, kDigits);
  const bool good =
      text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == text.npos;
  return good ? text : std::string();
}

/// When each [JSON] line came, and how long after the one before it.
std::vector<std::chrono::nanoseconds> waits(const BootRecord& boot) {
  std::vector<std::chrono::nanoseconds> all;
  const std::string_view serial = boot.trace.serial;
  const std::vector<Line>& lines = boot.events.lines;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (!lines[i].protocol || lines[i].begin > serial.size()) continue;
    if (!serial.substr(lines[i].begin).starts_with(wire::kJson)) continue;
    all.push_back(lines[i].at - lines[i - 1].at);
  }
  return all;
}

/// Which stages somebody made, or made something: the others are material for them.
void find_materials(std::vector<Stage>& list) {
  std::vector<bool> makes(list.size()), used(list.size());
  for (const Stage& stage : list) {
    if (stage.by) makes[*stage.by] = true;
    if (stage.from) used[*stage.from] = true;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    list[i].material = !list[i].by && !makes[i] && used[i];
  }
}

std::vector<StageChain> chains_of(const std::vector<Stage>& list) {
  std::vector<StageChain> chains;
  std::vector<std::size_t> chain_of(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Stage& stage = list[i];
    if (stage.material) continue;
    if (stage.by && chains[chain_of[*stage.by]].back() == *stage.by) {
      chain_of[i] = chain_of[*stage.by];
      chains[chain_of[i]].push_back(i);
    } else {
      chain_of[i] = chains.size();
      chains.push_back({i});
    }
  }
  return chains;
}

std::vector<StageChain> groups_of(std::vector<Stage>& list) {
  std::vector<StageChain> groups;
  std::map<std::string, std::size_t> group_of;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Stage& stage = list[i];
    if (!stage.by || stage.sha256.empty()) continue;
    stage.same = group_of.try_emplace(stage.sha256, groups.size()).first->second;
    if (*stage.same == groups.size()) groups.emplace_back();
    groups[*stage.same].push_back(i);
  }
  return groups;
}

std::string names_of(const Stages& stages, const StageChain& which) {
  std::vector<std::string> names;
  names.reserve(which.size());
  for (const std::size_t i : which) names.push_back(stages.list[i].name);
  return listed(names);
}

}  // namespace

Stages stages_of(const BootRecord& boot) {
  Stages stages;
  std::map<std::string, std::size_t> place;
  const std::vector<std::chrono::nanoseconds> times = waits(boot);
  const bool timed = times.size() == boot.events.json.size() && !boot.trace.marks.empty();
  for (std::size_t line = 0; line < boot.events.json.size(); ++line) {
    const nlohmann::json object = object_of_line(boot.events.json[line], stage_key::kObject);
    if (!object.is_object()) continue;
    Stage stage;
    stage.name = text_in(object, stage_key::kName, kStageNameBytes);
    stage.what = text_in(object, stage_key::kWhat, kStageWhatBytes);
    if (stage.name.empty() || place.contains(stage.name)) continue;
    if (stages.list.size() == kMaxStages) {
      ++stages.left_out;
      continue;
    }
    const auto earlier = [&](const char* member) -> std::optional<std::size_t> {
      const auto at = place.find(text_in(object, member, kStageNameBytes));
      return at == place.end() ? std::nullopt : std::optional(at->second);
    };
    stage.by = earlier(stage_key::kBy);
    stage.from = earlier(stage_key::kFrom);
    stage.ticks = number_in(object, stage_key::kTicks);
    stage.bytes = number_in(object, stage_key::kBytes);
    stage.sha256 = digest_in(object);
    if (stage.by) stage.depth = stages.list[*stage.by].depth + 1;
    if (timed && stage.ticks != 0) stage.time = times[line];
    place[stage.name] = stages.list.size();
    stages.list.push_back(std::move(stage));
  }
  find_materials(stages.list);
  stages.chains = chains_of(stages.list);
  stages.groups = groups_of(stages.list);
  return stages;
}

std::string stages_summary(const Stages& stages) {
  std::string text;
  for (const StageChain& group : stages.groups) {
    if (!text.empty()) text += " ";
    text += names_of(stages, group);
    if (group.size() > 1) {
      text += group.size() == 2 ? " are the same bytes." : " are all the same bytes.";
    } else {
      text += stages.groups.size() > 1 ? " is different." : " has nothing to be held against.";
    }
  }
  if (stages.left_out > 0) text += fmt::format(" {} more are left out.", stages.left_out);
  return text;
}

std::string short_digest(const Stage& stage) {
  constexpr std::size_t kShown = 8;
  return stage.sha256.substr(0, kShown);
}

std::vector<std::string> stages_drawing(const Stages& stages, std::size_t width) {
  const std::vector<StageChain>& chains = stages.chains;
  const auto name = [&](std::size_t i) { return printable(stages.list[i].name); };
  std::vector<std::size_t> columns;  // widths, by depth
  std::vector<std::size_t> materials;
  for (std::size_t i = 0; i < stages.list.size(); ++i) {
    const Stage& stage = stages.list[i];
    if (stage.material) {
      materials.push_back(i);
      continue;
    }
    columns.resize(std::max(columns.size(), stage.depth + 1));
    columns[stage.depth] = std::max(columns[stage.depth], display_width(name(i)));
  }
  if (columns.size() < 2) return {};
  // Drawn at the left where all begin with it.
  const bool one = materials.size() == 1 && std::ranges::all_of(chains, [&](const StageChain& c) {
                     const Stage& first = stages.list[c.front()];
                     return !first.by && first.from == materials.front();
                   });
  // Joined at the right where all end with it.
  const std::optional<std::size_t> end = stages.list[chains.front().back()].same;
  const bool same = end && chains.size() > 1 && std::ranges::all_of(chains, [&](const auto& c) {
                      return stages.list[c.back()].same == end;
                    });
  std::vector<std::string> lines;
  for (std::size_t row = 0; row < chains.size(); ++row) {
    const bool first = row == 0, last = row + 1 == chains.size();
    std::string line;
    if (one) {
      const std::string material = name(materials.front());
      line = first ? material + (last ? " ───▶ " : " ─┬─▶ ")
                   : std::string(display_width(material), ' ') + (last ? "  └─▶ " : "  ├─▶ ");
    }
    const StageChain& chain = chains[row];
    const Stage& head = stages.list[chain.front()];
    std::size_t depth = head.depth;
    for (std::size_t d = 0; d < depth; ++d) {
      const bool parent = d + 1 == depth;
      line += padded(parent && head.by ? name(*head.by) : "", columns[d]);
      line += parent ? " ─▶ " : "    ";
    }
    for (const std::size_t i : chain) {
      if (i != chain.front()) line += " ─▶ ";
      const bool ends = i == chain.back();
      line += ends ? name(i) + " " : padded(name(i), columns[depth]);
      // On to the right edge.
      for (std::size_t fill = display_width(name(i)); ends && same && fill < columns[depth]; ++fill)
        line += "─";
      ++depth;
    }
    for (; same && depth < columns.size(); ++depth) {
      for (std::size_t fill = 0; fill < columns[depth] + 4; ++fill) line += "─";
    }
    const Stage& made = stages.list[chain.back()];
    if (same) {
      line += first ? "─┐" : last ? "─┴─ the same bytes" : "─┤";
    } else if (made.same) {
      line += "= " + short_digest(made) + "…";
    }
    if (display_width(line) > width) return {};
    lines.push_back(std::move(line));
  }
  return lines;
}

StageTable stages_table(const Stages& stages, ClockKind clock, bool whole) {
  const auto any = [&](const auto& has) { return std::ranges::any_of(stages.list, has); };
  const bool ticks = any([](const Stage& stage) { return stage.ticks != 0; });
  const bool bytes = any([](const Stage& stage) { return stage.bytes != 0; });
  const bool time = any([](const Stage& stage) { return stage.time.has_value(); });
  StageTable table;
  table.columns = {{"stage"}};
  if (whole) table.columns.push_back({"what it is"});
  table.columns.push_back({"made by"});
  if (ticks) {
    const bool counted = clock == ClockKind::counted;
    table.columns.push_back(
        {counted ? html::Literal("instructions") : html::Literal("cycles"), true});
  }
  if (time) table.columns.push_back({"time", true});
  if (bytes) table.columns.push_back({"bytes", true});
  if (!stages.groups.empty()) table.columns.push_back({"SHA-256"});
  for (const Stage& stage : stages.list) {
    if (!whole && !stage.by) continue;
    std::vector<std::string> row = {stage.name, stage.by ? stages.list[*stage.by].name : ""};
    if (ticks) row.push_back(stage.ticks != 0 ? grouped(stage.ticks) : "");
    if (time) row.push_back(stage.time ? duration_text(*stage.time) : "");
    if (bytes) row.push_back(stage.bytes != 0 ? grouped(stage.bytes) : "");
    if (!stages.groups.empty()) {
      row.push_back(whole || stage.sha256.empty() ? stage.sha256 : short_digest(stage) + "…");
    }
    if (whole) row.insert(row.begin() + 1, stage.what);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace harness
