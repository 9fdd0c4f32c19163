// compare, gate, baseline, ab, timeline: what compares numbers.
#include <memory>

#include "cli/cli.h"
#include "commands/ab.h"
#include "commands/baseline.h"
#include "commands/compare.h"
#include "commands/gate.h"
#include "commands/timeline.h"

namespace harness::cli {
namespace {

constexpr char kCompareFooter[] =
    "\nNumbers by counts are the same or they are not; those by host time are judged by "
    "statistics (docs/MEASUREMENT.md). Exit status 4: something got worse; 5: missing, broken or "
    "measured under other conditions; 6: too little data to tell.\n\n"
    "  uniharness compare reports/before reports/after\n"
    "  uniharness compare 'history:session20@30' reports/session20\n"
    "  uniharness compare before.json after.json --tolerance 5%";

constexpr char kGateFooter[] =
    "\nA regression is exit status 4. The report says which function moved first, and the last "
    "line how to accept the new numbers, if that was intended.\n\n"
    "  uniharness baseline accept s.yaml --baseline s.json --why 'first numbers'\n"
    "  uniharness gate s.yaml --baseline s.json\n"
    "  uniharness gate s.yaml --baseline history:session20@30 --record";

constexpr char kAcceptFooter[] =
    "\nThe reason and the date stay in the file, which belongs beside the sources.\n\n"
    "  uniharness baseline accept s.yaml --baseline s.json --why 'first numbers'\n"
    "  uniharness baseline accept reports/s --baseline s.json --why 'a new CRC'";

constexpr char kAbFooter[] =
    "\nBoth are booted in turn, so that whatever the machine does happens to both, until every "
    "number is settled or --boots or --budget is used up. Exit status 4: something got slower; 6: "
    "too little data to tell.\n\n"
    "  uniharness ab scenarios/session20.yaml --base HEAD~1\n"
    "  uniharness ab scenarios/session20.yaml --base old.img --new new.img\n"
    "  uniharness ab scenarios/session20.yaml --base main --clock counted";

constexpr char kTimelineFooter[] =
    "\nInstructions of each phase, and its host time with an interval; boots of an empty guest on "
    "the same machine, in between, tell what QEMU and the firmware take.\n\n"
    "  uniharness timeline scenarios/session20.yaml --boots 30";

void add_comparison(CLI::App* command, ComparisonOptions& options) {
  command
      ->add_option("--tolerance", options.tolerances,
                   "how much worse METRIC may become: 'sum=+0', 'fib*=2%', "
                   "'Total=200 instructions'; a LIMIT alone is of all others; a number's own name "
                   "goes before a pattern; repeatable")
      ->type_name("METRIC=LIMIT")
      ->allow_extra_args(false);
  command->add_flag("--allow-missing", options.allow_missing,
                    "accept numbers that the new side lacks");
  command->add_flag("--allow-new", options.allow_new, "accept numbers that the base lacks");
  command->add_flag("--ignore-fingerprint", options.ignore_fingerprint,
                    "compare even if the conditions of measurement differ");
  command
      ->add_option("--ignore,--ignore-condition", options.ignore,
                   "compare even if this condition differs, and no other: host_name, qemu, cpu, "
                   "..., or for gate scenario, its name; repeatable")
      ->type_name("NAME")
      ->allow_extra_args(false);
  CLI::Option* const one = command->add_flag(
      "--one-run-decides", options.one_run_decides,
      "against several runs: trust that they have shown every level of the host, frequency, "
      "neighbours, layout (default for up to five noisy numbers of files)");
  command
      ->add_flag("--several-runs-decide", options.several_runs_decide,
                 "else a change must last for a few runs (default for more, and for history:)")
      ->excludes(one);
  command->add_flag("--json", options.json, "print the comparison as JSON");
  command
      ->add_option("--markdown", options.markdown, "also write it as Markdown, for a pull request")
      ->type_name("FILE");
  whole_number(
      command
          ->add_option("--markdown-bytes", options.markdown_bytes,
                       "its size at most; a comment holds 65,536, a step summary of CI a million")
          ->capture_default_str(),
      10'000, kMostMarkdownBytes);
}

}  // namespace

void add_compare(Cli& cli) {
  const auto options = std::make_shared<CompareOptions>();
  CLI::App* command =
      cli.add("compare", "compare two runs, number by number: reports, baselines, benchmarks");
  command->footer(kCompareFooter);
  constexpr char kSide[] =
      "report folder, folder of them, record.json, baseline, Google Benchmark file, "
      "history:SCENARIO (its newest run; ~1: the one before), or REV:path";
  command
      ->add_option("sides", options->sides,
                   std::string("BASE and NEW: ") + kSide +
                       ". Before NEW several runs, the oldest first, or history:SCENARIO@30 (its "
                       "last 30): NEW is held against what they were from run to run")
      ->type_name("SIDE")
      ->required()
      ->expected(2, CLI::detail::expected_max_vector_size);
  command->add_flag("--side-by-side", options->side_by_side,
                    "print both in one table without a verdict, e.g. host and unikernel");
  add_comparison(command, options->comparison);
  command
      ->add_option("--gate-on", options->comparison.gate_on,
                   "of Google Benchmark's numbers, which may fail: real_time, cpu_time, a counter, "
                   "COUNTER=higher; repeatable (default: all but counters of unknown direction)")
      ->type_name("NAME")
      ->allow_extra_args(false);
  cli.on(command, [options] { return compare(*options); });
}

void add_gate(Cli& cli) {
  const auto options = std::make_shared<GateOptions>();
  CLI::App* command = cli.add("gate", "run a scenario and compare its numbers with a baseline");
  command->footer(kGateFooter);
  add_scenario_file(command, options->run.scenario);
  add_instance(command, options->patterns);
  command
      ->add_option("--baseline", options->baseline,
                   "baseline file, or history:SCENARIO@30: its last 30 runs, one value each")
      ->type_name("FILE")
      ->required();
  add_run_basics(command, options->run);
  add_record_option(command, options->run);
  add_comparison(command, options->comparison);
  cli.on(command, [options] { return gate(*options); });
}

void add_baseline(Cli& cli) {
  const auto options = std::make_shared<BaselineOptions>();
  CLI::App* command = cli.add("baseline", "accept or show a baseline");
  command->require_subcommand(1);
  CLI::App* accept = command->add_subcommand(
      "accept", "accept the numbers of a run as the baseline, with a reason");
  accept->footer(kAcceptFooter);
  accept->add_option("subject", options->subject, "scenario file, or a report")
      ->type_name("SCENARIO")
      ->required();
  add_instance(accept, options->patterns);
  accept->add_option("--why", options->why, "reason for the change, kept in the baseline")
      ->type_name("WORDS")
      ->required();
  add_run_basics(accept, options->run);
  accept
      ->add_option("--baseline", options->baseline,
                   "baseline file; beside it, by counts, what each function executes")
      ->type_name("FILE")
      ->required();
  CLI::App* show = command->add_subcommand("show", "print a baseline and its history");
  show->footer("\n  uniharness baseline show reports/baselines/session20.json");
  show->add_option("baseline", options->baseline, "baseline file")->type_name("FILE")->required();
  cli.on(accept, [options] { return accept_baseline(*options); });
  cli.on(show, [options] { return show_baseline(options->baseline); });
}

void add_ab(Cli& cli) {
  const auto options = std::make_shared<AbOptions>();
  CLI::App* command = cli.add("ab", "compare two images or git revisions, booted alternately");
  command->footer(kAbFooter);
  add_scenario_file(command, options->scenario);
  add_instance(command, options->patterns);
  add_build_options(command, options->build);
  command->add_option("--base", options->base, "image file, or git revision")
      ->type_name("IMAGE")
      ->required();
  command
      ->add_option("--new", options->candidate,
                   "image file, or git revision (default: the working tree)")
      ->type_name("IMAGE");
  add_clock_option(command, options->clock);
  command
      ->add_option("--metric", options->metrics,
                   "compare this number only, or all of a pattern: 'fib*'; repeatable")
      ->type_name("METRIC")
      ->allow_extra_args(false);
  whole_number(command->add_option("--boots", options->pairs, "maximum boots of each image")
                   ->capture_default_str(),
               5, 10'000);
  number_above_zero(command->add_option("--budget", options->seconds, "at most this for all boots")
                        ->capture_default_str(),
                    "SECONDS");
  number_above_zero(command
                        ->add_option("--narrow", options->narrow,
                                     "unchanged, at any look, if the interval lies within this")
                        ->capture_default_str(),
                    "PERCENT");
  number_above_zero(
      command
          ->add_option("--margin", options->margin,
                       "unchanged, when sampling ends, if the interval lies within this")
          ->capture_default_str(),
      "PERCENT");
  number_of(command
                ->add_option("--min-effect", options->min_effect,
                             "a smaller change never raises an alarm")
                ->capture_default_str(),
            "PERCENT", 0, 1e9);
  command->add_flag("--json", options->json, "print all samples and figures as JSON");
  command->add_flag("--verbose,-v", options->verbose,
                    "print every number with its interval, and how it was judged");
  command->add_flag("--quiet,-q", options->quiet, "print the verdict alone, and no progress");
  cli.on(command, [options] { return ab_compare(*options); });
}

void add_timeline(Cli& cli) {
  const auto options = std::make_shared<TimelineOptions>();
  CLI::App* command = cli.add(
      "timeline", "where the time of a boot goes, phase by phase, beyond that of an empty guest");
  command->footer(kTimelineFooter);
  add_scenario_file(command, options->scenario);
  add_instance(command, options->patterns);
  add_build_options(command, options->build);
  whole_number(
      command->add_option("--boots", options->boots, "boots of the guest, and of an empty guest")
          ->capture_default_str(),
      1, 10'000);
  command->add_flag("--json", options->json, "print all samples as JSON");
  command->add_flag("--quiet,-q", options->quiet, "no progress");
  cli.on(command, [options] { return show_timeline(*options); });
}

}  // namespace harness::cli
