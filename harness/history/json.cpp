#include "history/json.h"

#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "model/verdict.h"
#include "record/fields.h"

namespace harness::history {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxLineLength = 16u << 20;
constexpr std::size_t kMaxLineDepth = 8;
constexpr std::size_t kMaxTextLength = 4096;
std::string dumped(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}
const char* source_name(Source source) { return kSourceNames[static_cast<std::size_t>(source)]; }

Json fingerprint_json(const Fingerprint& print) {
  Json json = Json::object();
  const auto write = [&](const auto& field) {
    const auto& member = print.*field.member;
    if constexpr (std::is_same_v<decltype(member), const ClockKind&>) {
      json[std::string(field.key)] = clock_name(member);
    } else {
      json[std::string(field.key)] = member;
    }
  };
  std::apply([&](const auto&... fields) { (write(fields), ...); }, Fields<Fingerprint>::all);
  return json;
}

Json revision_json(const Revision& revision) {
  if (revision.commit.empty()) return nullptr;
  return {{"commit", revision.commit}, {"dirty", revision.dirty}};
}

Json samples_json(const std::vector<Sample>& samples) {
  Json json = Json::array();
  for (const Sample& sample : samples) json.push_back({sample.boot, sample.value});
  return json;
}

// ---- reading --------------------------------------------------------------------------------

/// Where the reader stands: a value, its path, and the line for messages.
struct Node {
  const Json* json;
  std::string path;
  const std::string* place;  // "file:line"

  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(*place + ": " + (path.empty() ? "" : path + ": ") + what,
                "nothing was imported; a line is what `uniharness history export` writes",
                ExitStatus::invalid_data);
  }
  [[nodiscard]] Node item(std::size_t i) const {
    return {&(*json)[i], path + "[" + std::to_string(i) + "]", place};
  }
  /// The object has this key; how many it has is checked by require_size().
  [[nodiscard]] Node member(const char* key) const {
    const std::string below = path.empty() ? key : path + "." + key;
    if (!json->is_object()) refuse("expected an object");
    const auto at = json->find(key);
    if (at == json->end()) Node{json, below, place}.refuse("missing");
    return {&*at, below, place};
  }
  [[nodiscard]] bool has(const char* key) const { return json->is_object() && json->contains(key); }
  void require_size(std::size_t keys) const {
    if (json->size() != keys) refuse("has keys that are unknown");
  }
  [[nodiscard]] std::string text() const {
    if (!json->is_string()) refuse("expected a text");
    std::string value = json->get<std::string>();
    if (value.size() > kMaxTextLength) refuse("longer than " + std::to_string(kMaxTextLength));
    if (value != printable(value)) refuse("has characters that are not printable");
    return value;
  }
  [[nodiscard]] std::uint64_t number() const {
    if (!json->is_number_unsigned()) refuse("expected a whole number, not below 0");
    return json->get<std::uint64_t>();
  }
  [[nodiscard]] std::size_t array_size() const {
    if (!json->is_array()) refuse("expected an array");
    return json->size();
  }
  template <std::size_t size>
  [[nodiscard]] std::size_t word(const char* const (&names)[size]) const {
    const std::string value = text();
    for (std::size_t i = 0; i < size; ++i) {
      if (value == names[i]) return i;
    }
    refuse("not one of the known words");
  }
};

Fingerprint read_fingerprint(const Node& node) {
  Fingerprint print;
  std::size_t known = 0;
  const auto read = [&](const auto& field) {
    if (field.since > 1 && !node.has(std::string(field.key).c_str())) return;
    ++known;
    auto& member = print.*field.member;
    const Node here = node.member(std::string(field.key).c_str());
    if constexpr (std::is_same_v<decltype(member), ClockKind&>) {
      member = static_cast<ClockKind>(here.word(EnumNames<ClockKind>::all));
    } else if constexpr (std::is_same_v<decltype(member), std::string&>) {
      member = here.text();
    } else {
      member = here.number();
    }
  };
  std::apply([&](const auto&... fields) { (read(fields), ...); }, Fields<Fingerprint>::all);
  node.require_size(known);
  return print;
}

