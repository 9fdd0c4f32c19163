#include "run/power_cut_boots.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <tuple>
#include <vector>

#include "base/files.h"
#include "base/format.h"
#include "base/shell.h"
#include "base/text.h"
#include "check/judge.h"
#include "check/promise.h"
#include "check/watch.h"
#include "model/verdict.h"
#include "power_cuts/reduce.h"
#include "power_cuts/states.h"
#include "process/interrupt.h"
#include "run/boots.h"
#include "run/cut_disk.h"
#include "run/plan.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// What became of the boot on a disk.
struct Outcome {
  Verdict verdict;
  std::optional<std::uint64_t> found;
};

/// The scenario of a boot after a cut.
Scenario scenario_after(const PowerCutRun& run) {
  Scenario after = run.scenario;
  after.checks = run.spec.checks;
  after.power_cuts.reset();
  after.boots = 1;
  return after;
}

/// Boots on disks, and judges what the guest says there.
class CutBoots {
 public:
  CutBoots(Machine& machine, const PowerCutRun& run, const WriteHistory& history)
      : machine_(machine),
        run_(run),
        history_(history),
        scenario_(scenario_after(run)),
        found_(run.spec.found) {}

  /// `serial` gets what the guest said, where it is wanted.
  Outcome boot(CutDisk& disk, const SectorContents& contents, std::string* serial = nullptr) {
    disk.become(contents);
    Job job = job_on(disk.disk().file());
    Progress silent(ProgressStyle::none);
    RunRecord record;
    record.fingerprint.clock = scenario_.clock;
    record.output_rules = output_rules_of(scenario_);
    record.boots.push_back(boot_once(machine_, job, 1, scenario_, false, silent));
    judge(record, scenario_.checks);
    const std::string& said = record.boots.front().trace.serial;
    if (serial) *serial = said;
    return {record.verdict, found_.highest(said)};
  }

  /// A disk of its own for the boot: what it writes there is forgotten.
  [[nodiscard]] Job job_on(const fs::path& disk) const {
    Job job = make_job(scenario_, run_.image, 1);
    job.disk = disk;
    job.screenshot = false;
    return job;
  }
  [[nodiscard]] CutDisk new_disk() const { return {run_.before, history_}; }

 private:
  Machine& machine_;
  const PowerCutRun& run_;
  const WriteHistory& history_;
  const Scenario scenario_;
  PromisePattern found_;
};

/// What the guest had promised, by the events that had been made.
class Promises {
 public:
  Promises(const PowerCutRun& run, const WriteHistory& history) {
    const std::string& serial = run.recorded.trace.serial;
    std::vector<std::uint64_t> ends;
    for (const DiskEvent& event : history.log().events) ends.push_back(event.said);
    ends.push_back(serial.size());
    by_event_ = PromisePattern(run.spec.said).highest_by(serial, ends);
    for (auto& promised : by_event_) promised = std::max(promised, run.promised);
  }
  [[nodiscard]] std::optional<std::uint64_t> of(const DiskState& state) const {
    return by_event_[state.cut - (state.under_way ? 1 : 0)];
  }

 private:
  std::vector<std::optional<std::uint64_t>> by_event_;
};

/// The verdict on a state: that of the boot on its disk, unless it found less than was promised.
Verdict verdict_on(const Outcome& outcome, std::optional<std::uint64_t> promised) {
  if (outcome.verdict.kind != VerdictKind::pass || !promised) return outcome.verdict;
  if (!outcome.found) {
    return {VerdictKind::fail, fmt::format("{} was promised, and nothing found", *promised)};
  }
  if (*outcome.found >= *promised) return {};
  return {VerdictKind::fail,
          fmt::format("{} was promised, and {} found", *promised, *outcome.found)};
}

/// The states by their disks: of each disk the first state that has it, and of each state its disk.
struct Disks {
  std::vector<std::size_t> first_state;
  std::vector<std::size_t> disk_of;
};

Disks disks_of(const WriteHistory& history, const std::vector<DiskState>& states) {
  Disks disks;
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const auto [at, is_new] =
        known.emplace(disk_identity(history.contents(states[i])), known.size());
    if (is_new) disks.first_state.push_back(i);
    disks.disk_of.push_back(at->second);
  }
  return disks;
}

