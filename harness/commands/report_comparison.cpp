#include <fmt/core.h>

#include <algorithm>

#include "base/files.h"
#include "base/shell.h"
#include "commands/report.h"
#include "comparison_report/comparison.h"
#include "history/json.h"
#include "machine/machine.h"
#include "output/written_report.h"
#include "run/build_progress.h"
#include "run/host_series.h"
#include "run/measured_boot.h"
#include "scenario/load.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kCountedBoots = 2;

HostSubject built(Scenario scenario, const BuildOptions& build, Progress& progress) {
  HostSubject subject{.scenario = std::move(scenario), .image = {}, .facts = {}};
  subject.image = build_with_progress(subject.scenario, build, progress);
  subject.facts = read_facts(subject.image);
  return subject;
}

HostSubject subject_of(const fs::path& file, const BuildOptions& build, Progress& progress) {
  Scenario scenario = load_scenario(file);
  if (scenario.machine.accel != "tcg") {
    throw UsageError(scenario.file + ": a comparison counts instructions, which needs " +
                     "accel: tcg, and this asks for " + scenario.machine.accel);
  }
  scenario.clock = ClockKind::counted;
  scenario.boots = kCountedBoots;
  return built(std::move(scenario), build, progress);
}

/// Of every side, and behind them of the calls where the plan has them.
std::vector<HostSubject> subjects_of(const ComparisonPlan& plan, const BuildOptions& build,
                                     Progress& progress) {
  std::vector<HostSubject> subjects;
  subjects.reserve(plan.sides.size() + 1);
  for (const ComparisonSide& side : plan.sides) {
    subjects.push_back(subject_of(side.scenario, build, progress));
  }
  if (!plan.calls.scenario.empty()) {
    subjects.push_back(subject_of(plan.calls.scenario, build, progress));
  }
  return subjects;
}

/// Of the peers that can be built here; they are only measured by time. The others are named.
std::vector<HostSubject> peers_of(const ComparisonPlan& plan, const BuildOptions& build,
                                  Progress& progress) {
  std::vector<HostSubject> peers;
  for (const ComparisonSide& peer : plan.peers) {
    try {
      peers.push_back(built(load_scenario(peer.scenario), build, progress));
    } catch (const Error& error) {
      if (error.status == ExitStatus::interrupted) throw;
      progress.done(fmt::format("peer '{}' is left out: {}", peer.name, error.what()));
    }
  }
  return peers;
}

/// Boots of all, interleaved.
std::vector<comparison_report::Measured> count(std::span<const HostSubject> subjects,
                                               Progress& progress) {
  std::vector<comparison_report::Measured> all;
  for (const HostSubject& subject : subjects) {
    all.push_back({make_record(subject.scenario, subject.image, subject.facts), {}});
  }
  QemuMachine machine;
  for (std::uint64_t boot = 1; boot <= kCountedBoots; ++boot) {
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      const std::string& name = subjects[i].scenario.name;
      progress.now(fmt::format("{}: counted boot {}/{}", name, boot, kCountedBoots));
      RunRecord& record = all[i].counted;
      record.boots.push_back(
          measured_boot(machine, subjects[i].scenario, subjects[i].image, boot, name));
      record.fingerprint.qemu_version = record.boots.back().trace.qemu_version;
    }
  }
  return all;
}

fs::path series_file(const ComparisonReportOptions& options) {
  return options.out / "comparison-host.jsonl";
}

std::vector<history::Entry> host_series(const ComparisonReportOptions& options,
                                        const ComparisonPlan& plan,
                                        std::vector<HostSubject> subjects, Progress& progress) {
  const fs::path file = series_file(options);
  if (options.host_boots) {
    for (HostSubject& peer : peers_of(plan, options.build, progress)) {
      subjects.push_back(std::move(peer));
    }
    std::vector<history::Entry> entries =
        measure_host_series(subjects, *options.host_boots, progress);
    std::string lines;
    for (const history::Entry& entry : entries) lines += history::to_line(entry);
    write_atomically(file, lines);
    return entries;
  }
  if (!fs::exists(file)) return {};
  return history::entries_from_lines(read_file(file), file.string());
}

void add_host(const std::vector<history::Entry>& entries,
              std::vector<comparison_report::Measured>& all) {
  for (comparison_report::Measured& one : all) {
    const auto at = std::ranges::find(entries, one.counted.scenario, &history::Entry::scenario);
    if (at != entries.end()) one.host = *at;
  }
}

std::vector<comparison_report::MeasuredPeer> measured_peers(
    const ComparisonPlan& plan, const std::vector<history::Entry>& entries) {
  std::vector<comparison_report::MeasuredPeer> peers;
  for (const ComparisonSide& peer : plan.peers) {
    const std::string scenario = load_scenario(peer.scenario).name;
    const auto at = std::ranges::find(entries, scenario, &history::Entry::scenario);
    if (at != entries.end()) peers.push_back({peer.name, *at});
  }
  return peers;
}

std::string command_of(const ComparisonReportOptions& options) {
  return shell_quoted({"uniharness", "report", "comparison", options.file});
}

}  // namespace

ExitStatus report_comparison(const ComparisonReportOptions& options) {
  const ComparisonPlan plan = parse_comparison(read_file(options.file), options.file);
  Progress progress(progress_style(options.quiet));
  const std::vector<HostSubject> subjects = subjects_of(plan, options.build, progress);
  std::vector<comparison_report::Measured> all = count(subjects, progress);
  const std::vector<history::Entry> host = host_series(options, plan, subjects, progress);
  add_host(host, all);
  progress.clear();

  std::optional<comparison_report::Measured> calls;
  if (all.size() > plan.sides.size()) {
    calls = std::move(all.back());
    all.pop_back();
  }
  const Document document = comparison_report::describe(
      plan, all, calls, measured_peers(plan, host), command_of(options));
  const fs::path file = options.out / (std::string(kComparisonName) + ".md");
  return deliver_document(document, file, true, options.check, command_of(options));
}

}  // namespace harness
