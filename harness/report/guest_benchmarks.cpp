#include "report/guest_benchmarks.h"

#include <wire/benchmark.h>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "base/json.h"

namespace harness {
namespace {

namespace key = wire::benchmark;

/// A member of an object, where it is there and of its kind.
bool read(const nlohmann::json& object, const char* name, std::uint64_t& value) {
  const auto at = object.find(name);
  if (at == object.end() || !at->is_number_unsigned()) return false;
  value = at->get<std::uint64_t>();
  return true;
}
bool read(const nlohmann::json& object, const char* name, std::string& value) {
  const auto at = object.find(name);
  if (at == object.end() || !at->is_string()) return false;
  value = at->get<std::string>();
  return true;
}

std::vector<GuestCounter> counters_of(const nlohmann::json& object) {
  std::vector<GuestCounter> counters;
  const auto list = object.find(key::kCounters);
  if (list == object.end() || !list->is_array()) return counters;
  for (const nlohmann::json& entry : *list) {
    GuestCounter counter;
    std::uint64_t flags = 0;
    if (!entry.is_object() || !read(entry, key::kName, counter.name)) continue;
    const auto value = entry.find(key::kValue);
    if (value == entry.end() || !value->is_number()) continue;  // "inf" and "nan" are texts
    counter.value = value->get<double>();
    read(entry, key::kFlags, flags);
    counter.flags = static_cast<std::uint32_t>(flags);
    counters.push_back(std::move(counter));
  }
  return counters;
}

std::optional<GuestBenchmark> benchmark_of(const std::string& text) {
  // Most [JSON] lines are something else, and parsing costs.
  if (text.find(key::kObject) == text.npos || !is_valid_json(text)) return std::nullopt;
  const nlohmann::json line = nlohmann::json::parse(text, nullptr, false);
  if (!line.is_object() || line.size() != 1) return std::nullopt;
  const auto object = line.find(key::kObject);
  if (object == line.end() || !object->is_object()) return std::nullopt;
  GuestBenchmark one;
  if (!read(*object, key::kName, one.name) || one.name.empty()) return std::nullopt;
  read(*object, key::kFamily, one.family);
  read(*object, key::kInstance, one.instance);
  read(*object, key::kRepetitions, one.repetitions);
  read(*object, key::kRepetition, one.repetition);
  read(*object, key::kTimeUnit, one.time_unit);
  read(*object, key::kLabel, one.label);
  if (read(*object, key::kError, one.error)) {
    if (one.error.empty()) one.error = "an error without a message";
    return one;
  }
  const bool measured = read(*object, key::kIterations, one.iterations) && one.iterations > 0 &&
                        read(*object, key::kCycles, one.cycles);
  if (!measured) return std::nullopt;
  read(*object, key::kItems, one.items);
  read(*object, key::kBytes, one.bytes);
  one.counters = counters_of(*object);
  return one;
}

}  // namespace

std::vector<GuestBenchmark> guest_benchmarks(const Events& events) {
  std::vector<GuestBenchmark> all;
  for (const std::string& text : events.json) {
    if (auto one = benchmark_of(text)) all.push_back(std::move(*one));
  }
  return all;
}

double counter_value(const GuestCounter& counter, std::uint64_t iterations, double seconds) {
  double value = counter.value;
  if (counter.flags & key::kIsRate) value /= seconds;
  if (counter.flags & key::kIsIterationInvariant) value *= static_cast<double>(iterations);
  if (counter.flags & key::kAverageOfIterations) value /= static_cast<double>(iterations);
  if (counter.flags & key::kInvert) value = 1 / value;
  return value;
}

}  // namespace harness
