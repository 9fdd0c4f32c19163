// Regular expressions as scenarios use them: RE2 syntax, searched anywhere in one line. RE2 takes
// time linear in the text whatever the pattern, so no scenario can hang a run.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

class Pattern {
 public:
  /// A pattern that pattern_fault() refuses matches nothing.
  explicit Pattern(const std::string& pattern);
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  [[nodiscard]] bool found_in(std::string_view line) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

/// What RE2 says against a pattern, or nullopt where it is good.
std::optional<std::string> pattern_fault(const std::string& pattern);

/// The names of its groups, "" for each that has none; nothing where the pattern is no good.
std::vector<std::string> pattern_groups(const std::string& pattern);

}  // namespace harness
