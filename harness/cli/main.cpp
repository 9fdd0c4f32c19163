// The program: the table of commands, and what becomes of their errors.
#include <malloc.h>

#include <cstdio>
#include <iostream>
#include <sstream>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/standard_streams.h"
#include "process/interrupt.h"

namespace {

using namespace harness;

constexpr char kAbout[] =
    "uniharness builds and boots a real unikernel image in QEMU, checks its output,\n"
    "measures it, and turns that into a verdict, a report and a CI gate.";

constexpr char kFooter[] =
    "\nExit status: 0 pass, 1 the guest or a check failed, 2 usage or scenario file, 3 the "
    "harness\n"
    "could not do its job (QEMU, build, disk), 4 regression, 5 data missing, invalid or not\n"
    "comparable, 6 inconclusive, 130 interrupted.\n\n"
    "Start with:  uniharness run scenarios/session20.yaml\n"
    "Scenario files are described in scenarios/REFERENCE.md and by `uniharness checks`.";

// To add a command: a function in cli/, and a row here. --help lists them in this order.
// clang-format off
constexpr void (*kCommands[])(cli::Cli&) = {
    cli::add_run,
    cli::add_plan,
    cli::add_merge,
    cli::add_init,
    cli::add_import,
    cli::add_replay,
    cli::add_boot,
    cli::add_compare,
    cli::add_gate,
    cli::add_baseline,
    cli::add_ab,
    cli::add_timeline,
    cli::add_profile,
    cli::add_hotpaths,
    cli::add_history,
    cli::add_calibrate,
    cli::add_report,
    cli::add_view,
    cli::add_bitcode,
    cli::add_doctor,
    cli::add_lists,
};
// clang-format on

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
  print_lines("uniharness: " + what + (hint.empty() ? "" : "\n  hint: " + hint));
}

ExitStatus execute(const cli::Cli& cli) {
  for (const auto& [command, job] : cli.jobs) {
    if (command->parsed()) return job();
  }
  return ExitStatus::usage;
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
  app.set_version_flag("--version", "uniharness " UNIHARNESS_VERSION);
  app.require_subcommand(1);
  cli::Cli cli{app};
  for (const auto add : kCommands) add(cli);
  app.footer(kFooter);  // after the commands, which would inherit it
  try {
    app.parse(argc, argv);
    return delivered(execute(cli));
  } catch (const CLI::ParseError& error) {
    // CLI11 words help, version and usage errors itself; its own statuses start at 100.
    std::ostringstream message;
    const int status = app.exit(error, std::cout, message);
    print_lines(message.str());
    return delivered(status == 0 ? ExitStatus::pass : ExitStatus::usage);
  } catch (const Error& error) {
    print_error(error.what(), error.hint);
    return static_cast<int>(error.status);
  } catch (const std::exception& error) {
    if (!cli::standard_output_arrived()) return delivered(ExitStatus::harness_error);
    print_error(std::string("unexpected error: ") + error.what(), "please report it");
    return static_cast<int>(ExitStatus::harness_error);
  }
}
