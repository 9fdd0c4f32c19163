#include "suite/quarantine.h"

#include <fmt/format.h>

#include <chrono>

#include "base/files.h"
#include "model/param.h"
#include "scenario/faults.h"
#include "scenario/shape.h"
#include "scenario/yaml.h"
#include "suite/select.h"

namespace harness {
namespace {

const ParamSpec kName = {.name = "name", .required = true};
const ParamSpec kReason = {.name = "reason", .required = true};
const ParamSpec kUntil = {.name = "until", .required = true};

/// Whether `text` is a day of the calendar, as ISO 8601 writes it. Such texts compare as days do.
bool is_date(std::string_view text) {
  int year = 0, month = 0, day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) continue;
    if (text[i] < '0' || text[i] > '9') return false;
    int& part = i < 4 ? year : i < 7 ? month : day;
    part = part * 10 + (text[i] - '0');
  }
  return std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

QuarantineEntry read_entry(const Node& node, Faults& faults) {
  const Shape shape{.name = "an entry of the quarantine list",
                    .params = {&kName, &kReason, &kUntil}};
  const Values values = read_map(node, shape, faults);
  QuarantineEntry entry{.pattern = {}, .reason = {}, .until = {}, .at = node.at};
  for (auto& [key, into] :
       {std::pair{kName.name, &entry.pattern}, std::pair{kReason.name, &entry.reason},
        std::pair{kUntil.name, &entry.until}}) {
    const auto at = values.find(key);
    if (at != values.end()) *into = std::get<std::string>(at->second.value);
  }
  const auto until = values.find(kUntil.name);
  if (until != values.end() && !is_date(entry.until)) {
    faults.add(until->second.at, fmt::format("until: '{}' is not a date", entry.until),
               "write year, month and day: 2026-12-31");
  }
  return entry;
}

}  // namespace

std::vector<QuarantineEntry> parse_quarantine(std::string_view text, const std::string& file) {
  const Node root = parse_yaml(text, file);
  if (root.kind != Node::Kind::list) {
    throw UsageError(root.at,
                     fmt::format("a quarantine list is a list, this is {}", kind_text(root.kind)),
                     "write entries: - {name: 'boot*', reason: what is wrong, until: 2026-12-31}");
  }
  std::vector<QuarantineEntry> entries;
  entries.reserve(root.items.size());
  Faults faults;
  for (const Node& node : root.items) entries.push_back(read_entry(node, faults));
  faults.throw_if_any();
  return entries;
}

std::vector<QuarantineEntry> load_quarantine(const std::filesystem::path& file) {
  std::string text;
  try {
    text = read_file(file, kYamlBytes);
  } catch (const Error& error) {
    throw UsageError(error.what(), "give the quarantine list: --quarantine FILE");
  }
  return parse_quarantine(text, file.string());
}

std::vector<std::string> apply_quarantine(const std::vector<QuarantineEntry>& entries,
                                          std::string_view today, bool whole,
                                          std::vector<Instance>& instances) {
  std::vector<std::string> messages;
  for (const QuarantineEntry& entry : entries) {
    if (entry.until < today) {
      messages.push_back(fmt::format("{}: the quarantine of '{}' ended on {} and has no effect",
                                     entry.at.text(), entry.pattern, entry.until));
      continue;
    }
    bool used = false;
    for (Instance& instance : instances) {
      if (!matches(entry.pattern, instance.scenario.name)) continue;
      used = true;
      if (instance.quarantine.empty()) {
        instance.quarantine = fmt::format("until {}: {}", entry.until, entry.reason);
      }
    }
    if (!used && whole) {
      messages.push_back(
          fmt::format("{}: no instance is called '{}': remove it from the quarantine",
                      entry.at.text(), entry.pattern));
    }
  }
  return messages;
}

}  // namespace harness
