#include "commands/plan.h"

#include <fmt/chrono.h>

#include <chrono>

#include "base/sha256.h"
#include "build/sizes.h"
#include "check/watch.h"

namespace harness {

Job make_job(const Scenario& scenario, const Image& image, std::uint64_t index) {
  Job job;
  job.machine = scenario.machine;
  job.clock = scenario.clock;
  job.limits = scenario.limits;
  job.disk = image.disk;
  job.kernel = image.kernel;
  job.cdrom = image.cdrom;
  job.firmware = image.firmware;
  job.capture_screen = scenario.machine.vga;
  job.screenshot = scenario.machine.vga && index == 1;
  return job;
}

ImageFacts read_facts(const Image& image) {
  ImageFacts facts;
  facts.sha256 = sha256_of_file(image.booted());
  if (!image.manifest.empty()) facts.compiler = read_manifest(image.manifest).compiler;
  facts.sizes = measure_sizes(image);
  return facts;
}

RunRecord make_record(const Scenario& scenario, const ImageFacts& facts) {
  RunRecord record;
  record.uniharness_version = UNIHARNESS_VERSION;
  record.scenario = scenario.name;
  record.scenario_file = scenario.file;
  record.about = scenario.about;
  record.allowances = allowances_of(scenario.checks);
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  record.started_at = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));

  Fingerprint& print = record.fingerprint;
  print.arch = scenario.machine.arch;
  print.model = scenario.machine.model;
  print.accel = scenario.machine.accel;
  print.cpu = scenario.machine.cpu;
  print.firmware = scenario.image.firmware;
  print.memory = scenario.machine.memory;
  print.smp = scenario.machine.smp;
  print.clock = scenario.clock;
  print.image_sha256 = facts.sha256;
  print.compiler = facts.compiler;
  record.sizes = facts.sizes;
  return record;
}

}  // namespace harness
