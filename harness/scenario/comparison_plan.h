// A comparison file: which images are held side by side, and what is said about them.
//
//   name: Monolithic against unikernel
//   sides:
//     - {name: unikernel, scenario: session20.yaml}        # the first is what others are held
//     against
//     - {name: monolithic, scenario: monolithic.yaml}
//   calls:                                                  # optional: what one call costs
//     scenario: monolithic-modules.yaml
//     count: 10000                                          # calls that each number is for
//     rows: [{name: direct, metric: direct_call}]
//   peers:                                                  # optional: time to a first line
//     - {name: firmware, scenario: peers/seabios.yaml}
//   quoted:                                                 # optional: figures from elsewhere
//     - {what: image of the earlier kernel, value: 346 KB, source: its release notes}
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

struct ComparisonSide {
  std::string name;
  std::filesystem::path scenario;  // below the folder of the comparison file
};
/// A number of [METRIC] that is the cost of `ComparisonCalls::count` calls of one kind.
struct ComparisonCall {
  std::string name, metric;
};
struct ComparisonCalls {
  std::filesystem::path scenario;  // empty: no calls are compared
  std::uint64_t count = 0;
  std::vector<ComparisonCall> rows;
};
struct QuotedFigure {
  std::string what, value, source;
};
struct ComparisonPlan {
  std::string file, name, about;
  std::vector<ComparisonSide> sides;  // two or more, names differ
  ComparisonCalls calls;
  std::vector<ComparisonSide> peers;
  std::vector<QuotedFigure> quoted;
};

/// `name`: the file's path, for messages and to find the scenarios. Throws UsageError with every
/// mistake, at file:line:column. Any bytes.
ComparisonPlan parse_comparison(std::string_view text, const std::string& name);

/// Whether a text is meant as a comparison and not as a scenario: a map with `sides`. Any bytes.
bool is_comparison(std::string_view text);

}  // namespace harness
