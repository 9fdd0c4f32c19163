// doctor, checks, schema, completion: what the tool knows about itself and this machine.
#include <memory>

#include "cli/cli.h"
#include "commands/completion.h"
#include "commands/doctor.h"
#include "commands/list.h"

namespace harness::cli {
namespace {

std::vector<CommandWords> words_of(const CLI::App& app) {
  std::vector<CommandWords> all;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    CommandWords words{command->get_name(), {}, command->get_description()};
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) words.options.push_back("--" + name);
    }
    all.push_back(std::move(words));
  }
  return all;
}

}  // namespace

void add_doctor(Cli& cli) {
  const auto options = std::make_shared<DoctorOptions>();
  CLI::App* command =
      cli.add("doctor", "check that QEMU, its accelerators and the tools work on this machine");
  command->add_flag("--json", options->json, "print the results as JSON");
  cli.on(command, [options] { return run_doctor(*options); });
}

void add_lists(Cli& cli) {
  const auto markdown = std::make_shared<bool>(false);
  CLI::App* checks = cli.add("checks", "list the checks a scenario can ask for");
  checks->add_flag("--markdown", *markdown, "print scenarios/REFERENCE.md");
  cli.on(checks, [markdown] {
    return list_checks(*markdown ? ChecksFormat::markdown : ChecksFormat::text);
  });

  const auto schema = std::make_shared<std::string>("scenario");
  CLI::App* schemas = cli.add("schema", "print a JSON Schema");
  schemas->add_option("of", *schema, "scenario or record")
      ->capture_default_str()
      ->check(CLI::IsMember({"scenario", "record"}));
  cli.on(schemas, [schema] { return print_schema(*schema); });

  const auto shell = std::make_shared<std::string>("bash");
  CLI::App* completion = cli.add("completion", "print a shell's completion script");
  completion->add_option("shell", *shell, "bash, zsh or fish")
      ->capture_default_str()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  const CLI::App* app = &cli.app;
  cli.on(completion, [shell, app] { return print_completion(*shell, words_of(*app)); });
}

}  // namespace harness::cli
