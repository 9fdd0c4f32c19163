#include "report/counted.h"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "base/format.h"
#include "base/listing.h"
#include "base/text.h"
#include "record/summary.h"

namespace harness {
namespace {

/// From the first instruction of the kernel on; 0 where the guest tells no phases.
double counted_by_guest(const BootRecord& boot) {
  double all = 0;
  for (const Phase& phase : boot.events.phases) {
    if (!phase.before_kernel) all += static_cast<double>(phase.cycles);
  }
  return all;
}

std::string whole_number(double value) { return grouped(static_cast<std::uint64_t>(value)); }

}  // namespace

InexactCounts inexact_counts(const RunRecord& record) {
  InexactCounts text;
  if (record.fingerprint.clock != ClockKind::counted) return text;
  const std::vector<MetricSummary> all = summarize(record);
  const std::vector<MetricSamples> samples = collect_samples(record);
  std::vector<std::string> noisy, waiting;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (is_exact(all[i], record)) continue;
    (waits_for_disk(samples[i], record) ? waiting : noisy).push_back("'" + all[i].name + "'");
  }
  if (!noisy.empty()) {
    text.alarm = "Noisy: counted, yet not the same in every boot: " + listed(noisy) + ".";
  }
  if (!waiting.empty()) {
    text.note =
        "The firmware waits for the disk, and not equally long in every boot: what holds that (" +
        listed(waiting) + ") is in no gate.";
  }
  return text;
}

double own_time_of_sections(const BootRecord& boot) {
  double sum = 0;
  for (const Profile& profile : boot.events.profiles) {
    sum += static_cast<double>(profile.self.value_or(profile.total));
  }
  return sum;
}

std::string shares_text(const RunRecord& record, const BootRecord& boot) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const double sum = own_time_of_sections(boot), whole = counted_by_guest(boot);
  if (!(sum > 0) || sum > kExact) return {};
  std::string text = fmt::format("Shares are of the {} {} in these sections themselves",
                                 whole_number(sum), unit_of(record));
  if (whole >= sum && whole <= kExact) {
    text += fmt::format(", which are {} of the {} that the guest counted from its start to its end",
                        percent_text(sum / whole), whole_number(whole));
  }
  return text + ".";
}

}  // namespace harness
