#include "scenario/shape.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"
#include "model/param.h"
#include "scenario/values.h"

namespace harness {
namespace {

const Node* find_key(const Node& map, std::string_view key) {
  const auto at = std::ranges::find(map.items, key, &Node::key);
  return at == map.items.end() ? nullptr : &*at;
}

std::vector<std::string_view> names_of(const Shape& shape) {
  std::vector<std::string_view> names;
  names.reserve(shape.params.size() + shape.others.size());
  for (const ParamSpec* spec : shape.params) names.push_back(spec->name);
  names.insert(names.end(), shape.others.begin(), shape.others.end());
  return names;
}

void unknown_key(const Node& entry, const Shape& shape, Faults& faults) {
  const std::vector<std::string_view> known = names_of(shape);
  const std::string near = nearest(entry.key, known);
  const std::string meant = near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near);
  faults.add(entry.key_at,
             fmt::format("unknown key '{}' in {}{}",
                         printable(std::string_view(entry.key).substr(0, 80)), shape.name, meant),
             fmt::format("{} takes: {}", shape.name, fmt::join(known, ", ")));
}

/// The given keys of a group, in the order of the file.
std::vector<const Node*> given_of(const Node& map, const std::vector<std::string_view>& group) {
  std::vector<const Node*> given;
  for (const Node& entry : map.items) {
    if (std::ranges::find(group, entry.key) != group.end()) given.push_back(&entry);
  }
  return given;
}

void check_groups(const Node& map, const Shape& shape, Faults& faults) {
  const std::vector<const Node*> chosen = given_of(map, shape.one_of);
  if (!shape.one_of.empty() && chosen.empty()) {
    faults.add(map.at,
               fmt::format("{} lacks one of: {}", shape.name, fmt::join(shape.one_of, ", ")),
               "give exactly one of them");
  }
  if (!shape.any_of.empty() && given_of(map, shape.any_of).empty()) {
    faults.add(map.at,
               fmt::format("{} lacks one of: {}", shape.name, fmt::join(shape.any_of, ", ")),
               "give at least one of them");
  }
  std::vector<std::vector<const Node*>> exclusive = {chosen};
  for (const auto& group : shape.at_most_one) exclusive.push_back(given_of(map, group));
  for (const auto& group : exclusive) {
    if (group.size() < 2) continue;
    faults.add(group[1]->key_at,
               fmt::format("'{}' and '{}' exclude each other in {}", group[0]->key, group[1]->key,
                           shape.name),
               "give only one of them");
  }
}

void check_presence(const Node& map, const Shape& shape, Faults& faults) {
  for (const ParamSpec* spec : shape.params) {
    const Node* entry = find_key(map, spec->name);
    if (spec->required && !entry) {
      faults.add(map.at, fmt::format("{} lacks the key '{}'", shape.name, spec->name),
                 fmt::format("add {}: {}", spec->name, accepted_text(*spec)));
    }
    if (entry && !spec->needs.empty() && !find_key(map, spec->needs)) {
      faults.add(
          entry->key_at,
          fmt::format("'{}' in {} needs '{}' beside it", spec->name, shape.name, spec->needs),
          fmt::format("add {}, or remove {}", spec->needs, spec->name));
    }
  }
}

void check_limits(const Values& values, const Shape& shape, Faults& faults) {
  const auto low = values.find("min");
  const auto high = values.find("max");
  if (low == values.end() || high == values.end()) return;
  const auto* least = std::get_if<std::uint64_t>(&low->second.value);
  const auto* most = std::get_if<std::uint64_t>(&high->second.value);
  if (!least || !most || *least <= *most) return;
  faults.add(high->second.at,
             fmt::format("max {} is below min {} in {}", *most, *least, shape.name),
             "no value can be within these limits: swap or correct them");
}

}  // namespace

Values read_map(const Node& map, const Shape& shape, Faults& faults) {
  Values values;
  if (map.kind != Node::Kind::map) {
    faults.add(map.at, fmt::format("{} holds {}, must hold keys", shape.name, kind_text(map.kind)),
               fmt::format("it takes: {}", fmt::join(names_of(shape), ", ")));
    return values;
  }
  for (const Node& entry : map.items) {
    const auto at = std::ranges::find(shape.params, entry.key,
                                      [](const ParamSpec* spec) { return spec->name; });
    if (at != shape.params.end()) {
      if (auto value = read_value(entry, **at, faults)) {
        values.emplace(entry.key, Given{std::move(*value), entry.at});
      }
      continue;
    }
    const bool known = std::ranges::find(shape.others, entry.key) != shape.others.end() ||
                       (shape.extensions && entry.key.starts_with("x-"));
    if (!known) unknown_key(entry, shape, faults);
  }
  check_presence(map, shape, faults);
  check_groups(map, shape, faults);
  check_limits(values, shape, faults);
  return values;
}

}  // namespace harness
