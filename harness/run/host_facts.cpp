#include "run/host_facts.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "base/files.h"
#include "base/processors.h"
#include "base/text.h"
#include "record/host_text.h"

namespace harness {
namespace {

constexpr std::size_t kCpuInfoRead = 16u << 10;
constexpr std::size_t kLongestWord = 200;

/// What the kernel or somebody's environment says, as it may stand in a record.
std::string shown_word(std::string_view text) {
  text = text.substr(0, std::min(text.find('\n'), kLongestWord));
  return printable(trimmed(text));
}

std::string hostname() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? shown_word(name) : "";
}

std::string node_name() {
  const char* const slurm = std::getenv("SLURMD_NODENAME");
  return slurm == nullptr ? "" : shown_word(slurm);
}

}  // namespace

std::string cpu_model(std::string_view cpuinfo) {
  while (!cpuinfo.empty()) {
    const std::size_t end = std::min(cpuinfo.find('\n'), cpuinfo.size());
    const std::string_view line = cpuinfo.substr(0, end);
    cpuinfo.remove_prefix(std::min(end + 1, cpuinfo.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = trimmed(line.substr(0, colon));
    if (key == "model name" || key == "uarch") return shown_word(line.substr(colon + 1));
  }
  return {};
}

Host this_host() {
  Host host{.name = hostname(), .node = node_name()};
  utsname system{};
  if (uname(&system) == 0) {
    host.kernel = shown_word(std::string(system.sysname) + " " + system.release);
    host.cpu = system.machine;
  }
  const std::string model = cpu_model(beginning_of("/proc/cpuinfo", kCpuInfoRead));
  if (!model.empty()) host.cpu = model;
  const Processors usable = usable_processors();
  host.processors = usable.count;
  host.quota = usable.quota;
  host.governor = shown_word(
      beginning_of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", kLongestWord));
  double load[1] = {};
  if (getloadavg(load, 1) == 1) host.load = load[0];
  return host;
}

void note_host(RunRecord& record, bool hide_name) {
  record.host = this_host();
  if (hide_name) record.host.name = record.host.node = "";
  if (record.fingerprint.clock == ClockKind::host) {
    record.fingerprint.host = host_text(record.host);
  }
}

}  // namespace harness
