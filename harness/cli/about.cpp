// help, version, completion, man: the command line about itself.
#include <fmt/core.h>

#include <cstdio>
#include <memory>

#include "base/files.h"
#include "cli/cli.h"
#include "cli/words.h"
#include "command_line/complete.h"
#include "command_line/man.h"
#include "command_line/mistake.h"

namespace harness::cli {
namespace {

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

ExitStatus print_help(const CLI::App& app, const std::vector<std::string>& words) {
  const CLI::App* command = &app;
  for (const std::string& word : words) {
    const auto below =
        command->get_subcommands([&](const CLI::App* one) { return one->get_name() == word; });
    if (below.empty())
      throw unknown_word(word, words_of(*command), called(*command), words_of(app));
    command = below.front();
  }
  print(help_of(*command));
  return ExitStatus::pass;
}

}  // namespace

void add_about(Cli& cli) {
  const CLI::App* app = &cli.app;
  const auto words = std::make_shared<std::vector<std::string>>();
  CLI::App* help = cli.add("help", "explain a command, as its --help does");
  help->footer("\n  uniharness help run\n  uniharness help report export");
  help->add_option("command", *words, "its words")->type_name("COMMAND");
  cli.on(help, [app, words] { return print_help(*app, *words); });

  cli.on(cli.add("version", "print the version"), [] {
    print("uniharness " UNIHARNESS_VERSION "\n");
    return ExitStatus::pass;
  });

  const auto shell = std::make_shared<std::string>("bash");
  CLI::App* completion = cli.add("completion", "print a shell's completion script");
  completion->footer(
      "\nThe script asks the program for what may come next: commands, options, their values, "
      "names of instances and of numbers. `cmake --install` and the package put it in place. "
      "For one shell alone:\n\n"
      "  source <(uniharness completion bash)\n"
      "  source <(uniharness completion zsh)\n"
      "  uniharness completion fish | source");
  choice(completion->add_option("shell", *shell, "the shell")->capture_default_str(), "SHELL",
         {"bash", "zsh", "fish"});
  cli.on(completion, [shell] {
    print(completion_script(*shell));
    return ExitStatus::pass;
  });
}

/// For the build: it is in no list.
void add_man(Cli& cli) {
  const CLI::App* app = &cli.app;
  const auto folder = std::make_shared<std::filesystem::path>();
  CLI::App* man = cli.add("man", "write the manual pages to a folder");
  man->add_option("folder", *folder, "where to")->type_name("FOLDER")->required();
  cli.on(man, [app, folder] {
    std::filesystem::create_directories(*folder);
    for (const ManPage& page : man_pages(words_of(*app), UNIHARNESS_VERSION)) {
      write_atomically(*folder / page.file, page.text);
    }
    return ExitStatus::pass;
  });
}

}  // namespace harness::cli
