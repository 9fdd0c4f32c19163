#include "compare/samples_wanted.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "stats/decide.h"

namespace harness {

std::string samples_wanted(const Measurements& side, std::size_t family) {
  std::optional<std::size_t> fewest;
  for (const Series& series : side.series) {
    if (!series.noisy || !series.fault.empty()) continue;
    fewest = std::min(fewest.value_or(series.samples.size()), series.samples.size());
  }
  stats::DecisionRules rules;
  rules.family = family;
  const std::size_t wanted = stats::fewest_samples(rules);
  if (!fewest || *fewest >= wanted) return {};
  const std::pair<std::string, std::string> host{"clock", "host"};
  const bool boots = std::ranges::count(side.fingerprint, host) != 0;
  // Of boots by host time the first is warm-up and gives no sample.
  const std::string how = boots
                              ? fmt::format("--boots {} or more (the first is warm-up)", wanted + 1)
                              : fmt::format("{} repetitions or more", wanted);
  return fmt::format(
      "{} {} of a noisy number, and it takes {} of each side to tell {} {} apart: measure with {}",
      *fewest, *fewest == 1 ? "sample" : "samples", wanted, family,
      family == 1 ? "number" : "numbers", how);
}

}  // namespace harness
