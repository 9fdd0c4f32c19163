#include "suite_plan/part.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "base/format.h"
#include "base/json.h"
#include "base/json_reading.h"
#include "suite/shard.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kPartSchema = 1;
constexpr std::size_t kPartDepth = 3;
constexpr char kPartHint[] =
    "name the plan and the part again: uniharness run --plan FILE --part i/n";

std::map<std::string_view, std::size_t> positions_by_name(const SuitePlan& plan) {
  std::map<std::string_view, std::size_t> all;
  for (std::size_t i = 0; i < plan.instances.size(); ++i) all.emplace(plan.instances[i].name, i);
  return all;
}

Shard shard_of(const SuitePlan& plan, std::string_view words) {
  const bool has_count = words.find('/') != std::string_view::npos;
  if (!has_count && plan.parts == 0) {
    throw UsageError(
        fmt::format("--part {}: the plan does not say in how many parts it is run", words),
        fmt::format("write --part {}/n, or make the plan with --parts n", words));
  }
  const auto shard =
      parse_shard(has_count ? std::string(words) : fmt::format("{}/{}", words, plan.parts));
  if (!shard) {
    throw UsageError(fmt::format("--part {} is not a valid part", words),
                     plan.parts == 0 ? "write i/n, with i from 1 to n: --part 2/5"
                                     : fmt::format("write a number from 1 to {}", plan.parts));
  }
  if (plan.parts != 0 && shard->count != plan.parts) {
    throw UsageError(
        fmt::format("--part {}: the plan is one of {}", words, count_of(plan.parts, "part")),
        "every machine must split it into as many");
  }
  return *shard;
}

}  // namespace

PlanPart whole_plan(const SuitePlan& plan) {
  PlanPart part;
  part.positions.resize(plan.instances.size());
  std::iota(part.positions.begin(), part.positions.end(), std::size_t{0});
  return part;
}

std::vector<std::size_t> parts_of(const SuitePlan& plan, std::size_t count) {
  std::vector<std::string> names;
  std::vector<KnownDuration> expected;
  for (const PlannedInstance& one : plan.instances) {
    names.push_back(one.name);
    expected.push_back(one.expected);
  }
  return assign_shards(names, estimates(expected), count);
}

PlanPart part_of(const SuitePlan& plan, std::string_view words) {
  const Shard shard = shard_of(plan, words);
  const auto parts = parts_of(plan, shard.count);
  PlanPart part{.positions = {}, .title = fmt::format("part {}/{}", shard.index, shard.count)};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == shard.index) part.positions.push_back(i);
  }
  if (part.positions.empty()) {
    throw UsageError(fmt::format("{} is empty: the plan has only {}", part.title,
                                 count_of(plan.instances.size(), "instance")),
                     fmt::format("split it into at most {} parts", plan.instances.size()));
  }
  return part;
}

PlanPart named_part(const SuitePlan& plan, std::string_view text, const std::string& file) {
  const auto known = positions_by_name(plan);
  std::set<std::size_t> positions;
  int line = 0;
  while (!text.empty()) {
    ++line;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view name = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (name.empty() || name.starts_with('#')) continue;
    const auto found = known.find(name);
    if (found == known.end()) {
      throw UsageError(Place{file, line, 1},
                       fmt::format("'{}' is no instance of the plan", printable(name)),
                       "names must be exact; `uniharness run --plan FILE --list` prints them");
    }
    positions.insert(found->second);
  }
  if (positions.empty()) {
    throw UsageError(file + ": names no instance", "write one name a line");
  }
  return {.positions = {positions.begin(), positions.end()},
          .title = fmt::format("the instances of {}", printable(file))};
}

std::string render_part(const PlanFile& file, const PlanPart& part) {
  Json json = {{"uniharness_part", kPartSchema},
               {"plan", file.sha256},
               {"title", part.title},
               {"instances", Json::array()}};
  for (const std::size_t i : part.positions) {
    json["instances"].push_back(file.plan.instances[i].name);
  }
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

PlanPart part_from_json(std::string_view text, const std::string& name, const PlanFile& file) {
  const JsonPlace root{name, kPartHint};
  const Json json = is_valid_json(text, kPartDepth) ? Json::parse(text, nullptr, false) : Json();
  if (json.is_null() || json.is_discarded()) root.refuse("not JSON, or nested too deep");
  require_keys(json, root, {"uniharness_part", "plan", "title", "instances"});
  if (json["uniharness_part"] != kPartSchema) {
    root.member("uniharness_part")
        .refuse("this version reads parts of schema " + std::to_string(kPartSchema));
  }
  if (json["plan"] != file.sha256) root.member("plan").refuse("is not the plan beside it");
  const auto known = positions_by_name(file.plan);
  std::set<std::size_t> positions;
  for (const Json& one : read_array(json["instances"], root.member("instances"))) {
    const JsonPlace at = root.member("instances").item(positions.size());
    const auto found = known.find(read_text(one, at));
    if (found == known.end()) at.refuse("is no instance of the plan");
    if (!positions.insert(found->second).second) at.refuse("stands there twice");
  }
  if (positions.empty()) root.member("instances").refuse("at least one is expected");
  return {.positions = {positions.begin(), positions.end()},
          .title = read_shown_text(json["title"], root.member("title"))};
}

}  // namespace harness
