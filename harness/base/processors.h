// How many processors this program may use: the machine often has more.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace harness {

struct Processors {
  unsigned count = 1;           // by the affinity mask
  std::optional<double> quota;  // by control groups, in processors (0.5: half of one); no limit
};
/// Never fails: what cannot be read is no limit.
Processors usable_processors();

/// How many tasks of one thread each are worth running at a time: as many as there are processors
/// in the affinity mask, in the quota (rounded up), and in what a batch system gave to this job. At
/// least 1.
unsigned tasks_worth_running();
/// The same of values. Pure.
unsigned tasks_worth_running(const Processors& processors, std::optional<unsigned> given);

/// The quota of a process whose /proc/PID/cgroup says `groups`, where control groups are mounted
/// below `mount` as usual (/sys/fs/cgroup): of versions 1 and 2, the tightest of its own group and
/// of those above it. nullopt where there is none.
std::optional<double> cgroup_quota(std::string_view groups, const std::filesystem::path& mount);

}  // namespace harness
