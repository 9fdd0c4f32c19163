#include "scenario/comparison_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "model/param.h"
#include "scenario/shape.h"
#include "scenario/yaml.h"

namespace harness {
namespace {

using Type = ParamType;
namespace fs = std::filesystem;

constexpr std::size_t kMaxRows = 32;

const ParamSpec kRoot[] = {
    {.name = "name", .type = Type::text, .required = true, .help = "Title of the report."},
    {.name = "about", .type = Type::prose, .help = "What is compared, and why."},
};
const ParamSpec kSide[] = {
    {.name = "name", .type = Type::text, .required = true, .help = "Name in the tables."},
    {.name = "scenario", .type = Type::text, .required = true, .help = "Scenario to boot."},
};
const ParamSpec kCalls[] = {
    {.name = "scenario", .type = Type::text, .required = true, .help = "Scenario that measures."},
    {.name = "count",
     .type = Type::count,
     .required = true,
     .help = "Calls that each number is for.",
     .within = {1, 1'000'000'000}},
};
const ParamSpec kCall[] = {
    {.name = "name", .type = Type::text, .required = true, .help = "Kind of call."},
    {.name = "metric", .type = Type::text, .required = true, .help = "Its [METRIC] line."},
};
const ParamSpec kQuote[] = {
    {.name = "what", .type = Type::text, .required = true, .help = "What the figure is of."},
    {.name = "value", .type = Type::text, .required = true, .help = "The figure, as it stands."},
    {.name = "source", .type = Type::text, .required = true, .help = "Who says so."},
};

Shape shape_of(std::string name, std::span<const ParamSpec> params,
               std::vector<std::string_view> others = {}) {
  Shape shape{.name = std::move(name), .params = {}, .others = std::move(others)};
  for (const ParamSpec& spec : params) shape.params.push_back(&spec);
  return shape;
}

/// The text of a key; empty where it is not given, which read_map() has found fault with if it
/// must be.
std::string text_of(const Values& values, std::string_view key) {
  const auto at = values.find(key);
  return at == values.end() ? std::string() : std::get<std::string>(at->second.value);
}

const Node* child(const Node& map, std::string_view key) {
  const auto at = std::ranges::find(map.items, key, &Node::key);
  return at == map.items.end() ? nullptr : &*at;
}

class PlanReader {
 public:
  explicit PlanReader(const std::string& file) : folder_(fs::path(file).parent_path()) {}

  ComparisonPlan read(const Node& root) {
    ComparisonPlan plan;
    const Shape shape = shape_of("the comparison", kRoot, {"sides", "calls", "peers", "quoted"});
    const Values values = read_map(root, shape, faults_);
    plan.name = text_of(values, "name");
    plan.about = text_of(values, "about");
    read_sides(root, plan);
    if (const Node* calls = child(root, "calls")) read_calls(*calls, plan.calls);
    each(child(root, "peers"), "a peer", kSide, [&](const Values& row, const Node&) {
      plan.peers.push_back({text_of(row, "name"), folder_ / text_of(row, "scenario")});
    });
    each(child(root, "quoted"), "a quoted figure", kQuote, [&](const Values& row, const Node&) {
      plan.quoted.push_back({text_of(row, "what"), text_of(row, "value"), text_of(row, "source")});
    });
    faults_.throw_if_any();
    return plan;
  }

 private:
  template <class Row>
  void each(const Node* list, const std::string& name, std::span<const ParamSpec> params,
            Row&& row) {
    if (!list) return;
    if (list->kind != Node::Kind::list || list->items.empty() || list->items.size() > kMaxRows) {
      faults_.add(list->at, fmt::format("{} must be a list of 1 to {}", list->key, kMaxRows),
                  "each is a map: - {name: ..., ...}");
      return;
    }
    const Shape shape = shape_of(name, params);
    for (const Node& item : list->items) row(read_map(item, shape, faults_), item);
  }

  void read_sides(const Node& root, ComparisonPlan& plan) {
    const Node* list = child(root, "sides");
    if (!list || (list->kind == Node::Kind::list && list->items.size() < 2)) {
      faults_.add(list ? list->at : root.at, "a comparison has two sides at least",
                  "sides: [{name: a, scenario: a.yaml}, {name: b, scenario: b.yaml}]");
      return;
    }
    each(list, "a side", kSide, [&](const Values& row, const Node& item) {
      ComparisonSide side{text_of(row, "name"), folder_ / text_of(row, "scenario")};
      const auto same = std::ranges::find(plan.sides, side.name, &ComparisonSide::name);
      if (same != plan.sides.end()) {
        faults_.add(item.at, fmt::format("two sides are called '{}'", side.name),
                    "give each a name of its own");
      }
      plan.sides.push_back(std::move(side));
    });
  }

  void read_calls(const Node& map, ComparisonCalls& calls) {
    const Values values = read_map(map, shape_of("calls", kCalls, {"rows"}), faults_);
    calls.scenario = folder_ / text_of(values, "scenario");
    const auto count = values.find("count");
    if (count != values.end()) calls.count = std::get<std::uint64_t>(count->second.value);
    const Node* rows = child(map, "rows");
    if (!rows) faults_.add(map.at, "calls lacks the key 'rows'", "rows: [{name:, metric:}]");
    each(rows, "a kind of call", kCall, [&](const Values& row, const Node&) {
      calls.rows.push_back({text_of(row, "name"), text_of(row, "metric")});
    });
  }

  fs::path folder_;
  Faults faults_;
};

}  // namespace

bool is_comparison(std::string_view text) {
  if (text.find("sides") == text.npos) return false;  // most files: not worth parsing twice
  try {
    const Node root = parse_yaml(text, "");
    return root.kind == Node::Kind::map && child(root, "sides") != nullptr;
  } catch (const UsageError&) {
    return false;  // whoever loads it reports what is wrong
  }
}

ComparisonPlan parse_comparison(std::string_view text, const std::string& name) {
  const Node root = parse_yaml(text, name);
  if (root.kind != Node::Kind::map) {
    throw UsageError(root.at,
                     fmt::format("a comparison is a map of keys, this is {}", kind_text(root.kind)),
                     "start with its name: name: old against new");
  }
  ComparisonPlan plan = PlanReader(name).read(root);
  plan.file = name;
  return plan;
}

}  // namespace harness
