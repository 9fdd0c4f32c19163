#include "scenario/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "check/pattern.h"
#include "model/architecture_synonym.h"
#include "model/param.h"
#include "scenario/command.h"

namespace harness {
namespace {

constexpr std::size_t kIdentifierLength = 100;

constexpr ValueForm kForms[] = {
    {ParamType::flag, "flag", "true or false", ""},
    {ParamType::count, "count", "a whole number: 10, 24K, 4M (K, M, G are powers of 1024)",
     "^[0-9]+[KMG]?$"},
    {ParamType::number, "number", "a number: 10 or 0.25", "^-?[0-9]+(\\.[0-9]+)?$"},
    {ParamType::range, "range", "a range: 10, 50..500, ..500 or 50..",
     "^([0-9]+[KMG]?(\\.\\.([0-9]+[KMG]?)?)?|\\.\\.[0-9]+[KMG]?)$"},
    {ParamType::text, "text", "a text on one line", "^[^\\n\\r]+$"},
    {ParamType::pattern, "pattern", "a regular expression as RE2 reads it", "^[^\\n\\r]+$"},
    {ParamType::texts, "texts", "a list of texts: [first, second]", "^[^\\n\\r]+$"},
    {ParamType::verdict, "verdict", "the name of an ending", ""},
    {ParamType::choice, "choice", "one of a list", ""},
    {ParamType::identifier, "name",
     "letters, digits, '.', '_' and '-', the first a letter or a digit",
     "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"},
    {ParamType::prose, "prose", "a text", ""},
    {ParamType::duration, "duration", "a time with its unit: 500ms, 10s or 2m", "^[0-9]+(ms|s|m)$"},
    {ParamType::command, "command",
     "a list: [program, argument, ...]; or one line without shell syntax", "^[^\\n\\r]+$"},
    {ParamType::one_or_more, "text or list", "a text on one line, or a list: [first, second]",
     "^[^\\n\\r]+$"},
    {ParamType::counts, "counts", "a whole number, or a list: [33, 35]", "^[0-9]+[KMG]?$"},
    {ParamType::files, "files",
     "a map of names to texts or files: {opt/name: text, opt/other: {file: PATH}}",
     "^opt/[A-Za-z0-9._/-]{1,51}$"},
};

constexpr bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_identifier(std::string_view text) {
  if (text.empty() || text.size() > kIdentifierLength || !is_alnum(text.front())) return false;
  return std::ranges::all_of(
      text, [](char c) { return is_alnum(c) || c == '.' || c == '_' || c == '-'; });
}

/// QEMU keeps 55 characters, and leaves names below opt/ to its users.
bool is_fw_cfg_name(std::string_view name) {
  constexpr std::string_view kOurs = "opt/";
  constexpr std::size_t kMaxCharacters = 55;
  return name.size() > kOurs.size() && name.size() <= kMaxCharacters && name.starts_with(kOurs) &&
         std::ranges::all_of(name, [](char c) {
           return is_alnum(c) || c == '.' || c == '_' || c == '/' || c == '-';
         });
}

bool is_one_line(std::string_view text) {
  return !text.empty() && text.find_first_of("\n\r") == std::string_view::npos;
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

/// Reads one value; every fault names its key, so that the line alone is enough to correct it.
class ValueReader {
 public:
  ValueReader(const Node& node, const ParamSpec& spec, Faults& faults)
      : node_(node), spec_(spec), faults_(faults) {}

  std::optional<ParamValue> read() {
    if (spec_.type == ParamType::counts) return counts();
    if (spec_.type == ParamType::files) return files();
    if (node_.kind == Node::Kind::list && takes_texts()) return list();
    if (node_.kind != Node::Kind::scalar) {
      return fault(fmt::format("'{}' holds {}", spec_.name, kind_text(node_.kind)));
    }
    switch (spec_.type) {
      case ParamType::flag:
        return flag();
      case ParamType::count:
        return whole(parse_bytes(node_.text));
      case ParamType::duration:
        return whole(parse_duration(node_.text));
      case ParamType::number:
        return number();
      case ParamType::range:
        return value_or_fault(parse_range(node_.text));
      case ParamType::text:
        if (spec_.name == "sha256" && !is_sha256(node_.text)) return no_sha256();
        return is_one_line(node_.text) ? ParamValue(node_.text) : not_accepted();
      case ParamType::pattern:
        return pattern();
      case ParamType::one_or_more:
        if (!spec_.choices.empty() && !choice()) return std::nullopt;
        return is_one_line(node_.text) ? ParamValue(std::vector{node_.text}) : not_accepted();
      case ParamType::texts:
      case ParamType::counts:
      case ParamType::files:
        return fault(fmt::format("'{}' holds {}", spec_.name, kind_text(node_.kind)));
      case ParamType::verdict:
      case ParamType::choice:
        return choice();
      case ParamType::identifier:
        return is_identifier(node_.text) ? ParamValue(node_.text) : not_accepted();
      case ParamType::prose:
        return node_.text;
      case ParamType::command:
        return command();
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] bool takes_texts() const {
    return spec_.type == ParamType::texts || spec_.type == ParamType::command ||
           spec_.type == ParamType::one_or_more;
  }
  std::optional<ParamValue> fault(std::string what) {
    faults_.add(node_.at, std::move(what), "write " + accepted_text(spec_));
    return std::nullopt;
  }
  std::optional<ParamValue> not_accepted() {
    return fault(fmt::format("{}: '{}' is not accepted", spec_.name, shown()));
  }
  /// A hash that can be none would be found out behind the boot, as one that differs.
  std::optional<ParamValue> no_sha256() {
    faults_.add(node_.at, fmt::format("{}: '{}' is not accepted", spec_.name, shown()),
                "write 64 hexadecimal digits, lower case: what sha256sum prints");
    return std::nullopt;
  }
  [[nodiscard]] std::string shown() const {
    return printable(std::string_view(node_.text).substr(0, 80));
  }

  template <class T>
  std::optional<ParamValue> value_or_fault(const std::optional<T>& value) {
    return value ? ParamValue(*value) : not_accepted();
  }
  std::optional<ParamValue> flag() {
    if (node_.text == "true") return true;
    if (node_.text == "false") return false;
    return not_accepted();
  }
  std::optional<ParamValue> whole(std::optional<std::uint64_t> value) {
    if (!value || spec_.within.contains(*value)) return value_or_fault(value);
    return out_of_range();
  }
  std::optional<ParamValue> number() {
    const std::optional<double> value = parse_number(node_.text);
    if (!value) return not_accepted();
    const bool inside = *value >= static_cast<double>(spec_.within.low) &&
                        *value <= static_cast<double>(spec_.within.high);
    return inside ? ParamValue(*value) : out_of_range();
  }
  std::optional<ParamValue> out_of_range() {
    return fault(fmt::format("{}: {} is out of range", spec_.name, shown()));
  }
  std::optional<ParamValue> pattern() {
    if (!is_one_line(node_.text)) return not_accepted();
    if (const auto why = pattern_fault(node_.text)) {
      return fault(fmt::format("{}: '{}': {}", spec_.name, shown(), printable(*why)));
    }
    return node_.text;
  }
  std::optional<ParamValue> choice() {
    if (std::ranges::find(spec_.choices, node_.text) != spec_.choices.end()) return node_.text;
    const std::string_view same = architecture_synonym(node_.text);
    const bool known = std::ranges::find(spec_.choices, same) != spec_.choices.end();
    const std::string near = known ? std::string(same) : nearest(node_.text, spec_.choices);
    const std::string meant = near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near);
    return fault(fmt::format("{}: '{}' is not accepted{}", spec_.name, shown(), meant));
  }
  std::optional<ParamValue> command() {
    auto split = split_command(node_.text);
    if (auto* words = std::get_if<std::vector<std::string>>(&split)) return std::move(*words);
    faults_.add(node_.at, fmt::format("{}: {}", spec_.name, std::get<SplitFault>(split).why),
                "write a list, [program, argument, ...], or put the command into a script");
    return std::nullopt;
  }
  std::optional<ParamValue> list() {
    std::vector<std::string> texts;
    for (const Node& item : node_.items) {
      // An argument may be empty or hold line breaks; the program, and a text to find, may not.
      const bool free = spec_.type == ParamType::command && !texts.empty();
      if (!spec_.choices.empty() && item.kind == Node::Kind::scalar) {
        if (!ValueReader(item, spec_, faults_).choice()) return std::nullopt;
      }
      if (item.kind == Node::Kind::scalar && (free || is_one_line(item.text))) {
        texts.push_back(item.text);
        continue;
      }
      faults_.add(item.at,
                  item.kind == Node::Kind::scalar
                      ? fmt::format("{}: an item is empty or has several lines", spec_.name)
                      : fmt::format("{}: an item holds {}", spec_.name, kind_text(item.kind)),
                  "write " + accepted_text(spec_));
      return std::nullopt;
    }
    if (texts.empty()) return fault(fmt::format("{}: the list is empty", spec_.name));
    return texts;
  }

  std::optional<ParamValue> counts() {
    std::vector<std::uint64_t> numbers;
    const bool one = node_.kind == Node::Kind::scalar;
    if (!one && node_.kind != Node::Kind::list) {
      return fault(fmt::format("'{}' holds {}", spec_.name, kind_text(node_.kind)));
    }
    for (const Node& item : one ? std::vector{node_} : node_.items) {
      const auto number = item.kind == Node::Kind::scalar ? parse_bytes(item.text) : std::nullopt;
      if (!number || !spec_.within.contains(*number)) {
        faults_.add(item.at,
                    item.kind == Node::Kind::scalar
                        ? fmt::format("{}: '{}' is not accepted", spec_.name,
                                      printable(std::string_view(item.text).substr(0, 80)))
                        : fmt::format("{}: an item holds {}", spec_.name, kind_text(item.kind)),
                    "write " + accepted_text(spec_));
        return std::nullopt;
      }
      numbers.push_back(*number);
    }
    if (numbers.empty()) return fault(fmt::format("{}: the list is empty", spec_.name));
    return numbers;
  }

  std::optional<ParamValue> files() {
    if (node_.kind != Node::Kind::map || node_.items.empty()) {
      return fault(fmt::format("'{}' holds {}", spec_.name, kind_text(node_.kind)));
    }
    std::vector<FwCfgEntry> entries;
    for (const Node& item : node_.items) {
      if (!is_fw_cfg_name(item.key)) {
        faults_.add(item.key_at,
                    fmt::format("{}: '{}' is not a file name", spec_.name,
                                printable(std::string_view(item.key).substr(0, 80))),
                    "write opt/NAME, of letters, digits and . _ / -, with at most 55 characters");
        return std::nullopt;
      }
      const Node* file = item.kind == Node::Kind::map && item.items.size() == 1 &&
                                 item.items.front().key == "file" &&
                                 item.items.front().kind == Node::Kind::scalar
                             ? &item.items.front()
                             : nullptr;
      if (!file && item.text.find('\0') != std::string::npos) {
        faults_.add(
            item.at,
            fmt::format("{}: '{}' holds a NUL, at which QEMU would cut it", spec_.name, item.key),
            "write a text, or {file: PATH}");
        return std::nullopt;
      }
      const bool good =
          file ? is_one_line(file->text) : item.kind == Node::Kind::scalar && !item.text.empty();
      if (!good) {
        faults_.add(
            item.at,
            fmt::format("{}: '{}' holds {}", spec_.name, item.key,
                        item.kind == Node::Kind::scalar ? "an empty text" : kind_text(item.kind)),
            "write a text, or {file: PATH}");
        return std::nullopt;
      }
      entries.push_back({item.key, file ? "" : item.text, file ? file->text : ""});
    }
    return entries;
  }

  const Node& node_;
  const ParamSpec& spec_;
  Faults& faults_;
};

}  // namespace

const ValueForm& value_form(ParamType type) {
  return *std::ranges::find(kForms, type, &ValueForm::type);
}

std::string written(ParamType type, std::uint64_t value) {
  if (type == ParamType::duration) {
    if (value % 60'000 == 0) return fmt::format("{}m", value / 60'000);
    if (value % 1'000 == 0) return fmt::format("{}s", value / 1'000);
    return fmt::format("{}ms", value);
  }
  constexpr std::pair<unsigned, char> kSuffixes[] = {{30, 'G'}, {20, 'M'}, {10, 'K'}};
  for (const auto& [shift, suffix] : kSuffixes) {
    const std::uint64_t unit = std::uint64_t{1} << shift;
    if (value != 0 && value % unit == 0) return fmt::format("{}{}", value / unit, suffix);
  }
  return std::to_string(value);
}

std::string accepted_text(const ParamSpec& spec) {
  if (!spec.choices.empty()) {
    return fmt::format("{}: {}", spec.choices.size() == 1 ? "this" : "one of",
                       fmt::join(spec.choices, ", "));
  }
  std::string text(value_form(spec.type).accepted);
  if (spec.within == Range{}) return text;
  if (spec.within.high == UINT64_MAX) {
    return fmt::format("{}; at least {}", text, written(spec.type, spec.within.low));
  }
  return fmt::format("{}; from {} to {}", text, written(spec.type, spec.within.low),
                     written(spec.type, spec.within.high));
}

std::optional<Range> parse_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    const auto exact = parse_bytes(text);
    return exact ? std::optional(Range{*exact, *exact}) : std::nullopt;
  }
  const std::string_view low = text.substr(0, dots);
  const std::string_view high = text.substr(dots + 2);
  if (low.empty() && high.empty()) return std::nullopt;
  Range range;
  if (!low.empty()) {
    const auto value = parse_bytes(low);
    if (!value) return std::nullopt;
    range.low = *value;
  }
  if (!high.empty()) {
    const auto value = parse_bytes(high);
    if (!value || *value < range.low) return std::nullopt;
    range.high = *value;
  }
  return range;
}

std::optional<std::uint64_t> parse_duration(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view unit(end, text.data() + text.size());
  const std::uint64_t scale = unit == "ms" ? 1 : unit == "s" ? 1'000 : unit == "m" ? 60'000 : 0;
  if (scale == 0 || value > UINT64_MAX / scale) return std::nullopt;
  return value * scale;
}

std::optional<ParamValue> read_value(const Node& node, const ParamSpec& spec, Faults& faults) {
  return ValueReader(node, spec, faults).read();
}

}  // namespace harness
