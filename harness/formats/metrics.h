// Numbers that a guest prints in words of its own: what `metrics:` finds in console text.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/record.h"

namespace harness {

/// Fed every line of console text, live and in a replay. Memory is bounded by `most` numbers.
class MetricReader {
 public:
  /// An entry whose pattern RE2 refuses, or that has no group `value`, finds nothing.
  MetricReader(const std::vector<MetricPattern>& entries, std::size_t most);
  ~MetricReader();
  MetricReader(const MetricReader&) = delete;
  MetricReader& operator=(const MetricReader&) = delete;

  /// A line without its end, and its number in the log. Any bytes. Of each entry every match in the
  /// line counts, up to a thousand.
  /// Where an entry is not in the line, it is looked for in the line without the prefixes of logs.
  void see(std::string_view line, std::uint64_t number);

  struct Result {
    std::vector<FoundMetric> found;  // in the order of their first lines
    std::vector<ProtocolError>
        protocol_errors;  // numbers that are none, or not whole; too many of a name
  };
  /// The end of the output. Call once, last.
  Result finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace harness
