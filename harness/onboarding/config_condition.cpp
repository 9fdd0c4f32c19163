#include "onboarding/config_condition.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace harness::onboarding {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    const auto* end = std::ranges::find_if(text, is_blank);
    words.push_back(text.substr(0, static_cast<std::size_t>(end - text.begin())));
    text.remove_prefix(words.back().size());
  }
  return words;
}

/// A plain word, or the value of "$KEY", ${KEY}; in quotes or without.
std::optional<std::string> value_of(std::string_view word, const Configuration& configuration) {
  for (const char quote : {'"', '\''}) {
    if (word.size() < 2 || word.front() != quote || word.back() != quote) continue;
    word = word.substr(1, word.size() - 2);
    if (quote == '\'' && word.find('$') != word.npos) return std::nullopt;
    break;
  }
  const bool variable = word.starts_with('$');
  if (variable) {
    word.remove_prefix(1);
    if (word.starts_with('{') && word.ends_with('}')) word = word.substr(1, word.size() - 2);
    if (word.empty() || !std::ranges::all_of(word, is_name_char)) return std::nullopt;
    const auto at = configuration.find(word);
    return at == configuration.end() ? "" : at->second;
  }
  const auto is_plain = [](char c) { return is_name_char(c) || c == '-' || c == '.' || c == '/'; };
  if (!std::ranges::all_of(word, is_plain)) return std::nullopt;
  return std::string(word);
}

/// One comparison in its brackets.
std::optional<bool> comparison(std::string_view text, const Configuration& configuration) {
  const auto words = words_of(text);
  const bool two = words.size() > 2 && words.front() == "[[" && words.back() == "]]";
  const bool one = words.size() > 2 && words.front() == "[" && words.back() == "]";
  if (!two && !one) return std::nullopt;
  if (words.size() == 4 && (words[1] == "-z" || words[1] == "-n")) {
    const auto value = value_of(words[2], configuration);
    if (!value) return std::nullopt;
    return value->empty() == (words[1] == "-z");
  }
  if (words.size() != 5) return std::nullopt;
  const auto left = value_of(words[1], configuration), right = value_of(words[3], configuration);
  if (!left || !right) return std::nullopt;
  if (words[2] == "=" || words[2] == "==") return *left == *right;
  if (words[2] == "!=") return *left != *right;
  return std::nullopt;
}

}  // namespace

Configuration parse_configuration(std::string_view text) {
  constexpr std::size_t kMaxKeys = 1000;
  Configuration found;
  while (!text.empty() && found.size() < kMaxKeys) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = line.find('=');
    if (equals == line.npos || equals == 0) continue;
    const std::string_view key = line.substr(0, equals);
    std::string_view value = line.substr(equals + 1);
    if (!std::ranges::all_of(key, is_name_char)) continue;
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    found.insert_or_assign(std::string(key), std::string(value));
  }
  return found;
}

std::optional<bool> condition_holds(std::string_view condition,
                                    const Configuration& configuration) {
  std::optional<bool> so_far;
  bool wants_all = false;  // && stood before
  while (true) {
    const std::size_t both = condition.find("&&"), either = condition.find("||");
    const std::size_t end = std::min({both, either, condition.size()});
    const auto one = comparison(condition.substr(0, end), configuration);
    if (!one) return std::nullopt;
    so_far = !so_far ? *one : wants_all ? (*so_far && *one) : (*so_far || *one);
    if (end == condition.size()) return so_far;
    wants_all = end == both;
    condition.remove_prefix(end + 2);
  }
}

}  // namespace harness::onboarding
