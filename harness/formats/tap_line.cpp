#include "formats/tap_line.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "formats/results.h"

namespace harness {
namespace {

constexpr std::size_t kTabStop = 8;

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_word_end(std::string_view text) { return text.empty() || is_blank(text.front()); }

/// Cuts the indentation off.
std::size_t take_indent(std::string_view& text) {
  std::size_t columns = 0;
  while (!text.empty() && is_blank(text.front())) {
    columns = text.front() == '\t' ? (columns / kTabStop + 1) * kTabStop : columns + 1;
    text.remove_prefix(1);
  }
  return columns;
}

bool read_version(std::string_view text, TapLine& line) {
  line.of_the_kernel = take(text, "KTAP version ");
  if (!line.of_the_kernel && !take(text, "TAP version ")) return false;
  if (!take_number(text, line.count) || !text.empty()) return false;
  line.known_version = line.of_the_kernel ? line.count == 1 : line.count == 13 || line.count == 14;
  return true;
}

/// `text` may be the whole of a line of this kind, or of an odd one.
TapKind read_plan(std::string_view text, TapLine& line) {
  if (!take(text, "1..") || !take_number(text, line.count) || !is_word_end(text)) {
    return TapKind::text;
  }
  line.rest = trimmed(text);
  std::string_view todo = line.rest;
  const bool excuses = take(todo, "todo ") && todo.find_first_not_of("0123456789 ;") == todo.npos;
  const bool known = line.rest.empty() || line.rest.front() == '#' || excuses;
  return known ? TapKind::plan : TapKind::odd_plan;
}

bool read_result(std::string_view text, TapLine& line) {
  line.failed = take(text, "not ");
  if (!take(text, "ok") || !is_word_end(text)) return false;
  std::string_view behind = trimmed(text);
  line.rest = behind;
  std::uint64_t number = 0;
  const bool ended = take_number(behind, number) &&
                     (is_word_end(behind) || behind.front() == '-' || behind.front() == '#');
  if (ended) {
    line.number = number;
    line.rest = trimmed(behind);
  }
  return true;
}

bool read_bail_out(std::string_view text, TapLine& line) {
  constexpr std::string_view kWords = "BAIL OUT!";
  if (!starts_ignoring_case(text, kWords)) return false;
  line.rest = trimmed(text.substr(kWords.size()));
  return true;
}

TapKind kind_of(std::string_view text, TapLine& line) {
  if (read_version(text, line)) return TapKind::version;
  if (const TapKind plan = read_plan(text, line); plan != TapKind::text) return plan;
  if (read_result(text, line)) return TapKind::result;
  if (read_bail_out(text, line)) return TapKind::bail_out;
  if (line.rest = text; take(line.rest, "pragma ")) return TapKind::pragma;
  return TapKind::text;
}

/// "# ok 1 name" and "# # Totals: ..." are the line of a level below the comment.
void read_comment(TapLine& line) {
  std::string_view text = line.text;
  std::size_t indent = line.indent;
  line.kind = TapKind::comment;
  line.text = trimmed(line.text.substr(1));
  while (take(text, "# ")) {
    indent += kCommentColumns;
    indent += take_indent(text);
    const TapKind kind = kind_of(text, line);
    if (kind == TapKind::text && !text.starts_with('#')) return;
    line.indent = indent;
    line.text = text;
    line.kind = kind;
    if (kind != TapKind::text) return;
    line.kind = TapKind::comment;
    line.text = trimmed(text.substr(1));
  }
}

struct DirectiveWord {
  std::string_view text;
  TapDirective directive;
};
constexpr auto kDirectives = std::to_array<DirectiveWord>({{"SKIP", TapDirective::skip},
                                                           {"SKIPPED", TapDirective::skip},
                                                           {"TODO", TapDirective::todo},
                                                           {"XFAIL", TapDirective::xfail},
                                                           {"TIMEOUT", TapDirective::timeout},
                                                           {"ERROR", TapDirective::error}});

TapDirective directive_of(std::string_view text) {
  const auto end = std::ranges::find_if_not(text, is_letter);
  const std::string_view word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  if (end != text.end() && (is_digit(*end) || *end == '_' || *end == '='))
    return TapDirective::none;
  const auto* at = std::ranges::find_if(
      kDirectives, [&](const DirectiveWord& one) { return equal_ignoring_case(word, one.text); });
  return at == kDirectives.end() ? TapDirective::none : at->directive;
}

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '#' || text[i + 1] == '\\');
    if (escape) ++i;
    plain += text[i];
  }
  return plain;
}

/// Where a message of the kernel stands in a name: "name[    1.234567] message". printk writes six
/// decimals. The whole size where there is none.
std::size_t stamp_in(std::string_view text) {
  constexpr std::size_t kDecimals = 6;
  for (std::size_t at = text.find('['); at != text.npos; at = text.find('[', at + 1)) {
    std::size_t i = at + 1;
    while (i < text.size() && text[i] == ' ') ++i;
    const std::size_t whole = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    if (i == whole || i + kDecimals + 1 >= text.size() || text[i] != '.') continue;
    const std::string_view decimals = text.substr(i + 1, kDecimals);
    if (std::ranges::all_of(decimals, is_digit) && text[i + 1 + kDecimals] == ']') return at;
  }
  return text.size();
}

