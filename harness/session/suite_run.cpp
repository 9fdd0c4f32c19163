#include "session/suite_run.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <thread>

#include "base/files.h"
#include "base/format.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "base/shell.h"
#include "check/judge.h"
#include "model/verdict.h"
#include "output/finish.h"
#include "output/suite_progress.h"
#include "process/interrupt.h"
#include "report/digest.h"
#include "report/suite_json.h"
#include "report/suite_report.h"
#include "run/auto_accel.h"
#include "run/boots.h"
#include "run/build_progress.h"
#include "scenario/matrix.h"
#include "session/suite_build.h"
#include "sources/history_access.h"
#include "suite/outcome.h"
#include "suite/quarantine.h"
#include "suite/select.h"
#include "suite/shard.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// One word that is a file, without a matrix and without any option of a suite.
bool is_plain(const SuiteOptions& options, const std::vector<fs::path>& files,
              const std::vector<Scenario>& scenarios) {
  const bool file = options.scenarios.size() == 1 && files.front() == options.scenarios.front();
  return file && scenarios.size() == 1 && !scenarios.front().name.ends_with(']') &&
         options.patterns.empty() && options.shard.empty() && options.times.empty() &&
         options.quarantine.empty() && options.retries == 0 && !options.fail_fast &&
         !options.allow_flaky && !options.list && options.skipped.empty();
}

std::string time_text(const char* format) {
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  return fmt::format(fmt::runtime(format), fmt::gmtime(now));
}

fs::path root_folder(const SuiteOptions& options) {
  return options.run.output.out.empty() ? fs::path("reports") : options.run.output.out;
}

std::vector<Instance> chosen_instances(std::vector<Scenario> scenarios,
                                       const SuiteOptions& options) {
  std::vector<Instance> instances;
  for (Scenario& scenario : scenarios) {
    if (!chosen(options.patterns, scenario.name)) continue;
    apply_overrides(options.run, scenario);
    fs::path folder = root_folder(options) / folder_name(scenario.name);
    instances.push_back({.scenario = std::move(scenario), .folder = std::move(folder)});
  }
  if (instances.empty()) {
    throw UsageError(fmt::format("none of {} is called: {}", count_of(scenarios.size(), "instance"),
                                 fmt::join(options.patterns, ", ")),
                     "--list prints their names");
  }
  return instances;
}

std::vector<KnownDuration> durations_of(const std::vector<Instance>& instances) {
  std::vector<KnownDuration> known(instances.size());
  parallel_for(known.size(), [&](std::size_t i) { known[i] = last_duration(instances[i].folder); });
  return known;
}

/// How long each instance took in the suite of `file`, a summary.json.
std::vector<KnownDuration> durations_in(const fs::path& file, const std::string& text,
                                        const std::vector<Instance>& instances) {
  std::map<std::string, std::chrono::nanoseconds> times;
  for (const InstanceResult& result : suite_from_json(text, file.string()).instances) {
    if (!result.attempts.empty()) times[result.name] = result.attempts.back().boots;
  }
  std::vector<KnownDuration> known;
  known.reserve(instances.size());
  for (const Instance& instance : instances) {
    const auto found = times.find(instance.scenario.name);
    known.push_back(found != times.end() ? KnownDuration(found->second) : std::nullopt);
  }
  return known;
}

