// init, import: third-party guests.
#include <map>
#include <memory>

#include "base/text.h"
#include "cli/cli.h"
#include "commands/import.h"
#include "commands/init.h"
#include "onboarding/image_kind.h"
#include "scenario/values.h"

namespace harness::cli {
namespace {

std::vector<std::string> architecture_names() {
  std::vector<std::string> names;
  for (const Architecture& one : kArchitectures) names.emplace_back(one.name);
  return names;
}

std::vector<std::string> image_key_names() {
  std::vector<std::string> names;
  for (const onboarding::ImageKey& one : onboarding::image_keys()) names.emplace_back(one.key);
  return names;
}

using Options = std::shared_ptr<InitOptions>;

void add_init_machine(CLI::App* command, const Options& options) {
  command
      ->add_option_function<std::string>(
          "--memory",
          [options](const std::string& text) {
            constexpr Range kAllowed{1 << 20, 64ull << 30};
            const auto bytes = parse_bytes(text);
            if (!bytes || !kAllowed.contains(*bytes)) {
              throw CLI::ValidationError("--memory", text + " is no size such as 512M or 2G");
            }
            options->memory = *bytes;
          },
          "memory of the machine: 512M (default: 128M, and more where the guest dies of it)")
      ->type_name("SIZE");
  command->add_option("--cpu", options->cpu, "processor, as QEMU's -cpu takes it")
      ->type_name("NAME");
  whole_number(command->add_option("--smp", options->smp, "number of processors"), 1, 255);
  command
      ->add_option("--initrd", options->initrd,
                   "initial ramdisk, or module of a multiboot kernel (\"FILE WORDS\"); repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--disk", options->disks, "raw disk image beside the image; repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

void add_wall(CLI::App* command, const Options& options) {
  command
      ->add_option_function<std::string>(
          "--wall",
          [options](const std::string& text) {
            constexpr Range kAllowed{1'000, 3'600'000};  // milliseconds
            const bool plain = text.find_first_not_of("0123456789") == text.npos;
            const auto time = parse_duration(plain ? text + "s" : text);
            if (!time || !kAllowed.contains(*time)) {
              throw CLI::ValidationError("--wall", text + " is no time from 1s to 60m");
            }
            options->wall = std::chrono::milliseconds(*time);
          },
          "time limit of the probe boot: 30, 30s or 2m; a third of it without output ends the "
          "boot (default: 30s)")
      ->type_name("TIME");
}

}  // namespace

void add_init(Cli& cli) {
  const auto options = std::make_shared<InitOptions>();
  CLI::App* command = cli.add("init", "boot an image once and write a scenario for it");
  command->footer(
      "\nAsks no questions: the file's bytes give its type (disk, ELF kernel, Linux kernel, ISO "
      "image, firmware), one probe boot its ending and its output. The scenario passes as "
      "written; "
      "its comments suggest the next steps. For a guest that fails in the probe it is one that "
      "fails, with warnings, and the exit status is 1.\n\n"
      "  uniharness init build/kernel.elf\n"
      "  uniharness init disk.img -o scenarios/disk.yaml\n"
      "  uniharness init u-boot.bin --as firmware --arch aarch64");
  command->add_option("image", options->image, "image to boot")->type_name("IMAGE")->required();
  command->add_option("-o", options->out, "the scenario file (default: beside the image)")
      ->type_name("SCENARIO");
  command->add_flag("--force", options->force, "overwrite an existing file");
  choice(command->add_option("--as", options->as, "boot it as this type, not the detected one"),
         "TYPE", image_key_names());
  choice(command->add_option("--arch", options->arch,
                             "boot it for this architecture, not the detected one"),
         "ARCH", architecture_names());
  command->add_option("--append", options->append, "kernel command line")->type_name("WORDS");
  add_init_machine(command, options);
  add_wall(command, options);
  command->add_flag("--expect-failure", options->expect_failure,
                    "the guest is meant to end as badly as it does: expect that");
  command->add_flag("--verbose,-v", options->verbose, "show serial output as it arrives");
  command->add_flag("--quiet,-q", options->quiet, "no progress");
  cli.on(command, [options] { return init_scenario(*options); });
}

void add_import(Cli& cli) {
  const auto options = std::make_shared<ImportOptions>();
  RunOptions& run = options->suite.run;
  CLI::App* command =
      cli.add("import", "import another project's tests as scenarios, and run them");
  command->footer(
      "\nkvm-unit-tests: every section of unittests.cfg becomes a scenario in one folder, with "
      "its "
      "processors, memory, arguments, accelerator and timeout. A test that cannot run here is a "
      "skip, with its reason, in the summary and in junit.xml. No shell is started.\n\n"
      "  ./configure && make                    # in the checkout\n"
      "  uniharness import kvm-unit-tests x86/unittests.cfg -k vmexit");
  const auto from = std::make_shared<std::string>();
  choice(command->add_option("from", *from, "project the tests come from")->required(), "PROJECT",
         {"kvm-unit-tests"});
  command->add_option("file", options->file, "unittests.cfg of the built tests")
      ->type_name("FILE")
      ->required();
  command->add_option("-o", options->out, "folder for the scenarios (default: kvm-unit-tests)")
      ->type_name("FOLDER");
  choice(command->add_option("--arch", options->arch,
                             "architecture the tests were built for (default: ARCH in config.mak, "
                             "or x86_64)"),
         "ARCH", architecture_names());
  choice(command->add_option("--accel", options->accel, "accelerator where a test names none")
             ->capture_default_str(),
         "NAME", {"tcg", "kvm", "auto"});
  command
      ->add_option("-g,--group", options->groups,
                   "only tests of this group (default: all but nodefault); repeatable")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      ->add_option("-k", options->suite.patterns,
                   "only tests whose name contains this, as with `run`; repeatable")
      ->type_name("NAME")
      ->allow_extra_args(false);
  whole_number(command->add_option("-j,--jobs", options->suite.jobs,
                                   "tests to run at a time (default: one per processor)"),
               0, 1024);
  command->add_option("--out", run.output.out, "folder for the reports (default: reports)")
      ->type_name("FOLDER");
  command->add_flag_callback(
      "--no-run", [options] { options->run = false; }, "write the scenarios and run nothing");
  command->add_flag("--verbose,-v", run.verbose, "show serial output as it arrives");
  command->add_flag("--quiet,-q", run.output.quiet, "print the verdict alone, and no progress");
  cli.on(command, [options, from] { return import_kvm_unit_tests(*options); });
}

}  // namespace harness::cli