Revision read_revision(const Node& node) {
  if (node.json->is_null()) return {};
  const Node commit = node.member("commit"), dirty = node.member("dirty");
  node.require_size(2);
  if (!dirty.json->is_boolean()) dirty.refuse("expected true or false");
  Revision revision = {commit.text(), dirty.json->get<bool>()};
  if (!is_hex(revision.commit, 40) && !is_hex(revision.commit, 64)) {
    commit.refuse("expected 40 or 64 lower-case hexadecimal digits");
  }
  return revision;
}

EntryMetric read_metric(const Node& node) {
  EntryMetric metric;
  metric.source = static_cast<Source>(node.member("source").word(kSourceNames));
  metric.name = node.member("name").text();
  metric.unit = node.member("unit").text();
  const Node samples = node.member("samples");
  node.require_size(4);
  if (metric.name.empty()) node.member("name").refuse("is empty");
  if (samples.array_size() == 0) samples.refuse("is empty");
  for (std::size_t i = 0; i < samples.array_size(); ++i) {
    const Node pair = samples.item(i);
    if (pair.array_size() != 2) pair.refuse("expected [boot, value]");
    const Sample sample = {pair.item(0).number(), pair.item(1).number()};
    const std::uint64_t last = i == 0 ? 0 : metric.samples.back().boot;
    if (sample.boot <= last || sample.boot > 1'000'000) pair.refuse("boots must rise from 1");
    metric.samples.push_back(sample);
  }
  return metric;
}

Entry read_entry(const Node& root) {
  const Node schema = root.member("schema");
  if (schema.number() != kLineSchema) {
    schema.refuse("this version reads schema " + std::to_string(kLineSchema) + " only");
  }
  Entry entry;
  entry.identity = root.member("identity").text();
  if (!is_hex(entry.identity, 64)) {
    root.member("identity").refuse("expected 64 lower-case hexadecimal digits");
  }
  entry.scenario = root.member("scenario").text();
  if (entry.scenario.empty()) root.member("scenario").refuse("is empty");
  entry.started_at = root.member("started_at").text();
  if (!is_time(entry.started_at)) root.member("started_at").refuse("expected YYYY-MM-DDThh:mm:ssZ");
  const auto verdict = verdict_of(root.member("verdict").text());
  if (!verdict) root.member("verdict").refuse("not the name of a verdict");
  entry.verdict = *verdict;
  entry.uniharness_version = root.member("uniharness_version").text();
  entry.revision = read_revision(root.member("git"));
  entry.fingerprint = read_fingerprint(root.member("fingerprint"));
  const Node metrics = root.member("metrics");
  constexpr char kDisk[] = "waits_for_disk";
  if (root.has(kDisk)) {
    const Node disk = root.member(kDisk);
    if (!disk.json->is_boolean()) disk.refuse("expected true or false");
    entry.waits_for_disk = disk.json->get<bool>();
  }
  root.require_size(entry.waits_for_disk ? 10 : 9);
  std::set<std::tuple<Source, std::string, std::string>> seen;
  for (std::size_t i = 0; i < metrics.array_size(); ++i) {
    entry.metrics.push_back(read_metric(metrics.item(i)));
    const EntryMetric& metric = entry.metrics.back();
    if (!seen.insert({metric.source, metric.name, metric.unit}).second) {
      metrics.item(i).refuse("is there twice");
    }
  }
  return entry;
}

/// Parses a line. The library keeps the last of two equal keys silently; here they are a fault.
Json parse_line(std::string_view line, const std::string& place) {
  const Node root = {nullptr, "", &place};
  if (line.size() > kMaxLineLength) root.refuse("the line is longer than any entry");
  if (!is_valid_json(line, kMaxLineDepth)) root.refuse("is not JSON, or is nested too deep");
  std::vector<std::set<std::string>> keys;
  bool twice = false;
  Json json = Json::parse(line, [&](int, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key) {
      twice |= !keys.back().insert(value.get<std::string>()).second;
    }
    return true;
  });
  if (twice) root.refuse("has a key twice");
  return json;
}

// ---- what --json prints ---------------------------------------------------------------------

Json key_json(const SeriesKey& key) {
  return {{"scenario", key.scenario},
          {"clock", clock_name(key.clock)},
          {"source", source_name(key.source)},
          {"metric", key.metric},
          {"unit", key.unit}};
}