/// Boots every disk once, `jobs` at a time.
std::vector<Outcome> boot_all_disks(CutBoots& boots, const WriteHistory& history,
                                    const std::vector<DiskState>& states, const Disks& disks,
                                    unsigned jobs, Progress& progress) {
  std::vector<Outcome> outcomes(disks.first_state.size());
  std::atomic<std::size_t> next = 0, done = 0;
  std::mutex mutex;
  std::exception_ptr thrown;
  const auto work = [&](bool shows) {
    try {
      CutDisk disk = boots.new_disk();
      for (std::size_t i = next++; i < outcomes.size() && !interrupted(); i = next++) {
        outcomes[i] = boots.boot(disk, history.contents(states[disks.first_state[i]]));
        ++done;
        if (shows) {
          progress.now(fmt::format("power cuts: {} of {}", grouped(done.load()),
                                   count_of(outcomes.size(), "disk")));
        }
      }
    } catch (...) {
      const std::scoped_lock lock(mutex);
      if (!thrown) thrown = std::current_exception();
      next = outcomes.size();
    }
  };
  {
    std::vector<std::jthread> others;
    while (others.size() + 1 < std::min<std::size_t>(jobs, outcomes.size())) {
      others.emplace_back(work, false);
    }
    work(true);
  }
  if (thrown) std::rethrow_exception(thrown);
  if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);
  return outcomes;
}

/// How many sector writes some state lacks, or has half.
void count_coverage(const WriteHistory& history, const std::vector<DiskState>& states,
                    PowerCuts& cuts) {
  std::vector<bool> lost(history.writes().size()), torn(lost.size());
  for (const DiskState& state : states) {
    for (const std::size_t write : state.lost) lost[write] = true;
    std::fill(lost.begin() + static_cast<std::ptrdiff_t>(history.end_of(state)),
              lost.begin() + static_cast<std::ptrdiff_t>(history.first_write(state.cut)), true);
    if (state.torn) torn[*state.torn] = true;
  }
  cuts.sectors = lost.size();
  cuts.lost = static_cast<std::uint64_t>(std::ranges::count(lost, true));
  cuts.torn = static_cast<std::uint64_t>(std::ranges::count(torn, true));
}

/// The last lines, printable.
std::string last_lines_of(std::string_view serial) {
  constexpr std::size_t kLines = 6, kBytes = 1000;
  serial = serial.substr(0, serial.find_last_not_of(" \t\r\n") + 1);
  const std::string_view last = last_lines(serial, kLines);
  std::string text(last.substr(last.size() - std::min(last.size(), kBytes)));
  std::erase(text, '\r');
  return printable_lines(text);
}

std::string kept_name(std::uint64_t boot, std::size_t number, const char* extension) {
  return fmt::format("power-cut-{}-{}.{}", boot, number, extension);
}

/// Reduces a state that fails, and keeps its disk with what the guest said there.
CutFailure keep_failure(CutBoots& boots, CutDisk& disk, const PowerCutRun& run,
                        const WriteHistory& history, const Promises& promises,
                        const DiskState& failing, const Outcome& outcome, std::size_t number) {
  constexpr std::size_t kMostBoots = 40;
  std::map<std::string, Outcome> known = {{disk_identity(history.contents(failing)), outcome}};
  const auto outcome_of = [&](const DiskState& state) {
    const SectorContents contents = history.contents(state);
    const auto [at, is_new] = known.try_emplace(disk_identity(contents));
    if (is_new) at->second = boots.boot(disk, contents);
    return at->second;
  };
  const auto fails = [&](const DiskState& state) {
    return !interrupted() &&
           verdict_on(outcome_of(state), promises.of(state)).kind != VerdictKind::pass;
  };
  const DiskState state = reduce(history, failing, kMostBoots, fails);
  std::string serial;
  Verdict verdict =
      verdict_on(boots.boot(disk, history.contents(state), &serial), promises.of(state));
  if (verdict.kind == VerdictKind::pass) {
    verdict = verdict_on(outcome_of(state), promises.of(state));
    verdict.reason += "; booted again it passed, so that it is not the disk alone";
  }
  const std::string image = kept_name(run.recorded.index, number, "img");
  disk.disk().keep_as(run.folder / image);
  write_atomically(run.folder / kept_name(run.recorded.index, number, "log"), serial);
  const Job job = boots.job_on(fs::absolute(run.folder / image));
  return {.event = state.cut,
          .state = state_text(history, state),
          .verdict = std::move(verdict),
          .said = last_lines_of(serial),
          .image = image,
          .command = shell_quoted(qemu_command(job, CommandStyle::bare))};
}

