#include "command_line/help.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <span>
#include <utility>

#include "base/fold.h"
#include "base/format.h"

namespace harness {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kWidestHeading = 24;

/// What is explained, and the explanation.
using Entry = std::pair<std::string, std::string>;

/// Two columns; a heading that is wider than the first has its explanation on the next line.
std::string entries_text(std::string_view title, std::span<const Entry> entries) {
  if (entries.empty()) return {};
  std::size_t column = 0;
  for (const Entry& entry : entries) {
    const std::size_t width = display_width(entry.first);
    if (width <= kWidestHeading) column = std::max(column, width);
  }
  column += 4;  // two blanks before it, two behind
  std::string text = fmt::format("\n{}:\n", title);
  for (const auto& [heading, help] : entries) {
    std::string line = "  " + heading;
    if (display_width(line) + 2 > column) {
      text += line + "\n";
      line.clear();
    }
    for (const std::string& part : wrapped(help, kColumns - column)) {
      text += padded(line, column) + part + "\n";
      line.clear();
    }
  }
  return text;
}

std::vector<Entry> entries_of(const std::vector<OptionWords>& options) {
  std::vector<Entry> entries;
  // Long names stand below each other, whether a short one stands before them or not.
  const bool any_short = std::ranges::any_of(options, [](const OptionWords& option) {
    return !option.names.empty() && !option.names.front().starts_with("--");
  });
  for (const OptionWords& option : options) {
    const bool indented = any_short && !option.names.empty() && option.names[0].starts_with("--");
    entries.emplace_back((indented ? "    " : "") + option_heading(option), option_help(option));
  }
  return entries;
}

/// The commands under the headings of their groups, both in the order in which they were added.
std::string commands_text(const CommandWords& command) {
  std::vector<std::pair<std::string, std::vector<Entry>>> groups;
  for (const CommandWords& one : command.commands) {
    const std::string title = one.group.empty() ? "Commands" : one.group;
    auto at = std::ranges::find(groups, title, [](const auto& group) { return group.first; });
    if (at == groups.end()) at = groups.insert(at, {title, {}});
    at->second.emplace_back(one.name, one.help);
  }
  std::string text;
  for (const auto& [title, entries] : groups) text += entries_text(title, entries);
  return text;
}

}  // namespace

std::string option_heading(const OptionWords& option) {
  if (option.names.empty()) return option.value + (option.repeatable ? "..." : "");
  std::string text = fmt::format("{}", fmt::join(option.names, ", "));
  if (!option.value.empty()) text += " " + value_text(option);
  return text;
}

std::string option_help(const OptionWords& option) {
  // Where values are to choose from, help of several lines tells them itself, each in a line.
  const std::size_t end = option.values.empty()
                              ? option.help.size()
                              : std::min(option.help.find('\n'), option.help.size());
  std::string text = option.help.substr(0, end);
  const std::string lines = option.help.substr(end);
  // An argument, and a value with many choices, is shown by the name of its kind.
  const bool shown = !option.names.empty() && value_text(option) != option.value;
  if (!option.values.empty() && !shown && lines.empty()) {
    text += fmt::format(": {}", fmt::join(option.values, ", "));
  }
  if (!option.initial.empty()) text += fmt::format(" (default: {})", option.initial);
  if (option.required && !option.names.empty()) text += " (required)";
  if (!lines.empty()) text += ":" + lines;
  return text;
}

std::string usage_text(const CommandWords& command, const std::string& called) {
  std::string text = called;
  if (!command.options.empty()) text += " [OPTION...]";
  for (const OptionWords& option : command.options) {
    if (option.required) text += fmt::format(" {} {}", option.names.back(), value_text(option));
  }
  for (const OptionWords& argument : command.arguments) {
    const std::string word = option_heading(argument);
    text += argument.required ? " " + word : " [" + word + "]";
  }
  if (!command.commands.empty()) text += command.needs_command ? " COMMAND ..." : " [COMMAND ...]";
  return text;
}

std::string help_text(const CommandWords& command, const std::string& called) {
  std::string text;
  for (const std::string& line : wrapped(command.help, kColumns)) text += line + "\n";
  text += "\n" + folded("Usage: " + usage_text(command, called), kColumns) + "\n";
  text += commands_text(command);
  text += entries_text("Arguments", entries_of(command.arguments));
  text += entries_text("Options", entries_of(command.options));
  const std::size_t begin = command.notes.find_first_not_of('\n');
  if (begin == std::string::npos) return text;
  text += "\n";
  for (const std::string& line : wrapped(command.notes.substr(begin), kColumns))
    text += line + "\n";
  return text;
}

}  // namespace harness