Json stretch_json(const Segment& segment) {
  Json points = Json::array(), steps = Json::array();
  for (const Point& point : segment.points) {
    points.push_back({{"started_at", point.started_at},
                      {"git", revision_json(point.revision)},
                      {"image_sha256", point.image_sha256},
                      {"median", point.value},
                      {"samples", samples_json(point.samples)}});
  }
  for (const stats::ChangePoint& step : segment.change_points) {
    steps.push_back({{"at", step.at},
                     {"before", step.before},
                     {"after", step.after},
                     {"p", segment.exact ? Json(nullptr) : Json(step.p)},
                     {"last_before", revision_json(segment.points[step.at - 1].revision)},
                     {"first_after", revision_json(segment.points[step.at].revision)}});
  }
  return {{"fingerprint", fingerprint_json(segment.environment)},
          {"exact", segment.exact},
          {"points", std::move(points)},
          {"steps", std::move(steps)}};
}

}  // namespace

std::string to_line(const Entry& entry) {
  Json metrics = Json::array();
  for (const EntryMetric& metric : entry.metrics) {
    metrics.push_back({{"source", source_name(metric.source)},
                       {"name", metric.name},
                       {"unit", metric.unit},
                       {"samples", samples_json(metric.samples)}});
  }
  Json json = {{"schema", kLineSchema},
               {"identity", entry.identity},
               {"scenario", entry.scenario},
               {"started_at", entry.started_at},
               {"verdict", verdict_name(entry.verdict)},
               {"uniharness_version", entry.uniharness_version},
               {"git", revision_json(entry.revision)},
               {"fingerprint", fingerprint_json(entry.fingerprint)}};
  // Left out where it is not known, as in what was written before it was kept.
  if (entry.waits_for_disk) json["waits_for_disk"] = *entry.waits_for_disk;
  json["metrics"] = std::move(metrics);
  return dumped(json);
}

std::vector<Entry> entries_from_lines(std::string_view text, const std::string& name) {
  std::vector<Entry> entries;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    const std::string place = name + ":" + std::to_string(number);
    const Json json = parse_line(line, place);
    entries.push_back(read_entry({&json, "", &place}));
  }
  return entries;
}

std::string to_json(std::span<const Holding> holdings) {
  Json all = Json::array();
  for (const Holding& holding : holdings) {
    Json one = key_json(holding.key);
    one["runs"] = holding.runs;
    one["samples"] = holding.samples;
    all.push_back(std::move(one));
  }
  return dumped({{"schema", kLineSchema}, {"series", std::move(all)}}, 1);
}

std::string to_json(std::span<const NumberSeries> series) {
  Json all = Json::array();
  for (const NumberSeries& one : series) {
    Json json = key_json(one.key);
    json["left_out"] = one.left_out;
    json["segments"] = Json::array();
    for (const Segment& segment : one.segments) {
      json["segments"].push_back(stretch_json(segment));
    }
    all.push_back(std::move(json));
  }
  return dumped({{"schema", kLineSchema}, {"series", std::move(all)}}, 1);
}

std::string to_json(const Calibration& calibration) {
  Json groups = Json::array();
  for (const CalibrationGroup& group : calibration.groups) {
    Json thresholds = Json::array();
    for (const ThresholdResult& result : group.thresholds) {
      thresholds.push_back({{"threshold", result.threshold},
                            {"flagged", result.flagged},
                            {"real", result.real},
                            {"false_alarms", result.false_alarms},
                            {"undecided", result.undecided},
                            {"inconclusive", result.inconclusive},
                            {"rate", result.rate},
                            {"interval", {result.low, result.high}},
                            {"noisiest", result.noisiest}});
    }
    groups.push_back({{"scenario", group.scenario},
                      {"clock", clock_name(group.clock)},
                      {"runs", group.runs},
                      {"pairs", group.pairs},
                      {"not_passed", group.not_passed},
                      {"exact", group.exact},
                      {"noisy", group.noisy},
                      {"left_out", group.left_out},
                      {"unlike", group.unlike},
                      {"enough", group.enough},
                      {"thresholds", std::move(thresholds)}});
  }
  return dumped({{"schema", kLineSchema}, {"confidence", 0.95}, {"groups", std::move(groups)}}, 1);
}

}  // namespace harness::history
