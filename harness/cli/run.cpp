// run, replay, boot: what works with guests.
#include <array>
#include <memory>

#include "cli/cli.h"
#include "cluster/driver.h"
#include "commands/boot.h"
#include "commands/cluster_run.h"
#include "commands/replay.h"
#include "session/suite_run.h"

namespace harness::cli {
namespace {

constexpr char kSuiteFooter[] =
    "\nOne scenario has one report. Several scenarios, or one with a matrix, are a suite: its "
    "exit "
    "status is the most serious of its instances (in the order 130, 3, 2, 5, 1, 4, 6, 0), and "
    "index.html, junit.xml, summary.json and summary.md are written beside their reports.\n\n"
    "  uniharness run 'scenarios/*.yaml' -j 4 --retry 1\n"
    "  uniharness run scenarios -k boot -k '!*[model=q35*' --list\n\n"
    "A suite that was stopped goes on with what is left; a plan is run by many machines, and "
    "merged (docs/CLUSTER.md):\n\n"
    "  uniharness run --resume reports\n"
    "  uniharness run --plan plan.json --part 3/40 --out part-3\n"
    "  uniharness run 'scenarios/*.yaml' --on slurm -j 40 --out SHARED";

/// What a plan has decided, and the words of the command line may not.
constexpr const char* kPlanned[] = {"scenario",     "-k",      "--shard", "--times",      "--retry",
                                    "--quarantine", "--boots", "--clock", "--allow-flaky"};

/// Options for suites whose plan is made already.
void add_planned_suite_options(CLI::App* command, SuiteOptions& suite) {
  command->add_option("--plan", suite.plan, "run this plan (uniharness plan), and build nothing")
      ->type_name("FILE");
  command
      ->add_option("--part", suite.part,
                   "run the I-th of N parts of the plan; I alone where the plan says how many")
      ->type_name("I/N");
  command
      ->add_option("--instances", suite.chosen,
                   "file with the exact names of the instances of the plan to run, one a line")
      ->type_name("FILE");
  command
      ->add_option("--resume", suite.resume,
                   "go on with the suite whose reports are in this folder: run what has no "
                   "complete result")
      ->type_name("FOLDER");
}

/// What the machines of a cluster would have to do, and do not.
constexpr const char* kOfOneMachine[] = {"--shard",   "--part",    "--instances", "--fail-fast",
                                         "--dry-run", "--verbose", "--keep-disk", "--record",
                                         "--db",      "--list"};

void add_cluster_options(CLI::App* command, ClusterOptions& cluster) {
  command
      ->add_option("--on", cluster.engine,
                   "let the machines of a cluster run the suite: " + known_engines() +
                       "; with -j N tasks at a time, and --out in a folder that all of them share")
      ->type_name("NAME");
  command
      ->add_option(
          "--submit,--slurm", cluster.words,
          "a word for the engine's sbatch or qsub; repeatable: --submit --partition=short, "
          "--submit -l --submit h_rt=600")
      ->type_name("WORDS")
      ->allow_extra_args(false);
}

void refuse_contradictions(const CLI::App* command) {
  refuse_together(command, "--on", kOfOneMachine, "it is for one machine");
  if (command->get_option("--submit")->count() != 0 && command->get_option("--on")->count() == 0) {
    throw UsageError("--submit is for an engine, and the suite runs here",
                     "add --on with one of: " + known_engines());
  }
  refuse_together(command, "--plan", kPlanned, "the plan says it");
  refuse_together(command, "--resume", kPlanned, "the plan in that folder says it");
  refuse_together(command, "--resume", std::array{"--out"}, "the reports go to that folder");
  refuse_together(command, "--part", std::array{"--instances"}, "each chooses from the plan");
}

/// Options for several scenarios, and for a scenario with a matrix.
void add_suite_options(CLI::App* command, SuiteOptions& suite) {
  command->footer(kSuiteFooter);
  whole_number(
      command->add_option("-j,--jobs", suite.jobs,
                          "instances to run at a time (default: one per processor that this "
                          "program may use: affinity mask, quota, batch system)"),
      0, 1024);
  command
      ->add_option("-k", suite.patterns,
                   "only instances whose name contains this; with * or ?, whose whole name "
                   "matches; a leading ! excludes them; repeatable")
      ->type_name("INSTANCE")
      ->allow_extra_args(false);
  command->add_flag("--list", suite.list, "print the names of the instances and exit");
  command
      ->add_option("--shard", suite.shard,
                   "run the I-th of N parts; which they are depends on names alone")
      ->type_name("I/N");
  command
      ->add_option("--times", suite.times,
                   "summary.json of an earlier suite, by whose times parts are balanced: the "
                   "same file on every machine")
      ->type_name("FILE");
  add_retry_options(command, suite);
  command->add_flag("--fail-fast", suite.fail_fast, "start no more instances after a failure");
  command
      ->add_option("--quarantine", suite.quarantine,
                   "list of known failures (YAML): - {name: PATTERN, reason: TEXT, until: "
                   "2026-12-31}")
      ->type_name("FILE");
}

}  // namespace

void add_run(Cli& cli) {
  const auto cluster = std::make_shared<ClusterOptions>();
  SuiteOptions* const suite = &cluster->suite;
  RunOptions& options = suite->run;
  CLI::App* command = cli.add("run", "build the image, boot it, check it, write the reports");
  command
      ->add_option("scenario", suite->scenarios,
                   "scenario files (YAML), 'globs', or folders of them")
      ->type_name("SCENARIO");
  add_build_options(command, options.build);
  command
      ->add_option("--out", options.output.out,
                   "report folder (default: reports/<scenario>); of a suite, the folder of "
                   "all its reports (default: reports)")
      ->type_name("FOLDER");
  whole_number(command->add_option("--boots", options.boots, "number of boots"), 1, 1000);
  add_clock_option(command, options.clock);
  add_hostname_option(command, options);
  command->add_flag("--dry-run", options.dry_run,
                    "print the QEMU command line, ready to paste, and exit");
  command->add_flag("--json", options.output.json, "print the record as JSON");
  command->add_flag("--verbose,-v", options.verbose, "show serial output as it arrives");
  command->add_flag("--quiet,-q", options.output.quiet, "print the verdict alone, and no progress");
  command->add_flag("--keep-disk", options.keep_disk,
                    "keep the disk that the boots left, where it persists (disk.img beside the "
                    "report)");
  add_record_option(command, options);
  command->add_option("--db", options.db, kDatabase)->type_name("FILE");
  add_suite_options(command, *suite);
  add_planned_suite_options(command, *suite);
  add_cluster_options(command, *cluster);
  cli.on(command, [cluster, command] {
    refuse_contradictions(command);
    return cluster->engine.empty() ? run_suite(cluster->suite) : run_on_cluster(*cluster);
  });
}

void add_replay(Cli& cli) {
  const auto options = std::make_shared<ReplayOptions>();
  CLI::App* command =
      cli.add("replay", "judge a saved report folder or serial log again, without QEMU");
  command->footer(
      "\nFor a report of somebody else's machine, and while checks are written: nothing is booted, "
      "and the same bytes have the same verdict.\n\n"
      "  uniharness replay reports/session20\n"
      "  uniharness replay serial.log --scenario scenarios/session20.yaml");
  command->add_option("trace", options->trace, "report folder, or serial log")
      ->type_name("SIDE")
      ->required();
  command
      ->add_option("--scenario", options->scenario,
                   "scenario file (default: the one that the record names)")
      ->type_name("SCENARIO");
  command->add_option("--out", options->output.out, "write reports to this folder")
      ->type_name("FOLDER");
  command->add_flag("--json", options->output.json, "print the record as JSON");
  cli.on(command, [options] { return replay(*options); });
}

void add_boot(Cli& cli) {
  const auto options = std::make_shared<BootOptions>();
  CLI::App* command = cli.add("boot", "boot the image interactively on this terminal");
  command->footer(
      "\nNothing is checked. Ctrl-A X ends QEMU; with --gdb the guest waits at its first "
      "instruction.\n\n"
      "  uniharness boot scenarios/session20.yaml\n"
      "  uniharness boot scenarios/session20.yaml --gdb");
  add_scenario_file(command, options->scenario);
  add_instance(command, options->patterns);
  add_build_options(command, options->build);
  command->add_flag("--gdb", options->gdb, "wait for a debugger on 127.0.0.1:1234");
  command->add_flag("--debug", options->debug,
                    "keep QEMU's CPU and interrupt log (reports/<scenario>/qemu-debug.log)");
  cli.on(command, [options] { return boot(*options); });
}

}  // namespace harness::cli
