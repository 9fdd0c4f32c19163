#include "run/plan.h"

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <chrono>

#include "base/files.h"
#include "base/sha256.h"
#include "base/shell.h"
#include "build/file_form.h"
#include "build/sizes.h"
#include "check/watch.h"

namespace harness {

Job make_job(const Scenario& scenario, const Image& image, std::uint64_t index) {
  Job job;
  job.machine = scenario.machine;
  job.machine.fw_cfg = image.fw_cfg;
  job.clock = scenario.clock;
  job.limits = scenario.limits;
  job.disk = image.disk;
  job.kernel = image.kernel;
  job.cdrom = image.cdrom;
  job.further_disks = image.further_disks;
  job.firmware = image.firmware;
  job.flash = image.flash;
  job.append = scenario.image.append;
  job.modules = image.modules;
  job.multiboot = !image.modules.empty() && architecture(scenario.machine.arch).pc &&
                  has_multiboot_header(beginning_of(image.kernel, kFormBytes));
  job.steps = scenario.steps;
  for (std::size_t step = 0, file = 0; step < job.steps.size(); ++step) {
    if (!job.steps[step].send_file.empty()) job.steps[step].send = read_file(image.sent[file++]);
  }
  job.capture_screen = scenario.machine.vga;
  job.screenshot = scenario.machine.vga && index == 1;
  return job;
}

ImageFacts read_facts(const Image& image) {
  ImageFacts facts;
  if (const auto booted = image.booted(); !booted.empty()) facts.sha256 = sha256_of_file(booted);
  if (!image.manifest.empty()) facts.compiler = read_manifest(image.manifest).compiler;
  facts.sizes = measure_sizes(image);
  return facts;
}

namespace {

std::string checksum_word(const std::filesystem::path& file) {
  return "sha256:" + sha256_of_file(file);
}

/// What the scenario adds to the machine, as shell words; files by what is in them.
std::string options_text(const Scenario& scenario, const Image& image) {
  std::vector<std::string> words;
  const auto add = [&](std::string option, std::string value) {
    words.push_back(std::move(option));
    words.push_back(std::move(value));
  };
  const auto add_disk = [&](const std::filesystem::path& file) {
    const char* const interface =
        kDiskInterfaceNames[static_cast<std::size_t>(scenario.machine.disk_interface)];
    add("-drive", fmt::format("if={},{}", interface, checksum_word(file)));
  };
  if (!image.disk.empty() && image.booted() != image.disk) add_disk(image.disk);
  for (const auto& file : image.further_disks) add_disk(file);
  if (image.booted() == image.disk && scenario.machine.disk_interface != DiskInterface::machine) {
    add("-drive",
        std::string("if=") +
            kDiskInterfaceNames[static_cast<std::size_t>(scenario.machine.disk_interface)]);
  }
  for (const auto& file : image.flash) add("-pflash", checksum_word(file));
  if (!scenario.image.append.empty()) add("-append", scenario.image.append);
  for (const BootModule& module : image.modules) {
    add("-initrd", checksum_word(module.file) + (module.words.empty() ? "" : " " + module.words));
  }
  for (const std::string& device : scenario.machine.devices) add("-device", device);
  // What is sent to the guest is part of what it is given, though no option of QEMU's.
  for (const auto& file : image.sent) add("send_file", checksum_word(file));
  for (const FwCfgEntry& entry : image.fw_cfg) {
    add("-fw_cfg",
        entry.name + "=" + (entry.file.empty() ? entry.text : checksum_word(entry.file)));
  }
  words.insert(words.end(), scenario.machine.args.begin(), scenario.machine.args.end());
  return shell_quoted(words);
}

}  // namespace

RunRecord make_record(const Scenario& scenario, const Image& image, const ImageFacts& facts) {
  RunRecord record;
  record.uniharness_version = UNIHARNESS_VERSION;
  record.scenario = scenario.name;
  record.scenario_file = scenario.file;
  record.about = scenario.about;
  record.output_rules = output_rules_of(scenario);
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
  print.options = options_text(scenario, image);
  record.sizes = facts.sizes;
  record.disk_persists = scenario.image.persist;
  return record;
}

std::string bare_command_line(const Scenario& scenario, const BuildOptions& options) {
  const Image image =
      build_image(scenario, {.build = false, .must_exist = false, .build_dir = options.build_dir});
  return shell_quoted(qemu_command(make_job(scenario, image, 1), CommandStyle::bare));
}

}  // namespace harness