/// Leaves the instances of our shard. Which they are does not depend on what lies in folders of
/// reports, for that differs from machine to machine, and an instance that each leaves to the
/// others would never run.
void keep_shard(const SuiteOptions& options, std::vector<Instance>& instances,
                std::vector<std::string>& notes) {
  const std::string& text = options.shard;
  if (text.empty()) {
    if (options.times.empty()) return;
    throw UsageError("--times balances shards, and there is no --shard",
                     "add --shard i/n, or leave out --times");
  }
  const std::optional<Shard> shard = parse_shard(text);
  if (!shard) {
    throw UsageError("--shard " + text + " is not a valid part",
                     "write i/n, with i from 1 to n: --shard 2/5");
  }
  std::vector<std::string> names;
  names.reserve(instances.size());
  for (const Instance& instance : instances) names.push_back(instance.scenario.name);
  std::vector<KnownDuration> known(instances.size());
  std::string by = "by their names";
  if (!options.times.empty()) {
    const std::string times = read_file(options.times);
    known = durations_in(options.times, times, instances);
    by = fmt::format("by the times with SHA-256 {:.16}", sha256_of(times));
  }
  const std::vector<std::size_t> shard_of = assign_shards(names, estimates(known), shard->count);
  std::vector<Instance> ours;
  for (std::size_t i = 0; i < instances.size(); ++i) {
    if (shard_of[i] == shard->index) ours.push_back(std::move(instances[i]));
  }
  if (ours.empty()) {
    throw UsageError(fmt::format("shard {} is empty: there is only {} to be split", text,
                                 count_of(instances.size(), "instance")),
                     fmt::format("split it into at most {} parts", instances.size()));
  }
  notes.push_back(fmt::format("shard {}: {} of {}, {}", text, ours.size(),
                              count_of(instances.size(), "instance"), by));
  instances = std::move(ours);
}

fs::path retry_folder(const Instance& instance, unsigned retry) {
  return instance.folder / fmt::format("retry-{}", retry);
}

/// Reports of the retries of an earlier suite.
void remove_retries(const Instance& instance) {
  std::error_code error;
  for (unsigned retry = 1; fs::exists(retry_folder(instance, retry) / "record.json", error);
       ++retry) {
    fs::remove_all(retry_folder(instance, retry), error);
  }
}

/// One run of an instance, on a thread of its own.
Attempt run_once(const Instance& instance, unsigned retry, const Prepared& prepared,
                 const RunOptions& options) {
  if (prepared.fault) throw Error(*prepared.fault);
  Progress quiet(ProgressStyle::none, instance.scenario.name + " | ");
  const fs::path folder = retry == 0 ? instance.folder : retry_folder(instance, retry);
  QemuMachine machine;
  RunRecord record = boot_all(
      machine, instance.scenario, prepared.image, *prepared.facts, folder,
      {.verbose = options.verbose, .keep_disk = options.keep_disk, .cut_jobs = options.cut_jobs},
      quiet);
  judge(record, instance.scenario.checks);

  // The first attempt's reports stay: that of a flaky instance is the one to look into.
  if (retry == 0) remove_retries(instance);
  write_reports(folder, record);
  if (options.record) record_run(record, options.db);
  Attempt attempt{.verdict = record.verdict, .reported = true};
  if (is_failure(attempt)) attempt.evidence = failure_evidence(record);
  if (retry == 0) attempt.tests = guest_tests(record);
  attempt.boots = total_wall(record).value_or(std::chrono::nanoseconds(0));
  return attempt;
}

unsigned jobs_of(const SuiteOptions& options) {
  if (options.jobs != 0) return options.jobs;
  return std::max(std::thread::hardware_concurrency(), 1u);
}

/// The order to begin in. Where several run at a time, a long one that begins last is waited for by
/// all others: the longest go first.
std::vector<std::size_t> order_of(const std::vector<Instance>& instances, unsigned jobs) {
  if (jobs == 1) return longest_first(std::vector<std::chrono::nanoseconds>(instances.size()));
  return longest_first(estimates(durations_of(instances)));
}

void choose_accels(std::vector<Instance>& instances, bool quiet) {
  Progress progress(progress_style(quiet));
  for (Instance& instance : instances) choose_accel(instance.scenario, progress);
}

void print_names(const std::vector<Instance>& instances) {
  for (const Instance& instance : instances) fmt::print("{}\n", instance.scenario.name);
}

void print_commands(const std::vector<Instance>& instances, const BuildOptions& options) {
  for (const Instance& instance : instances) {
    fmt::print("# {}\n{}\n", instance.scenario.name, bare_command_line(instance.scenario, options));
  }
}

