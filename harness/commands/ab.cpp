#include "commands/ab.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>

#include "ab_test/ab_test.h"
#include "ab_test/counted.h"
#include "ab_test/render.h"
#include "ab_test/revision.h"
#include "base/sha256.h"
#include "base/shell.h"
#include "machine/machine.h"
#include "output/finish.h"
#include "run/auto_accel.h"
#include "run/measured_boot.h"
#include "run/progress.h"
#include "suite/select.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// One of the two things compared.
struct Side {
  const char* role;  // "base" or "new"
  std::string name;  // as the user said it
  Image image;
  std::string sha256;
  std::unique_ptr<ab::RevisionBuild> revision;  // kept while its image is needed
};

Scenario scenario_with(const AbOptions& options) {
  Scenario scenario = the_instance(options.scenario, options.patterns);
  if (options.clock) scenario.clock = *options.clock;
  if (scenario.clock == ClockKind::counted && scenario.machine.accel == "kvm") {
    throw UsageError("--clock counted needs accel: tcg, and " + scenario.file + " asks for kvm");
  }
  return scenario;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The scenario's image with this file in the place of the one that is booted.
Image with_file(const Scenario& scenario, const BuildOptions& options, const fs::path& file) {
  Image image;
  const fs::path path = fs::absolute(file);
  if (!scenario.image.kernel.empty()) {
    image.kernel = path;
  } else if (!scenario.image.cdrom.empty()) {
    image.cdrom = path;
  } else if (!scenario.image.disk.empty()) {
    image.disk = path;
  }
  image.firmware = scenario.image.firmware;
  find_companions(scenario, options, image);
  return image;
}

Side make_side(const char* role, const std::string& name, const Scenario& scenario,
               const AbOptions& options, Progress& progress) {
  Side side{role, name, {}, {}, {}};
  const auto on_output = [&](std::string_view) {};
  if (!name.empty() && fs::is_regular_file(name)) {
    side.image = with_file(scenario, options.build, name);
  } else if (name.empty()) {
    side.name = "the project as it is";
    if (!scenario.image.build.empty()) {
      progress.done("build " + shell_quoted(scenario.image.build));
    }
    progress.now("build " + scenario.image.target);
    side.image = build_image(scenario, options.build, on_output);
  } else if (scenario.image.target.empty()) {
    throw UsageError("'" + name + "' is not a file, and " + scenario.file +
                     " names no `target` to build from a git revision");
  } else {
    progress.now("build " + scenario.image.target + " of " + name);
    side.revision =
        std::make_unique<ab::RevisionBuild>(find_build_dir(options.build), name, on_output);
    BuildOptions build;
    build.build_dir = side.revision->build_dir();
    side.image = build_image(scenario, build, on_output);
    side.name += " (" + side.revision->commit().substr(0, 12) + ")";
  }
  const fs::path booted = side.image.booted();
  if (!booted.empty()) side.sha256 = sha256_of_file(booted);
  return side;
}

class PairedBoots {
 public:
  PairedBoots(const Scenario& scenario, const Side& base, const Side& candidate)
      : scenario_(scenario), base_(base), candidate_(candidate) {}

  struct Pair {
    std::vector<ab::Reading> base, candidate;
  };
  /// Boots both, in the order that the pair's place in ABBA asks for.
  Pair next() {
    Pair pair;
    const bool base_first = count_ % 2 == 0;
    ++count_;
    if (base_first) pair.base = boot(base_);
    pair.candidate = boot(candidate_);
    if (!base_first) pair.base = boot(base_);
    return pair;
  }
  [[nodiscard]] const std::string& qemu_version() const { return qemu_version_; }

 private:
  std::vector<ab::Reading> boot(const Side& side) {
    BootRecord record = measured_boot(machine_, scenario_, side.image, count_,
                                      std::string(side.role) + " (" + side.name + ")");
    qemu_version_ = record.trace.qemu_version;
    return ab::readings_of(std::move(record), scenario_.clock);
  }

  const Scenario& scenario_;
  const Side& base_;
  const Side& candidate_;
  QemuMachine machine_;
  std::uint64_t count_ = 0;
  std::string qemu_version_;
};

void refuse(const std::optional<std::string>& problem) {
  if (problem) throw Error("not comparable: " + *problem, "", ExitStatus::invalid_data);
}

/// Boots until every number is settled or the budget ends. Returns why it ended.
std::string sample(PairedBoots& series, ab::AbTest& comparison, const AbOptions& options,
                   Progress& progress) {
  const auto start = Clock::now();
  while (true) {
    const auto pair = series.next();
    refuse(comparison.add(pair.base, pair.candidate));
    const bool time_is_up = seconds_since(start) >= options.seconds;
    const bool last = time_is_up || comparison.pairs() >= options.pairs;
    progress.now(fmt::format("{} of {} pairs, {:.0f} s", comparison.pairs(), options.pairs,
                             seconds_since(start)));
    if (comparison.look(last)) return "every number is settled";
    if (last) return time_is_up ? "the time is up" : "the boots are used up";
  }
}

std::string compare_host(PairedBoots& series, ab::AbTest& comparison, const AbOptions& options,
                         ab::AbResult& result, Progress& progress) {
  const auto warm_up = series.next();
  refuse(comparison.begin(warm_up.base, warm_up.candidate));
  std::string ended = sample(series, comparison, options, progress);
  result.rows = comparison.rows();
  result.warm_up = comparison.warm_up();
  result.pairs = comparison.pairs();
  return ended;
}

/// One counted boot of each image, for what was an alarm by host time.
void count_alarms(const Scenario& scenario, const Side& base, const Side& candidate,
                  ab::AbResult& result, Progress& progress) {
  if (!ab::has_alarm(result.rows)) return;
  progress.now("counting instructions");
  Scenario counted = scenario;
  counted.clock = ClockKind::counted;
  counted.machine.accel = "tcg";
  try {
    const auto pair = PairedBoots(counted, base, candidate).next();
    ab::add_counted(result.rows, pair.base, pair.candidate);
  } catch (const Error& error) {
    if (error.status == ExitStatus::interrupted) throw;
    result.not_counted = error.what();
  }
}

std::string compare_counted(PairedBoots& series, ab::AbTest& comparison, ab::AbResult& result) {
  for (std::size_t i = 0; i < 2; ++i) {
    const auto pair = series.next();
    if (i == 0) refuse(comparison.begin(pair.base, pair.candidate));
    refuse(comparison.add(pair.base, pair.candidate));
  }
  result.rows = comparison.rows();
  result.pairs = comparison.pairs();
  ab::decide_exactly(result.rows);
  return "two boots of each are enough where instructions are counted";
}

ExitStatus exit_for(stats::Conclusion outcome) {
  switch (outcome) {
    case stats::Conclusion::regression:
      return ExitStatus::regression;
    case stats::Conclusion::inconclusive:
      return ExitStatus::inconclusive;
    case stats::Conclusion::improvement:
    case stats::Conclusion::unchanged:
      break;
  }
  return ExitStatus::pass;
}

}  // namespace

