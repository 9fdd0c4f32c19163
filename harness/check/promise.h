// Numbers that a guest says, of which the highest counts: what it promised to keep, and what it has
// found again. Pure.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

class PromisePattern {
 public:
  /// `pattern`: RE2 with the group `value`. One that is no good, or has no such group, finds
  /// nothing.
  explicit PromisePattern(const std::string& pattern);
  ~PromisePattern();
  PromisePattern(const PromisePattern&) = delete;
  PromisePattern& operator=(const PromisePattern&) = delete;

  /// The number of the first match in a line. nullopt where there is none, or it is no whole number
  /// below 2^64.
  [[nodiscard]] std::optional<std::uint64_t> in_line(std::string_view line) const;
  /// The highest in the whole lines of a text: what stands behind its last line end was not said
  /// yet.
  [[nodiscard]] std::optional<std::uint64_t> highest(std::string_view text) const;
  /// The same for the first `ends[i]` bytes of a text, for each of them; they must rise.
  [[nodiscard]] std::vector<std::optional<std::uint64_t>> highest_by(
      std::string_view text, const std::vector<std::uint64_t>& ends) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace harness
