// The command line, and nothing else: words become option structs, errors become messages and exit
// statuses.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>

#include "base/text.h"
#include "commands/ab.h"
#include "commands/baseline.h"
#include "commands/calibrate.h"
#include "commands/commands.h"
#include "commands/compare.h"
#include "commands/doctor.h"
#include "commands/gate.h"
#include "commands/history.h"
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

constexpr char kSuiteFooter[] =
    "\nOne scenario is reported on the spot. Several, or one with a matrix, are a suite: the exit\n"
    "status is its most serious one (in the order 130, 3, 2, 5, 1, 4, 6, 0), and junit.xml,\n"
    "summary.json and summary.md stand beside the reports of the instances.\n\n"
    "  uniharness run 'scenarios/*.yaml' -j 4 --retry 1\n"
    "  uniharness run scenarios -k boot -k '!*[model=q35*' --list";

constexpr char kDatabase[] =
    "database of the history (default: $UNIHARNESS_HISTORY, else reports/history.db)";

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
  SuiteOptions suite_options;
  ReplayOptions replay_options;
  BootOptions boot_options;
  AbOptions ab_options;
  DoctorOptions doctor_options;
  CompareOptions compare_options;
  GateOptions gate_options;
  BaselineOptions baseline_options;
  HistoryOptions history_options;
  HistoryAddOptions history_add_options;
  HistoryFileOptions history_file_options;
  CalibrateOptions calibrate_options;
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
    add_compare();
    add_gate();
    add_baseline();
    add_ab();
    add_doctor();
    add_history();
    add_calibrate();
    add_lists();
  }

  void add_run() {
    RunOptions& run_options = suite_options.run;
    CLI::App* command =
        app.add_subcommand("run", "build the image, boot it, check it, write the reports");
    command
        ->add_option("scenario", suite_options.scenarios,
                     "scenario files (YAML), 'globs', or folders of them")
        ->required();
    add_build_options(command, run_options.build);
    command->add_option("--out", run_options.output.out,
                        "report folder (default: reports/<scenario>); of a suite, the folder of "
                        "all its reports (default: reports)");
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
    command->add_flag("--record", run_options.record, "add the run to the history");
    command->add_option("--db", run_options.db, kDatabase);
    add_suite(command);
    jobs.emplace_back(command, [this] { return run_suite(suite_options); });
  }

  /// Options for several scenarios, and for a scenario with a matrix.
  void add_suite(CLI::App* command) {
    SuiteOptions& suite = suite_options;
    command->footer(kSuiteFooter);
    command->add_option("-j,--jobs", suite.jobs, "instances at a time (default: one a processor)")
        ->check(CLI::Range(0, 1024));
    command
        ->add_option("-k", suite.patterns,
                     "only instances with this in their name; with * or ?, of this name; a "
                     "leading ! leaves them out; may be given again")
        ->allow_extra_args(false);
    command->add_flag("--list", suite.list, "print the names of the instances, and stop");
    command->add_option("--shard", suite.shard,
                        "i/n: the i-th of n parts, balanced by the times in earlier reports");
    command->add_option("--retry", suite.retries, "run a failing instance again, so many times")
        ->check(CLI::Range(0, 100));
    command->add_flag("--allow-flaky", suite.allow_flaky,
                      "what passes only when run again is flaky, and no failure");
    command->add_flag("--fail-fast", suite.fail_fast, "begin nothing after a failure");
    command->add_option("--quarantine", suite.quarantine,
                        "list of known failures (YAML): - {name: PATTERN, reason: TEXT, until: "
                        "2026-12-31}");
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
    command->add_option("-k", boot_options.patterns, "which instance of a matrix")
        ->allow_extra_args(false);
    add_build_options(command, boot_options.build);
    command->add_flag("--gdb", boot_options.gdb, "wait for a debugger on 127.0.0.1:1234");
    command->add_flag("--debug", boot_options.debug,
                      "keep QEMU's CPU and interrupt log (reports/<scenario>/qemu-debug.log)");
    jobs.emplace_back(command, [this] { return boot(boot_options); });
  }

  static void add_comparison(CLI::App* command, ComparisonOptions& options) {
    command
        ->add_option("--tolerance", options.tolerances,
                     "how much worse NAME may become: NAME=+0, NAME=2%, 'NAME=200 instructions'; "
                     "without NAME, all others; may be given again")
        ->allow_extra_args(false);
    command->add_flag("--allow-missing", options.allow_missing, "a number may vanish");
    command->add_flag("--allow-new", options.allow_new, "a number may be new");
    command->add_flag("--ignore-fingerprint", options.ignore_fingerprint,
                      "compare what was measured under other conditions");
    command->add_flag("--json", options.json, "print the comparison as JSON");
    command->add_option("--markdown", options.markdown,
                        "also write it as Markdown, for a pull request");
  }

  static void add_run_basics(CLI::App* command, RunOptions& options) {
    add_build_options(command, options.build);
    command->add_option("--out", options.output.out, "report folder (default: reports/<scenario>)");
    command->add_option("--boots", options.boots, "how often to boot")->check(CLI::Range(1, 1000));
    command->add_option("--clock", options.clock, "counted (exact) or host (real time)")
        ->transform(CLI::CheckedTransformer(std::map<std::string, ClockKind>{
            {"counted", ClockKind::counted}, {"host", ClockKind::host}}));
    command->add_flag("--quiet,-q", options.output.quiet, "no progress");
  }

  void add_compare() {
    CLI::App* command = app.add_subcommand(
        "compare", "compare two runs, number by number: reports, baselines, benchmarks");
    constexpr char kSide[] =
        "report folder, folder of them, record.json, baseline, Google Benchmark file, or REV:path";
    command->add_option("base", compare_options.base, kSide)->required();
    command->add_option("new", compare_options.fresh, kSide)->required();
    add_comparison(command, compare_options.comparison);
    jobs.emplace_back(command, [this] { return compare(compare_options); });
  }

  void add_gate() {
    CLI::App* command = add_scenario(
        app.add_subcommand("gate", "run a scenario, and hold its numbers against a baseline"),
        gate_options.run.scenario);
    command->add_option("--baseline", gate_options.baseline, "baseline file")->required();
    add_run_basics(command, gate_options.run);
    add_comparison(command, gate_options.comparison);
    jobs.emplace_back(command, [this] { return gate(gate_options); });
  }

  void add_baseline() {
    CLI::App* command = app.add_subcommand("baseline", "make, change or show a baseline");
    command->require_subcommand(1);
    CLI::App* accept =
        command->add_subcommand("accept", "take the numbers of a run as they are now, and say why");
    accept->add_option("subject", baseline_options.subject, "scenario file, or a report")
        ->required();
    accept->add_option("--why", baseline_options.why, "the reason, for those who come later")
        ->required();
    add_run_basics(accept, baseline_options.run);
    CLI::App* show = command->add_subcommand("show", "print a baseline and its history");
    accept->add_option("--baseline", baseline_options.baseline, "baseline file")->required();
    show->add_option("baseline", baseline_options.baseline, "baseline file")->required();
    jobs.emplace_back(accept, [this] { return accept_baseline(baseline_options); });
    jobs.emplace_back(show, [this] { return show_baseline(baseline_options.baseline); });
  }

  void add_ab() {
    CLI::App* command =
        add_scenario(app.add_subcommand("ab", "boot two images or git revisions in turn, compare"),
                     ab_options.scenario);
    add_build_options(command, ab_options.build);
    command->add_option("--base", ab_options.base, "image file, or git revision")->required();
    command->add_option("--new", ab_options.fresh,
                        "image file, or git revision (default: the project as it is)");
    command->add_option("--clock", ab_options.clock, "counted (exact) or host (real time)")
        ->transform(CLI::CheckedTransformer(std::map<std::string, ClockKind>{
            {"counted", ClockKind::counted}, {"host", ClockKind::host}}));
    command->add_option("--metric", ab_options.metrics, "compare this number only (repeatable)")
        ->allow_extra_args(false);
    command->add_option("--boots", ab_options.pairs, "most boots of each image")
        ->capture_default_str()
        ->check(CLI::Range(5, 10000));
    command->add_option("--budget", ab_options.seconds, "most seconds for all boots")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    command
        ->add_option("--narrow", ab_options.narrow,
                     "per cent: unchanged where the interval is within")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    command
        ->add_option("--min-effect", ab_options.min_effect,
                     "per cent: a smaller change is never an alarm")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    command->add_flag("--json", ab_options.json, "print all samples and figures as JSON");
    command->add_flag("--quiet,-q", ab_options.quiet, "no progress");
    jobs.emplace_back(command, [this] { return ab_compare(ab_options); });
  }

  void add_doctor() {
    CLI::App* command =
        app.add_subcommand("doctor", "does what is needed work here, and how well?");
    command->add_flag("--json", doctor_options.json, "print all that was found as JSON");
    jobs.emplace_back(command, [this] { return run_doctor(doctor_options); });
  }

  void add_history() {
    CLI::App* command = app.add_subcommand(
        "history", "the numbers of past runs: where they stepped, and at which commit");
    HistoryOptions& show = history_options;
    command->add_option("metric", show.metric, "show this number (default: list what there is)");
    command->add_option("--scenario", show.scenario, "only of this scenario");
    command->add_option("--last", show.last, "only so many runs of each environment")
        ->check(CLI::Range(1, 1000000));
    command->add_flag("--json", show.json, "print it as JSON");
    command->add_option("--db", show.db, kDatabase);
    CLI::App* add = command->add_subcommand("add", "add the runs of report folders");
    add->add_option("reports", history_add_options.reports, "report folders")->required();
    add->add_option("--commit", history_add_options.commit,
                    "the commit that was run (default: the working directory's), or none");
    add->add_option("--db", history_add_options.db, kDatabase);
    CLI::App* out = command->add_subcommand("export", "write all runs as lines of JSON");
    CLI::App* in = command->add_subcommand("import", "add runs that were exported, all or none");
    for (CLI::App* file : {out, in}) {
      file->add_option("file", history_file_options.file, "- for standard input or output")
          ->capture_default_str();
      file->add_option("--db", history_file_options.db, kDatabase);
    }
    jobs.emplace_back(add, [this] { return add_to_history(history_add_options); });
    jobs.emplace_back(out, [this] { return export_history(history_file_options); });
    jobs.emplace_back(in, [this] { return import_history(history_file_options); });
    jobs.emplace_back(command, [this] { return show_history(history_options); });
  }

  void add_calibrate() {
    CLI::App* command = app.add_subcommand(
        "calibrate", "what a gate would have flagged in the past, and how much of it wrongly");
    command->add_option("reports", calibrate_options.reports,
                        "report folders (default: the history)");
    command->add_flag("--json", calibrate_options.json, "print it as JSON");
    command->add_option("--db", calibrate_options.db, kDatabase);
    jobs.emplace_back(command, [this] { return calibrate(calibrate_options); });
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

}  // namespace

int main(int argc, char** argv) {
  install_interrupt_handler();
  CommandLine line;
  try {
    line.app.parse(argc, argv);
    return static_cast<int>(line.execute());
  } catch (const CLI::ParseError& error) {
    // CLI11 words help, version and usage errors itself; its own statuses start at 100.
    std::ostringstream message;
    const int status = line.app.exit(error, std::cout, message);
    print_lines(message.str());
    return status == 0 ? 0 : static_cast<int>(ExitStatus::usage);
  } catch (const Error& error) {
    print_error(error.what(), error.hint);
    return static_cast<int>(error.status);
  } catch (const std::exception& error) {
    print_error(std::string("unexpected error: ") + error.what(), "please report it");
    return static_cast<int>(ExitStatus::harness_error);
  }
}
