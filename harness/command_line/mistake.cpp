#include "command_line/mistake.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "base/listing.h"
#include "base/text.h"
#include "command_line/help.h"

namespace harness {
namespace {

constexpr std::size_t kShownWord = 200;  // bytes of a word that a message repeats

/// ": did you mean 'run'?", or nothing.
std::string guess(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string best = nearest(word.substr(0, kShownWord), known);
  return best.empty() ? "" : fmt::format(": did you mean '{}'?", best);
}

std::vector<std::string_view> option_names(const CommandWords& command) {
  std::vector<std::string_view> names;
  for (const OptionWords& option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

std::vector<std::string_view> command_names(const CommandWords& command) {
  std::vector<std::string_view> names;
  names.reserve(command.commands.size());
  for (const CommandWords& one : command.commands) names.emplace_back(one.name);
  return names;
}

std::size_t digits_at(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  return count;
}

/// How many bytes of a message "FILE:LINE:COLUMN: " or "FILE:LINE: " are, at its beginning; or 0.
std::size_t place_bytes(std::string_view line) {
  const std::size_t end = line.find(": ");
  if (end == line.npos || line.starts_with(' ')) return 0;
  for (std::size_t at = line.find(':'); at < end; at = line.find(':', at + 1)) {
    std::string_view rest = line.substr(at + 1);
    const std::size_t row = digits_at(rest);
    if (at == 0 || row == 0) continue;
    rest.remove_prefix(row);
    if (rest.starts_with(':')) {
      const std::size_t column = digits_at(rest.substr(1));
      if (column > 0) rest.remove_prefix(1 + column);
    }
    if (rest.starts_with(": ")) return end + 2;
  }
  return 0;
}

/// The commands that do have this option.
std::string owners(std::string_view option, const CommandWords& all) {
  std::vector<std::string> owners;
  for (const CommandWords& one : all.commands) {
    if (find_option(one, option) != nullptr) owners.push_back(one.name);
  }
  return owners.empty() ? "" : fmt::format(": it is an option of {}", fmt::join(owners, ", "));
}

}  // namespace

UsageError unknown_word(std::string_view word, const CommandWords& command,
                        const std::string& called, const CommandWords& all) {
  const std::string help = fmt::format("see: {} --help", called);
  const std::string shown = shortened(word, kShownWord);
  if (word.starts_with('-') && word.size() > 1) {
    const std::string_view name = word.substr(0, word.find('='));
    std::string more = guess(name, option_names(command));
    if (more.empty()) more = owners(name, all);
    return UsageError(fmt::format("unknown option '{}'{}", shown, more), help);
  }
  if (!command.commands.empty() && command.arguments.empty()) {
    return UsageError(
        fmt::format("unknown command '{}'{}", shown, guess(word, command_names(command))), help);
  }
  return UsageError(fmt::format("'{}' is one argument too many", shown),
                    "usage: " + usage_text(command, called));
}

std::string error_text(const std::string& what, const std::string& hint) {
  std::string text;
  std::size_t begin = 0;
  for (bool first = true; first || begin < what.size(); first = false) {
    const std::size_t end = std::min(what.find('\n', begin), what.size());
    const std::string_view line = std::string_view(what).substr(begin, end - begin);
    const std::size_t place = place_bytes(line);
    if (!first) text += "\n";
    if (place == 0) {
      text += first ? "uniharness: error: " : "";
    } else {
      text += fmt::format("{}error: ", line.substr(0, place));
    }
    text += line.substr(place);
    begin = end + 1;
  }
  return hint.empty() ? text : text + "\n  hint: " + hint;
}

UsageError missing_word(std::string_view what, const CommandWords& command,
                        const std::string& called) {
  if (what.empty()) {
    // More than a few are better read in groups, with what they do.
    constexpr std::size_t kFew = 8;
    const auto names = command_names(command);
    return UsageError(
        called + " needs a command" +
            (names.size() > kFew ? std::string()
                                 : fmt::format(", one of {}", fmt::join(names, ", "))),
        fmt::format("see: {} --help", called));
  }
  return UsageError(fmt::format("{} needs {}", called, what),
                    "usage: " + usage_text(command, called));
}

}  // namespace harness
