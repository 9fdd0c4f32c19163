// Which results a line says, where several patterns of results match in it, and each at several
// places.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "formats/compiled_patterns.h"

namespace harness {

/// A place where a pattern of a result matches.
struct ResultInLine {
  const PatternEntry* entry;
  PatternGroups groups;
  std::optional<wire::Status> said;  // nullopt: a word of a status that is not known
  bool named;                        // the pattern has a group `name`

  [[nodiscard]] wire::Status status() const { return said.value_or(wire::Status::fail); }
  [[nodiscard]] const char* begin() const { return groups[0].data(); }
  [[nodiscard]] const char* end() const { return begin() + groups[0].size(); }
};

/// Keeps its buffers from line to line.
class ResultsInLine {
 public:
  /// The results of `text` by those of `matched` that are of results, in the order in which they
  /// stand there. Of those that overlap the worst counts; one without a name only where none with a
  /// name says the like, or worse. Valid until the next call.
  std::span<const ResultInLine* const> find(const CompiledPatterns& patterns,
                                            std::span<const int> matched, re2::StringPiece text);
  /// How many patterns matched at more places than are read, 1,000 each.
  [[nodiscard]] std::uint64_t cut() const { return cut_; }

 private:
  void collect(const PatternEntry& entry, re2::StringPiece text);

  std::vector<ResultInLine> places_;
  std::vector<const ResultInLine*> chosen_;
  std::uint64_t cut_ = 0;
};

}  // namespace harness