ExitStatus ab_compare(const AbOptions& options) {
  Scenario scenario = scenario_with(options);
  Progress progress(progress_style(options.quiet || options.json));
  choose_accel(scenario, progress);
  const Side base = make_side("base", options.base, scenario, options, progress);
  const Side candidate = make_side("new", options.candidate, scenario, options, progress);

  ab::Plan plan;
  plan.looks = stats::planned_looks(options.pairs);
  plan.metrics = options.metrics;
  plan.narrow = options.narrow / 100;
  plan.margin = options.margin / 100;
  plan.min_effect = options.min_effect / 100;
  ab::AbResult result;
  result.scenario = scenario.name;
  result.base = base.name;
  result.candidate = candidate.name;
  result.base_sha256 = base.sha256;
  result.fresh_sha256 = candidate.sha256;
  result.accel = scenario.machine.accel;
  result.clock = scenario.clock;
  result.alpha = plan.alpha;
  result.looks = plan.looks.size();
  result.margin = std::max(plan.narrow, plan.margin);

  ab::AbTest comparison(plan);
  PairedBoots series(scenario, base, candidate);
  const auto start = Clock::now();
  result.ended = scenario.clock == ClockKind::host
                     ? compare_host(series, comparison, options, result, progress)
                     : compare_counted(series, comparison, result);
  result.seconds = seconds_since(start);
  result.qemu_version = series.qemu_version();
  if (scenario.clock == ClockKind::host) count_alarms(scenario, base, candidate, result, progress);
  progress.clear();

  if (options.json) {
    print_text(ab::render_json(result));
  } else if (options.quiet && !options.verbose) {
    print_text(ab::render_verdict(result));
  } else {
    print_folded(options.verbose ? ab::render_text(result) : ab::render_brief(result));
  }
  return exit_for(ab::overall(result.rows));
}

}  // namespace harness
