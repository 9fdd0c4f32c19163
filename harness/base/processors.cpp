#include "base/processors.h"

#include <sched.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "base/text.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// The beginning of a small file of the kernel's, without the last line end; empty where it cannot
/// be read.
std::string kernel_text(const fs::path& file) {
  constexpr std::size_t kMost = 64u << 10;
  std::ifstream in(file);
  std::string text(kMost, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

std::optional<double> positive(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value == 0) return std::nullopt;
  return static_cast<double>(value);
}

std::optional<double> share(std::string_view time, std::string_view period) {
  const auto of_time = positive(trimmed(time)), of_period = positive(trimmed(period));
  if (!of_time || !of_period) return std::nullopt;
  return *of_time / *of_period;
}

/// What one group says: "max 100000" or "50000 100000" in version 2, two files in version 1.
std::optional<double> quota_of(const fs::path& group, bool version_2) {
  if (!version_2) {
    return share(kernel_text(group / "cpu.cfs_quota_us"), kernel_text(group / "cpu.cfs_period_us"));
  }
  const std::string text = kernel_text(group / "cpu.max");
  const std::size_t gap = text.find(' ');
  if (gap == std::string::npos) return std::nullopt;
  return share(text.substr(0, gap), text.substr(gap));
}

bool names_cpu(std::string_view controllers) {
  while (!controllers.empty()) {
    const std::size_t end = std::min(controllers.find(','), controllers.size());
    if (controllers.substr(0, end) == "cpu") return true;
    controllers.remove_prefix(std::min(end + 1, controllers.size()));
  }
  return false;
}

void tighten(std::optional<double>& limit, std::optional<double> other) {
  if (other && (!limit || *other < *limit)) limit = other;
}

/// Of `group` and all above it. In a container the path may be that of the world outside: then
/// only what lies at the mount itself is there.
std::optional<double> tightest(const fs::path& mount, const fs::path& group, bool version_2) {
  std::optional<double> limit = quota_of(mount, version_2);
  fs::path at = mount;
  for (const fs::path& part : group.relative_path()) {
    if (part == "..") break;
    at /= part;
    tighten(limit, quota_of(at, version_2));
  }
  return limit;
}

/// How many processors the batch system has given to the task that this is; nullopt outside of one.
std::optional<unsigned> given_processors() {
  // NSLOTS is a word that others may use, too: it counts in a job of Grid Engine.
  struct Variable {
    const char *name, *beside;
  };
  constexpr Variable kVariables[] = {
      {"SLURM_CPUS_PER_TASK", nullptr}, {"SLURM_CPUS_ON_NODE", nullptr}, {"NSLOTS", "SGE_TASK_ID"}};
  for (const Variable& variable : kVariables) {
    if (variable.beside != nullptr && std::getenv(variable.beside) == nullptr) continue;
    const char* const text = std::getenv(variable.name);
    const auto value = text != nullptr ? positive(text) : std::nullopt;
    if (value && *value < 1e6) return static_cast<unsigned>(*value);
  }
  return std::nullopt;
}

unsigned affinity_count() {
  // The kernel refuses a mask that is smaller than its own.
  for (std::size_t most = 1024; most <= (1u << 20); most *= 4) {
    const std::size_t bytes = CPU_ALLOC_SIZE(most);
    std::vector<cpu_set_t> mask((bytes + sizeof(cpu_set_t) - 1) / sizeof(cpu_set_t));
    if (sched_getaffinity(0, bytes, mask.data()) != 0) continue;
    return std::max(static_cast<unsigned>(CPU_COUNT_S(bytes, mask.data())), 1u);
  }
  return std::max(std::thread::hardware_concurrency(), 1u);
}

}  // namespace

std::optional<double> cgroup_quota(std::string_view groups, const fs::path& mount) {
  std::optional<double> limit;
  while (!groups.empty()) {
    // "4:cpu,cpuacct:/path" of version 1, "0::/path" of version 2.
    const std::size_t end = std::min(groups.find('\n'), groups.size());
    const std::string_view line = groups.substr(0, end);
    groups.remove_prefix(std::min(end + 1, groups.size()));
    const std::size_t first = line.find(':');
    const std::size_t second = first == line.npos ? line.npos : line.find(':', first + 1);
    if (second == line.npos) continue;
    const std::string controllers(line.substr(first + 1, second - first - 1));
    const fs::path group(line.substr(second + 1));
    if (controllers.empty()) {
      tighten(limit, tightest(mount, group, true));
      tighten(limit, tightest(mount / "unified", group, true));
    } else if (names_cpu(controllers)) {
      tighten(limit, tightest(mount / controllers, group, false));
      tighten(limit, tightest(mount / "cpu", group, false));
    }
  }
  return limit;
}

Processors usable_processors() {
  return {affinity_count(), cgroup_quota(kernel_text("/proc/self/cgroup"), "/sys/fs/cgroup")};
}

unsigned tasks_worth_running(const Processors& processors, std::optional<unsigned> given) {
  unsigned tasks = std::min(processors.count, given.value_or(processors.count));
  if (processors.quota && *processors.quota < tasks) {
    tasks = static_cast<unsigned>(std::ceil(*processors.quota));
  }
  return std::max(tasks, 1u);
}

unsigned tasks_worth_running() {
  return tasks_worth_running(usable_processors(), given_processors());
}

}  // namespace harness
