#include "scenario/checks.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "check/table.h"
#include "model/param.h"
#include "scenario/shape.h"
#include "scenario/values.h"

namespace harness {
namespace {

std::string example_hint(const CheckKind& kind) {
  return fmt::format("for example: - {}", kind.example);
}

void unknown_kind(const Node& entry, Faults& faults) {
  std::vector<std::string_view> known;
  for (const CheckKind& kind : check_kinds()) known.push_back(kind.name);
  const std::string near = nearest(entry.key, known);
  const std::string meant = near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near);
  faults.add(
      entry.key_at,
      fmt::format("unknown check '{}'{}", printable(std::string_view(entry.key).substr(0, 80)),
                  meant),
      fmt::format("known checks: {}; `uniharness checks` describes them", fmt::join(known, ", ")));
}

/// The one entry of a list item, or nullptr after adding a fault.
const Node* entry_of(const Node& item, Faults& faults) {
  if (item.kind == Node::Kind::map && item.items.size() == 1) return &item.items.front();
  if (item.kind == Node::Kind::map && item.items.size() > 1) {
    faults.add(item.items[1].key_at,
               fmt::format("a check is one key, '{}' is a second", printable(item.items[1].key)),
               "start the next check with '- '; put parameters in braces: "
               "- timing: {name: Init, max: 200000}");
    return nullptr;
  }
  const CheckKind* bare = item.kind == Node::Kind::scalar ? find_check(item.text) : nullptr;
  faults.add(item.at,
             fmt::format("a check is one key with its value, this is {}",
                         item.kind == Node::Kind::map ? "an empty map" : kind_text(item.kind)),
             bare ? example_hint(*bare) : "for example: - ending: pass");
  return nullptr;
}

/// A value that is no map sets the kind's scalar parameter, and must then be all that it needs.
bool read_scalar(const Node& entry, const CheckKind& kind, CheckSpec& spec, Faults& faults) {
  const auto at = std::ranges::find(kind.params, kind.scalar, &ParamSpec::name);
  if (kind.scalar.empty() || at == kind.params.end()) {
    faults.add(entry.at,
               fmt::format("check '{}' takes parameters, not {}", kind.name, kind_text(entry.kind)),
               example_hint(kind));
    return false;
  }
  for (const ParamSpec& param : kind.params) {
    if (!param.required || param.name == kind.scalar) continue;
    faults.add(entry.at, fmt::format("check '{}' lacks the key '{}'", kind.name, param.name),
               example_hint(kind));
    return false;
  }
  ParamSpec as_written = *at;  // faults name the key that the user wrote: the kind
  as_written.name = kind.name;
  auto value = read_value(entry, as_written, faults);
  if (value) spec.params.emplace(kind.scalar, std::move(*value));
  return value.has_value();
}

bool read_params(const Node& entry, const CheckKind& kind, CheckSpec& spec, Faults& faults) {
  Shape shape{.name = fmt::format("check '{}'", kind.name), .params = {}, .one_of = kind.one_of};
  for (const ParamSpec& param : kind.params) shape.params.push_back(&param);
  for (auto& [name, given] : read_map(entry, shape, faults)) {
    spec.params.emplace(name, given.value);
  }
  return true;
}

std::optional<CheckSpec> read_check(const Node& item, Faults& faults) {
  const Node* entry = entry_of(item, faults);
  if (!entry) return std::nullopt;
  const CheckKind* kind = find_check(entry->key);
  if (!kind) {
    unknown_kind(*entry, faults);
    return std::nullopt;
  }
  CheckSpec spec{.kind = entry->key, .params = {}, .at = entry->key_at};
  if (kind->params.empty()) {
    if (entry->kind == Node::Kind::scalar && entry->text == "true") return spec;
    faults.add(entry->at, fmt::format("check '{}' has no parameters", kind->name),
               example_hint(*kind) + "; remove the line if it is not needed");
    return std::nullopt;
  }
  const bool good = entry->kind == Node::Kind::map ? read_params(*entry, *kind, spec, faults)
                                                   : read_scalar(*entry, *kind, spec, faults);
  return good ? std::optional(std::move(spec)) : std::nullopt;
}

}  // namespace

std::vector<CheckSpec> read_checks(const Node& list, Faults& faults) {
  std::vector<CheckSpec> checks;
  if (list.kind != Node::Kind::list) {
    faults.add(list.at, fmt::format("checks holds {}, must hold a list", kind_text(list.kind)),
               "write each check on a line of its own: - ending: pass");
    return checks;
  }
  for (const Node& item : list.items) {
    std::optional<CheckSpec> spec = read_check(item, faults);
    if (!spec) continue;
    const auto is_ending = [](const CheckSpec& check) {
      return has_role(check, CheckRole::ending);
    };
    const auto first = std::ranges::find_if(checks, is_ending);
    if (is_ending(*spec) && first != checks.end()) {
      faults.add(spec->at,
                 fmt::format("a second '{}' (first in line {})", spec->kind, first->at.line),
                 "a run has one expected ending: keep one of the two");
      continue;
    }
    checks.push_back(std::move(*spec));
  }
  return checks;
}

}  // namespace harness