/// "looking for 'not ok 2 b' in the log": a sign before it, and the same behind it.
bool is_quoted(std::string_view text, std::size_t at) {
  constexpr std::string_view kQuotes = "'\"`";
  const char sign = text[at - 1] == '`' && text.find('`', at) == text.npos ? '\'' : text[at - 1];
  return contains(kQuotes, text.substr(at - 1, 1)) && text.find(sign, at) != text.npos;
}

}  // namespace

TapLine read_tap_line(std::string_view line) {
  TapLine read;
  read.indent = take_indent(line);
  read.text = trimmed(line);
  const std::string_view text = read.text;
  if (text.starts_with('#')) {
    read_comment(read);
  } else if (text == "---" || text.starts_with("--- ")) {
    read.kind = TapKind::yaml;
  } else if (text == "}") {
    read.kind = TapKind::brace;
  } else {
    read.kind = kind_of(text, read);
  }
  return read;
}

bool plan_excuses(std::string_view rest, std::uint64_t number) {
  if (!take(rest, "todo")) return false;
  std::uint64_t one = 0;
  for (rest = trimmed(rest); take_number(rest, one); rest = trimmed(rest)) {
    if (one == number) return true;
  }
  return false;
}

std::vector<GluedFailure> glued_failures(std::string_view text, std::size_t most) {
  constexpr std::string_view kNotOk = "not ok ";
  std::vector<GluedFailure> found;
  for (std::size_t at = text.find(kNotOk); at != text.npos; at = text.find(kNotOk, at + 1)) {
    if (found.size() == most) break;
    if (at == 0 || is_blank(text[at - 1]) || is_quoted(text, at)) continue;
    std::string_view rest = text.substr(at + kNotOk.size());
    std::uint64_t number = 0;
    if (take_number(rest, number) && is_word_end(rest)) found.push_back({number, trimmed(rest)});
  }
  return found;
}

bool holds_glued_failure(std::string_view text, std::uint64_t number) {
  constexpr std::size_t kMost = 16;
  return contains(text, "not ok ") &&
         std::ranges::any_of(glued_failures(text, kMost),
                             [&](const GluedFailure& one) { return one.number == number; });
}

TapDescription read_tap_description(std::string_view text, bool failed) {
  TapDescription found;
  std::size_t end = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
      continue;
    }
    if (text[i] != '#') continue;
    const std::string_view behind = trimmed(text.substr(i + 1));
    const TapDirective directive = directive_of(behind);
    const bool first = end == text.size();
    if (directive == TapDirective::none) {
      if (!first || (i > 0 && !is_blank(text[i - 1]))) continue;
      end = i;
      found.note = behind;
    } else if (first || (!failed && directive == TapDirective::skip)) {
      end = std::min(end, i);
      found.directive = directive;
      found.note = behind;
      break;
    }
  }
  std::string_view name = trimmed(text.substr(0, end));
  if (!take(name, "- ") && name == "-") name = {};
  found.name = unescaped(trimmed(name.substr(0, stamp_in(name))));
  return found;
}

wire::Status status_of(bool failed, TapDirective directive) {
  switch (directive) {
    case TapDirective::skip:
    case TapDirective::xfail:
      return wire::Status::skip;
    case TapDirective::todo:
      return failed ? wire::Status::skip : wire::Status::pass;
    case TapDirective::timeout:
    case TapDirective::error:
      return wire::Status::fail;
    case TapDirective::none:
      break;
  }
  return failed ? wire::Status::fail : wire::Status::pass;
}

std::optional<TapTotals> read_tap_totals(std::string_view comment) {
  const std::size_t colon = comment.rfind(": pass:");
  if (colon == comment.npos) return std::nullopt;
  TapTotals totals{.name = comment.substr(0, colon)};
  std::string_view rest = comment.substr(colon + 2);
  while (!rest.empty()) {
    const std::size_t name_end = rest.find(':');
    if (name_end == rest.npos) return std::nullopt;
    const std::string_view name = rest.substr(0, name_end);
    rest.remove_prefix(name_end + 1);
    std::uint64_t count = 0;
    if (!take_number(rest, count)) return std::nullopt;
    if (name == "pass" || name == "xpass") {
      totals.counts.passed += count;
    } else if (name == "fail" || name == "error") {
      totals.counts.failed += count;
    } else if (name == "skip" || name == "xfail") {
      totals.counts.skipped += count;
    } else if (name == "total") {
      totals.total = count;
    } else {
      return std::nullopt;
    }
    rest = trimmed(rest);
  }
  return totals;
}

}  // namespace harness