SuiteResult run_instances(const std::vector<Instance>& instances, const SuiteOptions& options) {
  Progress progress(progress_style(options.run.output.quiet));
  build_all(instances, options.run.build, progress);
  const PreparedImages images = prepare(instances, options.run.build);

  SuiteResult suite;
  suite.uniharness_version = UNIHARNESS_VERSION;
  suite.started_at = time_text("{:%Y-%m-%dT%H:%M:%SZ}");
  suite.jobs = jobs_of(options);
  suite.allow_flaky = options.allow_flaky;
  const Clock::time_point start = Clock::now();
  // Lines of the guests and a table that is redrawn would destroy each other.
  ProgressStyle style = progress_style(options.run.output.quiet);
  if (options.run.verbose && style == ProgressStyle::terminal) style = ProgressStyle::plain;
  SuiteProgress table(style, instances.size());
  suite.instances = run_all(
      instances, order_of(instances, suite.jobs),
      {suite.jobs, options.retries, options.fail_fast, options.allow_flaky},
      [&](const Instance& instance, unsigned retry) {
        return run_once(instance, retry, images.at(&instance), options.run);
      },
      table);
  suite.wall = Clock::now() - start;
  suite.status = status_of(suite.instances, options.allow_flaky);
  return suite;
}

/// What could not be run here stands behind what was.
void add_skipped(const SuiteOptions& options, SuiteResult& suite) {
  for (const SkippedCase& skipped : options.skipped) {
    if (!chosen(options.patterns, skipped.name)) continue;
    suite.instances.push_back({.name = skipped.name,
                               .scenario_file = skipped.source,
                               .folder = {},
                               .outcome = Outcome::skipped,
                               .attempts = {{.verdict = {VerdictKind::skip, skipped.reason}}}});
  }
}

void write_summary(const fs::path& root, const SuiteResult& suite) {
  for (const SuiteFormat& format : suite_formats()) {
    write_atomically(root / format.file, format.render(suite));
  }
}

/// After Ctrl-C: what had ended by then is reported, the rest was not run. Throws Error where
/// nothing had; then no folder is left that was not there before.
void end_early(SuiteResult& suite, const fs::path& root, bool had_root) {
  suite.status = ExitStatus::interrupted;
  bool any_ended = false;
  for (InstanceResult& result : suite.instances) {
    any_ended |= result.outcome != Outcome::not_run;
    if (result.outcome == Outcome::not_run) result.attempts.clear();
  }
  if (any_ended) return;
  std::error_code error;
  if (!had_root) fs::remove(root, error);  // the runs made it, for what they tell while they run
  throw Error("interrupted before any instance had ended", "", ExitStatus::interrupted);
}

}  // namespace

ExitStatus run_suite(const SuiteOptions& options) {
  const std::vector<fs::path> files = scenario_files(options.scenarios);
  std::vector<Scenario> scenarios = load_all(files);
  if (is_plain(options, files, scenarios)) {
    RunOptions one = options.run;
    one.cut_jobs = jobs_of(options);
    return run_loaded(std::move(scenarios.front()), one);
  }
  std::vector<std::string> notes;
  std::vector<Instance> instances = chosen_instances(std::move(scenarios), options);
  keep_shard(options, instances, notes);
  if (!options.quarantine.empty()) {
    const bool whole = options.patterns.empty() && options.shard.empty();
    std::ranges::move(apply_quarantine(load_quarantine(options.quarantine),
                                       time_text("{:%Y-%m-%d}"), whole, instances),
                      std::back_inserter(notes));
  }
  if (options.list) {
    print_names(instances);
    return ExitStatus::pass;
  }
  choose_accels(instances, options.run.output.quiet);
  if (options.run.dry_run) {
    print_commands(instances, options.run.build);
    return ExitStatus::pass;
  }

  const fs::path root = root_folder(options);
  const bool had_root = fs::exists(root);
  require_writable(root);
  SuiteResult suite = run_instances(instances, options);
  if (interrupted()) end_early(suite, root, had_root);
  suite.notes = std::move(notes);
  add_skipped(options, suite);
  write_summary(root, suite);
  print_suite(suite, options.run.output, root);
  return suite.status;
}

}  // namespace harness
