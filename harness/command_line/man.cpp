#include "command_line/man.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/text.h"
#include "command_line/help.h"

namespace harness {
namespace {

/// As roff prints it: no letter of it is a command, and a hyphen stays one that can be copied.
std::string roff(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\'') {
      out += "\\(aq";
    } else if (c == '`') {
      out += "\\(ga";
    } else if (c == '~') {
      out += "\\(ti";
    } else {
      out += c;
    }
    line_start = c == '\n';
  }
  return out;
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::string section(std::string_view title) { return fmt::format(".SH {}\n", title); }

std::string item(const std::string& heading, const std::string& text) {
  return fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(heading), roff(text));
}

std::string options_text(std::string_view title, const std::vector<OptionWords>& options) {
  if (options.empty()) return {};
  std::string text = section(title);
  for (const OptionWords& option : options)
    text += item(option_heading(option), option_help(option));
  return text;
}

/// What follows the options: sentences are filled, lines with a margin are examples.
std::string notes_text(const std::string& notes) {
  std::istringstream lines(notes);
  std::string text, line;
  bool example = false, paragraph = true;
  const auto close = [&] {
    if (example) text += ".EE\n.RE\n";
    example = false;
  };
  while (std::getline(lines, line)) {
    if (line.empty()) {
      close();
      paragraph = true;
      continue;
    }
    const bool is_example = line.starts_with("  ");
    if (is_example && !example) text += (text.empty() ? "" : ".PP\n") + std::string(".RS 4\n.EX\n");
    if (!is_example && (example || paragraph)) {
      close();
      if (!text.empty()) text += ".PP\n";
    }
    example = is_example;
    paragraph = false;
    text += roff(is_example ? line.substr(2) : line) + "\n";
  }
  close();
  return text.empty() ? text : section("NOTES") + text;
}

std::string file_stem(std::string called) {
  std::ranges::replace(called, ' ', '-');
  return called;
}

std::string commands_list(const CommandWords& command, const std::string& called) {
  if (command.commands.empty()) return {};
  std::string text = section("COMMANDS");
  std::string group;
  for (const CommandWords& one : command.commands) {
    if (one.group != group) text += fmt::format(".SS {}\n", roff(one.group));
    group = one.group;
    text +=
        item(one.name, fmt::format("{}: see {}(1)", one.help, file_stem(called + " " + one.name)));
  }
  return text;
}

void add_pages(const CommandWords& command, const std::string& called, const std::string& version,
               std::vector<ManPage>& pages) {
  const std::string stem = file_stem(called);
  std::string text =
      fmt::format(".TH {} 1 \"\" \"uniharness {}\" \"uniharness\"\n", upper(stem), version);
  std::string one_line = command.help.substr(0, command.help.find(". "));
  std::ranges::replace(one_line, '\n', ' ');
  text += section("NAME") + fmt::format("{} \\- {}\n", roff(stem), roff(one_line));
  text += section("SYNOPSIS") + roff(usage_text(command, called)) + "\n";
  text += commands_list(command, called);
  text += options_text("ARGUMENTS", command.arguments);
  text += options_text("OPTIONS", command.options);
  text += notes_text(command.notes);
  if (called.find(' ') != std::string::npos) {
    const std::string above = file_stem(called.substr(0, called.rfind(' ')));
    text += section("SEE ALSO") + fmt::format(".BR {} (1)\n", roff(above));
  }
  pages.push_back({stem + ".1", std::move(text)});
  for (const CommandWords& one : command.commands) {
    add_pages(one, called + " " + one.name, version, pages);
  }
}

}  // namespace

std::vector<ManPage> man_pages(const CommandWords& program, const std::string& version) {
  std::vector<ManPage> pages;
  add_pages(program, "uniharness", version, pages);
  return pages;
}

}  // namespace harness
