#include "formats/compiled_patterns.h"

#include <algorithm>

#include "base/text.h"
#include "formats/re2_options.h"

namespace harness {
namespace {

struct StatusWord {
  std::string_view text;
  wire::Status status;
};
constexpr auto kStatusWords = std::to_array<StatusWord>({
    {"ok", wire::Status::pass},         {"pass", wire::Status::pass},
    {"passed", wire::Status::pass},     {"success", wire::Status::pass},
    {"successful", wire::Status::pass}, {"succeeded", wire::Status::pass},
    {"done", wire::Status::pass},       {"good", wire::Status::pass},
    {"fail", wire::Status::fail},       {"failed", wire::Status::fail},
    {"failure", wire::Status::fail},    {"error", wire::Status::fail},
    {"not ok", wire::Status::fail},     {"bad", wire::Status::fail},
    {"flaky", wire::Status::fail},      {"skip", wire::Status::skip},
    {"skipped", wire::Status::skip},    {"ignored", wire::Status::skip},
    {"ignore", wire::Status::skip},     {"disabled", wire::Status::skip},
});

}  // namespace

std::optional<wire::Status> status_of_word(std::string_view word) {
  const auto* at = std::ranges::find_if(
      kStatusWords, [&](const StatusWord& one) { return equal_ignoring_case(word, one.text); });
  return at == kStatusWords.end() ? std::nullopt : std::optional(at->status);
}

PatternEntry::PatternEntry(PatternRole of, const std::string& text)
    : role(of), pattern(text, quiet_options()) {}

bool PatternEntry::find(re2::StringPiece text, std::size_t from, PatternGroups& groups) const {
  const int count = std::min(kMaxPatternGroups, 1 + pattern.NumberOfCapturingGroups());
  return pattern.Match(text, from, text.size(), re2::RE2::UNANCHORED, groups.data(), count);
}

std::optional<std::string_view> PatternEntry::group(const char* name,
                                                    const PatternGroups& groups) const {
  const auto& names = pattern.NamedCapturingGroups();
  const auto at = names.find(name);
  if (at == names.end() || at->second >= kMaxPatternGroups) return std::nullopt;
  const re2::StringPiece& piece = groups[static_cast<std::size_t>(at->second)];
  if (!piece.data()) return std::nullopt;
  return trimmed({piece.data(), piece.size()});
}

CompiledPatterns::CompiledPatterns(const TestPatterns& patterns)
    : set_(quiet_options(), re2::RE2::UNANCHORED) {
  for (std::size_t role = 0; role < std::size(kTestPatternKeys); ++role) {
    for (const std::string& text : patterns.*kTestPatternKeys[role].patterns) {
      auto entry = std::make_unique<PatternEntry>(static_cast<PatternRole>(role), text);
      if (!entry->pattern.ok() || set_.Add(text, nullptr) < 0) continue;
      has_[role] = true;
      ends_groups_ |= entry->has("ends_group");
      entries_.push_back(std::move(entry));
    }
  }
  set_ready_ = !entries_.empty() && set_.Compile();
}

void CompiledPatterns::match(re2::StringPiece line, std::vector<int>& matched) const {
  matched.clear();
  if (set_ready_ && set_.Match(line, &matched)) std::ranges::sort(matched);
}

}  // namespace harness
