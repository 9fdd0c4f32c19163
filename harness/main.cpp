// The command line, and nothing else: words become option structs, errors become messages and exit
// statuses.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <map>

#include "base/text.h"
#include "commands/commands.h"
#include "machine/machine.h"

namespace {

using namespace harness;

constexpr char kFooter[] =
    "\nExit status: 0 pass, 1 the guest or a check failed, 2 usage or scenario file, 3 the "
    "harness\n"
    "could not do its job (QEMU, build, disk), 4 regression, 5 data missing, invalid or not\n"
    "comparable, 6 inconclusive, 130 interrupted.\n\n"
    "Start with:  uniharness run scenarios/session20.yaml\n"
    "Scenario files are described in scenarios/REFERENCE.md and by `uniharness checks`.";

void add_build_options(CLI::App* command, BuildOptions& options) {
  command->add_flag("--no-build{false}", options.build, "take the image as it is");
  command->add_option("--build-dir", options.build_dir,
                      "CMake build tree (default: $UNIHARNESS_BUILD_DIR, or the one this program "
                      "lies in)");
}

CLI::App* add_scenario(CLI::App* command, std::string& scenario) {
  command->add_option("scenario", scenario, "scenario file (YAML)")->required();
  return command;
}

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

/// What the command line asks for. Filled by CLI11, then one of `jobs` is run.
struct CommandLine {
  CLI::App app{
      "uniharness builds and boots a real unikernel image in QEMU, checks what it says,\n"
      "measures it, and turns that into a verdict, a report and a CI gate."};
  RunOptions run_options;
  ReplayOptions replay_options;
  BootOptions boot_options;
  bool markdown = false;
  std::string schema = "scenario", shell = "bash";
  std::vector<std::pair<CLI::App*, std::function<ExitStatus()>>> jobs;

  CommandLine() {
    app.set_version_flag("--version", "uniharness " UNIHARNESS_VERSION);
    app.require_subcommand(1);
    app.footer(kFooter);
    add_run();
    add_replay();
    add_boot();
    add_lists();
  }

  void add_run() {
    CLI::App* command = add_scenario(
        app.add_subcommand("run", "build the image, boot it, check it, write the reports"),
        run_options.scenario);
    add_build_options(command, run_options.build);
    command->add_option("--out", run_options.output.out,
                        "report folder (default: reports/<scenario>)");
    command->add_option("--boots", run_options.boots, "how often to boot")
        ->check(CLI::Range(1, 1000));
    command->add_option("--clock", run_options.clock, "counted (exact) or host (real time)")
        ->transform(CLI::CheckedTransformer(std::map<std::string, ClockKind>{
            {"counted", ClockKind::counted}, {"host", ClockKind::host}}));
    command->add_flag("--dry-run", run_options.dry_run,
                      "print the QEMU command line to paste, and stop");
    command->add_flag("--json", run_options.output.json, "print the record as JSON");
    command->add_flag("--verbose,-v", run_options.verbose, "show serial output as it comes");
    command->add_flag("--quiet,-q", run_options.output.quiet, "no progress");
    jobs.emplace_back(command, [this] { return run(run_options); });
  }

  void add_replay() {
    CLI::App* command = app.add_subcommand(
        "replay", "judge a saved report folder or serial log again, without QEMU");
    command->add_option("trace", replay_options.trace, "report folder, or serial log")->required();
    command->add_option("--scenario", replay_options.scenario,
                        "scenario file (default: the one that the record names)");
    command->add_option("--out", replay_options.output.out, "write reports to this folder");
    command->add_flag("--json", replay_options.output.json, "print the record as JSON");
    jobs.emplace_back(command, [this] { return replay(replay_options); });
  }

  void add_boot() {
    CLI::App* command = add_scenario(
        app.add_subcommand("boot", "boot the image attached to this terminal, for a person"),
        boot_options.scenario);
    add_build_options(command, boot_options.build);
    command->add_flag("--gdb", boot_options.gdb, "wait for a debugger on 127.0.0.1:1234");
    command->add_flag("--debug", boot_options.debug,
                      "keep QEMU's CPU and interrupt log (reports/<scenario>/qemu-debug.log)");
    jobs.emplace_back(command, [this] { return boot(boot_options); });
  }

  void add_lists() {
    CLI::App* checks = app.add_subcommand("checks", "list the checks a scenario can ask for");
    checks->add_flag("--markdown", markdown, "print scenarios/REFERENCE.md");
    jobs.emplace_back(checks, [this] {
      return list_checks(markdown ? ChecksFormat::markdown : ChecksFormat::text);
    });
    CLI::App* schemas = app.add_subcommand("schema", "print a JSON Schema");
    schemas->add_option("of", schema, "scenario or record")
        ->capture_default_str()
        ->check(CLI::IsMember({"scenario", "record"}));
    jobs.emplace_back(schemas, [this] { return print_schema(schema); });
    CLI::App* completion = app.add_subcommand("completion", "print a shell's completion script");
    completion->add_option("shell", shell, "bash, zsh or fish")
        ->capture_default_str()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    jobs.emplace_back(completion, [this] { return print_completion(shell, words_of(app)); });
  }

  ExitStatus execute() {
    for (const auto& [command, job] : jobs) {
      if (command->parsed()) return job();
    }
    return ExitStatus::usage;
  }
};

void print_error(const std::string& what, const std::string& hint) {
  // Messages may quote files and guests; newlines are ours, everything else is made harmless.
  std::string text = "uniharness: " + what + (hint.empty() ? "" : "\n  hint: " + hint);
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::fprintf(stderr, "%s\n", printable(text.substr(begin, end - begin)).c_str());
    begin = end + 1;
  }
}

}  // namespace

int main(int argc, char** argv) {
  install_interrupt_handler();
  CommandLine line;
  try {
    line.app.parse(argc, argv);
    return static_cast<int>(line.execute());
  } catch (const CLI::ParseError& error) {
    // CLI11 prints help, version and usage errors itself; its own statuses start at 100.
    const int status = line.app.exit(error);
    return status == 0 ? 0 : static_cast<int>(ExitStatus::usage);
  } catch (const Error& error) {
    print_error(error.what(), error.hint);
    return static_cast<int>(error.status);
  } catch (const std::exception& error) {
    print_error(std::string("unexpected error: ") + error.what(), "please report it");
    return static_cast<int>(ExitStatus::harness_error);
  }
}