/// The failing states to keep: the shortest logs first, and of those at one place that which lost
/// least.
std::vector<std::size_t> to_keep(const WriteHistory& history, const std::vector<DiskState>& states,
                                 std::vector<std::size_t> failing) {
  std::ranges::sort(failing, {}, [&](std::size_t i) {
    return std::tuple(states[i].cut, history.lost_in(states[i]), i);
  });
  std::vector<std::size_t> kept;
  for (const std::size_t i : failing) {
    if (kept.size() == kCutFailuresKept) break;
    if (kept.empty() || states[kept.back()].cut != states[i].cut) kept.push_back(i);
  }
  return kept;
}

/// One row for each place of a cut.
std::vector<CutPoint> empty_points(const WriteHistory& history, const Promises& promises) {
  std::vector<CutPoint> points;
  for (std::size_t cut = 0; cut <= history.events(); ++cut) {
    points.push_back({.event = cut,
                      .what = cut == 0 ? "" : event_text(history.log().events[cut - 1]),
                      .promised = promises.of({.cut = cut, .lost = {}})});
  }
  return points;
}

}  // namespace

PowerCuts try_power_cuts(Machine& machine, const PowerCutRun& run, Progress& progress) {
  const PowerCutSpec& spec = run.spec;
  const DiskLog& log = run.recorded.trace.disk_log;
  PowerCuts cuts;
  cuts.boot = run.recorded.index;
  cuts.at = spec.at;
  cuts.seed = spec.seed;
  cuts.atomic = spec.atomic;
  cuts.flushes = static_cast<std::uint64_t>(
      std::ranges::count(log.events, DiskEvent::Kind::flush, &DiskEvent::kind));
  cuts.writes = log.events.size() - cuts.flushes;
  cuts.fault = fault_of(log);
  if (run.recorded.trace.left_out > 0) cuts.fault = "the guest said more than is kept";
  if (!cuts.fault.empty()) return cuts;

  const FileDescriptor before = open_disk(run.before, false);
  const WriteHistory history(
      log, [&](std::uint64_t sector) { return read_sector(before, sector); }, spec.atomic);
  const StatePlan plan =
      plan_states(history, {.kill = spec.kill, .most = spec.states, .seed = spec.seed});
  const Disks disks = disks_of(history, plan.states);
  const Promises promises(run, history);
  CutBoots boots(machine, run, history);
  const std::vector<Outcome> outcomes =
      boot_all_disks(boots, history, plan.states, disks, run.jobs, progress);

  cuts.possible = plan.possible;
  cuts.tried = plan.states.size();
  cuts.disks = outcomes.size();
  count_coverage(history, plan.states, cuts);
  cuts.points = empty_points(history, promises);
  std::vector<std::size_t> failing;
  for (std::size_t i = 0; i < plan.states.size(); ++i) {
    const DiskState& state = plan.states[i];
    CutPoint& point = cuts.points[state.cut];
    ++point.states;
    const Verdict verdict = verdict_on(outcomes[disks.disk_of[i]], promises.of(state));
    if (verdict.kind == VerdictKind::pass) continue;
    ++point.failed;
    failing.push_back(i);
  }
  cuts.failed = failing.size();
  if (!failing.empty()) {
    CutDisk disk = boots.new_disk();
    for (const std::size_t i : to_keep(history, plan.states, failing)) {
      progress.now("power cuts: making a failure plainer");
      cuts.failures.push_back(keep_failure(boots, disk, run, history, promises, plan.states[i],
                                           outcomes[disks.disk_of[i]], cuts.failures.size() + 1));
    }
  }
  progress.done(fmt::format("power cuts in boot {}: {} tried, {} failed", cuts.boot,
                            count_of(cuts.tried, "state"), grouped(cuts.failed)));
  return cuts;
}

void remove_kept_cuts(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> stale;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    const bool kept =
        name.starts_with("power-cut-") && (name.ends_with(".img") || name.ends_with(".log"));
    if (kept) stale.push_back(at->path());
  }
  for (const fs::path& file : stale) fs::remove(file, error);
}

}  // namespace harness
