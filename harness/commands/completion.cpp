#include "commands/completion.h"

#include <fmt/core.h>

#include <cstdio>

namespace harness {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// bash and zsh (through bashcompinit) share one function: the command first, then its options,
/// else file names.
std::string bash_script(const std::vector<CommandWords>& commands) {
  std::string names, cases;
  for (const CommandWords& command : commands) {
    names += (names.empty() ? "" : " ") + command.name;
    cases += fmt::format("    {}) words=\"{}\" ;;\n", command.name, joined(command.options));
  }
  return fmt::format(
      "_uniharness() {{\n"
      "  local word=\"${{COMP_WORDS[COMP_CWORD]}}\" words=\"\"\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"{} --help --version\" -- \"$word\"))\n"
      "    return\n"
      "  fi\n"
      "  case \"${{COMP_WORDS[1]}}\" in\n{}  esac\n"
      "  case \"$word\" in\n"
      "    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$word\")) ;;\n"
      "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
      "  esac\n"
      "}}\n"
      "complete -o filenames -F _uniharness uniharness\n",
      names, cases);
}

std::string fish_script(const std::vector<CommandWords>& commands) {
  std::string script;
  for (const CommandWords& command : commands) {
    script += fmt::format("complete -c uniharness -n __fish_use_subcommand -f -a {} -d '{}'\n",
                          command.name, command.help);
    for (const std::string& option : command.options) {
      if (option.starts_with("--")) {
        script += fmt::format("complete -c uniharness -n '__fish_seen_subcommand_from {}' -l {}\n",
                              command.name, option.substr(2));
      }
    }
  }
  return script;
}

}  // namespace

ExitStatus print_completion(const std::string& shell, const std::vector<CommandWords>& commands) {
  std::string script;
  if (shell == "fish") {
    script = fish_script(commands);
  } else {
    if (shell == "zsh") script = "autoload -U +X bashcompinit && bashcompinit\n";
    script += bash_script(commands);
  }
  std::fputs(script.c_str(), stdout);
  return ExitStatus::pass;
}

}  // namespace harness
