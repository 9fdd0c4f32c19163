// The program: the table of commands, and what becomes of their errors.
#include <malloc.h>

#include <cstdio>
#include <span>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/mistakes.h"
#include "cli/standard_streams.h"
#include "cli/words.h"
#include "command_line/complete.h"
#include "command_line/mistake.h"
#include "commands/known_names.h"
#include "process/interrupt.h"

namespace {

using namespace harness;

constexpr char kAbout[] =
    "uniharness builds and boots a real unikernel image in QEMU, checks its output, "
    "measures it, and turns that into a verdict, a report and a CI gate.";

constexpr char kFooter[] =
    "Exit status: 0 pass, 1 the guest or a check failed, 2 usage or scenario file, 3 the harness "
    "could not do its job (QEMU, build, disk), 4 regression, 5 data missing, invalid or not "
    "comparable, 6 inconclusive, 130 interrupted.\n\n"
    "Start with:  uniharness run scenarios/session20.yaml\n"
    "Scenario files are described in scenarios/REFERENCE.md and by `uniharness checks`.";

struct CommandGroup {
  const char* heading;
  std::vector<void (*)(cli::Cli&)> commands;
};

/// To add a command: a function in cli/, and its name here. --help lists them in this order; what
/// stands under no heading it does not list.
const CommandGroup kCommands[] = {
    {"Boot guests", {cli::add_run, cli::add_boot, cli::add_replay, cli::add_view}},
    {"Many machines", {cli::add_plan, cli::add_merge}},
    {"Begin with a kernel of your own", {cli::add_init, cli::add_import}},
    {"Compare numbers",
     {cli::add_gate, cli::add_baseline, cli::add_compare, cli::add_ab, cli::add_history,
      cli::add_calibrate}},
    {"See where time goes", {cli::add_profile, cli::add_hotpaths, cli::add_timeline}},
    {"Write documents", {cli::add_report}},
    {"Programs in LLVM bitcode", {cli::add_bitcode}},
    {"About this tool", {cli::add_doctor, cli::add_lists, cli::add_about}},
    {"", {cli::add_man}},
};

/// Messages may quote files, arguments and guests; newlines are ours, everything else is made
/// harmless.
void print_lines(const std::string& text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::fprintf(stderr, "%s\n", printable(text.substr(begin, end - begin)).c_str());
    begin = end + 1;
  }
}

void print_error(const std::string& what, const std::string& hint) {
  print_lines(error_text(what, hint));
}

void print_text_of(const std::string& text) { std::fputs(text.c_str(), stdout); }

ExitStatus execute(const cli::Cli& cli) {
  for (const auto& [command, job] : cli.jobs) {
    if (command->parsed()) return job();
  }
  return ExitStatus::usage;
}

/// What the scripts of shells ask. The words are anything, and CLI11 would find options in them.
ExitStatus say_what_comes_next(const CLI::App& app, std::span<char*> words) {
  const std::vector<std::string> typed(words.begin(), words.end());
  print_text_of(completion_lines(complete(cli::words_of(app), typed, known_names)));
  return ExitStatus::pass;
}

void define(cli::Cli& cli) {
  for (const CommandGroup& group : kCommands) {
    cli.group = group.heading;
    for (const auto add : group.commands) add(cli);
  }
  cli.app.footer(kFooter);  // after the commands, which would inherit it
}

/// A report is made of strings that come and go; by default glibc gives each megabyte back to the
/// system, and a suite has it mapped and cleared again for the next report.
void keep_freed_memory() {
#if defined(__GLIBC__)
  constexpr int kBytes = 4 << 20;  // for each thread that has freed that much
  mallopt(M_TRIM_THRESHOLD, kBytes);
  mallopt(M_MMAP_THRESHOLD, kBytes);
#endif
}

/// The exit status of the program: `status`, or 3 where nobody can have read what it stands for.
int delivered(ExitStatus status) {
  if (cli::standard_output_arrived()) return static_cast<int>(status);
  print_error("cannot write the result to the standard output", "");
  return static_cast<int>(ExitStatus::harness_error);
}

}  // namespace

int main(int argc, char** argv) {
  keep_freed_memory();
  cli::fill_standard_descriptors();
  install_interrupt_handler();
  CLI::App app(kAbout);
  app.set_version_flag("--version", "uniharness " UNIHARNESS_VERSION, "print the version and exit");
  app.set_help_flag("-h,--help", "print this help and exit");
  app.require_subcommand(1);
  cli::Cli cli{app};
  try {
    define(cli);
    if (argc > 2 && argv[1] == std::string_view("complete")) {
      return delivered(say_what_comes_next(app, std::span(argv, argv + argc).subspan(2)));
    }
    app.parse(argc, argv);
    return delivered(execute(cli));
  } catch (const CLI::CallForHelp&) {
    print_text_of(cli::help_of(cli::innermost(app)));
    return delivered(ExitStatus::pass);
  } catch (const CLI::CallForVersion& version) {
    print_text_of(std::string(version.what()) + "\n");
    return delivered(ExitStatus::pass);
  } catch (const CLI::ParseError& error) {
    const UsageError mistake = cli::mistake(app, error);
    print_error(mistake.what(), mistake.hint);
    return static_cast<int>(mistake.status);
  } catch (const Error& error) {
    print_error(error.what(), error.hint);
    return static_cast<int>(error.status);
  } catch (const std::exception& error) {
    if (!cli::standard_output_arrived()) return delivered(ExitStatus::harness_error);
    print_error(std::string("unexpected error: ") + error.what(), "please report it");
    return static_cast<int>(ExitStatus::harness_error);
  }
}
