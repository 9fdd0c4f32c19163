// The patterns of a scenario's `tests:`, or of a ready format, compiled: what each says where it
// matches.
#pragma once

#include <re2/re2.h>
#include <re2/set.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/formats.h"
#include "model/record.h"

namespace harness {

inline constexpr int kMaxPatternGroups = 24;
/// What the groups of a pattern took, the whole match first.
using PatternGroups = std::array<re2::StringPiece, kMaxPatternGroups>;

/// What a word of a status means ("ok", "FAILED"), in any case; nullopt: it is not known.
std::optional<wire::Status> status_of_word(std::string_view word);

/// Of a pattern, in the order of kTestPatternKeys: of two in one line the first is looked at first.
enum class PatternRole { group, start, result, fail, skip, pass, plan, summary, end };
constexpr bool is_result(PatternRole role) {
  return role >= PatternRole::result && role <= PatternRole::pass;
}

struct PatternEntry {
  PatternEntry(PatternRole of, const std::string& text);
  PatternRole role;
  re2::RE2 pattern;

  [[nodiscard]] bool has(const char* name) const {
    return pattern.NamedCapturingGroups().contains(name);
  }
  /// Where the pattern matches next, from the byte `from` of the text on; false: nowhere.
  [[nodiscard]] bool find(re2::StringPiece text, std::size_t from, PatternGroups& groups) const;
  /// The text of a named group, without blanks around it; nullopt where the pattern has none, or it
  /// took no part.
  [[nodiscard]] std::optional<std::string_view> group(const char* name,
                                                      const PatternGroups& groups) const;
};

/// All patterns, and a set that tells in one pass which of them a line can match. What does not
/// compile is left out: the scenario says so before.
class CompiledPatterns {
 public:
  explicit CompiledPatterns(const TestPatterns& patterns);

  /// The entries that a line can match, in the order of their roles.
  void match(re2::StringPiece line, std::vector<int>& matched) const;
  [[nodiscard]] const PatternEntry& entry(int index) const {
    return *entries_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] bool has(PatternRole role) const { return has_[static_cast<std::size_t>(role)]; }
  /// Whether every group says that it ends, in a summary with a group `ends_group`.
  [[nodiscard]] bool ends_groups() const { return ends_groups_; }

 private:
  std::vector<std::unique_ptr<PatternEntry>> entries_;
  re2::RE2::Set set_;
  bool set_ready_ = false, ends_groups_ = false;
  std::array<bool, std::size(kTestPatternKeys)> has_{};
};

}  // namespace harness
