#include "run/host_series.h"

#include <fmt/core.h>

#include <chrono>
#include <filesystem>
#include <optional>

#include "comparison_report/comparison.h"
#include "machine/machine.h"
#include "process/scratch_folder.h"
#include "run/empty_guest_boot.h"
#include "run/host_facts.h"
#include "run/measured_boot.h"
#include "sources/history_access.h"

namespace harness {
namespace {

constexpr std::uintmax_t kEmptyGuestBytes = 64 << 10;

/// One subject while it is measured.
struct InterleavedSubject {
  const HostSubject* subject;
  Scenario scenario;           // under the host clock
  std::optional<Image> empty;  // on machines that there is one for
  RunRecord record;
  history::EntryMetric whole{history::Source::metric, comparison_report::kWholeBoot, "us", {}};
  history::EntryMetric empty_wall{
      history::Source::metric, comparison_report::kEmptyGuest, "us", {}};
};

history::Sample sample_of(std::uint64_t boot, std::chrono::nanoseconds time) {
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
  return {boot, static_cast<std::uint64_t>(us)};
}

/// The empty guest is for PCs, and takes the place of a disk or a kernel.
bool has_empty_guest(const HostSubject& subject) {
  const std::string& arch = subject.scenario.machine.arch;
  return (arch == "i386" || arch == "x86_64") && subject.image.cdrom.empty() &&
         (!subject.image.disk.empty() || !subject.image.kernel.empty());
}

InterleavedSubject prepare(const HostSubject& subject, const std::filesystem::path& folder) {
  InterleavedSubject running{
      .subject = &subject, .scenario = subject.scenario, .empty = {}, .record = {}};
  running.scenario.clock = ClockKind::host;
  std::filesystem::create_directory(folder);
  if (has_empty_guest(subject)) running.empty = make_empty_image(subject.image, folder);
  running.record = make_record(running.scenario, subject.image, subject.facts);
  note_host(running.record, false);
  return running;
}

/// `boot` 0 is the warm-up.
void measure(Machine& machine, InterleavedSubject& running, std::uint64_t boot) {
  const std::string& name = running.scenario.name;
  BootRecord record = measured_boot(machine, running.scenario, running.subject->image, boot, name);
  std::optional<Trace> empty;
  if (running.empty) empty = boot_empty(machine, running.scenario, *running.empty);
  if (boot == 0) return;
  running.whole.samples.push_back(sample_of(boot, record.trace.wall));
  if (empty) running.empty_wall.samples.push_back(sample_of(boot, empty->wall));
  running.record.fingerprint.qemu_version = record.trace.qemu_version;
  running.record.boots.push_back(std::move(record));
}

}  // namespace

std::vector<history::Entry> measure_host_series(std::span<const HostSubject> subjects,
                                                std::uint64_t boots, Progress& progress) {
  const ScratchFolder scratch(kEmptyGuestBytes * subjects.size());
  std::vector<InterleavedSubject> all;
  for (const HostSubject& subject : subjects) {
    all.push_back(prepare(subject, scratch.path() / std::to_string(all.size())));
  }
  QemuMachine machine;
  for (std::uint64_t boot = 0; boot <= boots; ++boot) {
    progress.now(fmt::format("host time: round {} of {}", boot, boots));
    for (std::size_t i = 0; i < all.size(); ++i) {
      measure(machine, all[(i + boot) % all.size()], boot);
    }
  }
  std::vector<history::Entry> entries;
  const history::Revision revision = revision_of(".");
  for (InterleavedSubject& running : all) {
    // measure() has taken the warm-up away.
    history::Entry entry = history::entry_of(running.record, revision, 0);
    entry.metrics.push_back(std::move(running.whole));
    if (running.empty) entry.metrics.push_back(std::move(running.empty_wall));
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace harness
