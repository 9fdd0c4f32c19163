// plan, merge: suites that more than one machine runs.
#include <memory>

#include "cli/cli.h"
#include "commands/merge.h"
#include "commands/plan.h"

namespace harness::cli {
namespace {

constexpr char kPlanFooter[] =
    "\nA plan names every instance, in order, with the SHA-256 of its image, made by one build. "
    "Each machine runs a part of it, and refuses other images; merge makes one suite of what they "
    "leave (docs/CLUSTER.md). --check exits with 5 where something has changed.\n\n"
    "  uniharness plan 'scenarios/*.yaml' -o plan.json\n"
    "  uniharness run --plan plan.json --part 1/2 --out part-1\n"
    "  uniharness run --plan plan.json --part 2/2 --out part-2    # another machine\n"
    "  uniharness merge part-1 part-2 --plan plan.json --out all";

/// What --check takes from the plan.
constexpr const char* kMakingAPlan[] = {
    "scenario", "--out",         "-k",           "--parts", "--times",
    "--retry",  "--allow-flaky", "--quarantine", "--boots", "--clock"};

constexpr char kMergeFooter[] =
    "\nAn instance without a complete result is lost: exit status 3, never a pass. Of one that "
    "ran "
    "twice both results are named, and the first counts. Results of another plan, image or "
    "version "
    "of uniharness are refused by name. `uniharness run --resume OUT` runs what was lost.\n\n"
    "  uniharness merge part-1 part-2 --plan plan.json --out all";

}  // namespace

void add_plan(Cli& cli) {
  const auto options = std::make_shared<PlanOptions>();
  SuiteOptions& suite = options->suite;
  CLI::App* command = cli.add("plan", "freeze what a suite runs, for many machines to run it");
  command->footer(kPlanFooter);
  command
      ->add_option("scenario", suite.scenarios,
                   "scenario files (YAML), 'globs', or folders of them")
      ->type_name("SCENARIO");
  command->add_option("-o,--out", options->out, "file to write")
      ->type_name("FILE")
      ->capture_default_str();
  command->add_option("-k", suite.patterns, "only instances whose name matches, as for `run`")
      ->type_name("INSTANCE")
      ->allow_extra_args(false);
  whole_number(command->add_option("--parts", options->parts,
                                   "in how many parts it is to be run; then --part I needs no /N"),
               1, 1'000'000);
  command
      ->add_option("--times", suite.times,
                   "summary.json of an earlier suite, by whose times parts are balanced "
                   "(default: those of the reports in `reports`)")
      ->type_name("FILE");
  add_retry_options(command, suite);
  command->add_option("--quarantine", suite.quarantine, "list of known failures (YAML)")
      ->type_name("FILE");
  whole_number(command->add_option("--boots", suite.run.boots, "number of boots"), 1, 1000);
  add_clock_option(command, suite.run.clock);
  add_build_options(command, suite.run.build);
  command->add_flag("--quiet,-q", suite.run.output.quiet, "no progress");
  command->add_option("--check", options->check, "only say what has changed since this plan")
      ->type_name("FILE");
  cli.on(command, [options, command] {
    refuse_together(command, "--check", kMakingAPlan, "the plan says it");
    return plan(*options);
  });
}

void add_merge(Cli& cli) {
  const auto options = std::make_shared<MergeOptions>();
  CLI::App* command = cli.add("merge", "make one suite of the parts that many machines ran");
  command->footer(kMergeFooter);
  command->add_option("folder", options->folders, "folders of the parts (their --out)")
      ->type_name("REPORT")
      ->required();
  command->add_option("--plan", options->plan, "the plan that they ran")
      ->type_name("FILE")
      ->required();
  command
      ->add_option("--out", options->output.out,
                   "folder for all reports and the summary: new, or of an earlier merge")
      ->type_name("FOLDER")
      ->required();
  command->add_flag("--json", options->output.json, "print the summary as JSON");
  cli.on(command, [options] { return merge(*options); });
}

}  // namespace harness::cli
