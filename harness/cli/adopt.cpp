// init, import: guests that were not written for uniharness.
#include "commands/adopt.h"

#include <map>
#include <memory>

#include "cli/cli.h"

namespace harness::cli {
namespace {

std::vector<std::string> architecture_names() {
  std::vector<std::string> names;
  for (const Architecture& one : kArchitectures) names.emplace_back(one.name);
  return names;
}

}  // namespace

void add_init(Cli& cli) {
  const auto options = std::make_shared<InitOptions>();
  const auto seconds = std::make_shared<unsigned>(30);
  CLI::App* command =
      cli.add("init", "write a scenario for an image, after one boot that looks what it does");
  command->footer(
      "\nAsks nothing: what the file is, is told by its bytes (disk, ELF kernel, Linux kernel, "
      "ISO\n"
      "image, firmware); how it ends and what it says, by the boot. The scenario passes as it is,\n"
      "and its comments say what to do next.\n\n"
      "  uniharness init build/kernel.elf\n"
      "  uniharness init disk.img -o scenarios/disk.yaml\n"
      "  uniharness init u-boot.bin --as firmware --arch aarch64");
  command->add_option("image", options->image, "what is to be booted")->required();
  command->add_option("-o", options->out, "the scenario file (default: beside the image)");
  command->add_flag("--force", options->force, "replace a file that is there");
  command->add_option("--as", options->as, "boot it as this, whatever its bytes tell")
      ->check(CLI::IsMember({"disk", "kernel", "cdrom", "firmware", "flash"}));
  command->add_option("--arch", options->arch, "for this architecture, whatever its bytes tell")
      ->check(CLI::IsMember(architecture_names()));
  command->add_option("--append", options->append, "command line of a kernel");
  command
      ->add_option("--wall", *seconds,
                   "seconds that the probe may take; silence ends it after a third of them")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  command->add_flag("--verbose,-v", options->verbose, "show serial output as it comes");
  command->add_flag("--quiet,-q", options->quiet, "no progress");
  cli.on(command, [options, seconds] {
    options->wall = std::chrono::seconds(*seconds);
    return init_scenario(*options);
  });
}

void add_import(Cli& cli) {
  const auto options = std::make_shared<ImportOptions>();
  RunOptions& run = options->suite.run;
  CLI::App* command =
      cli.add("import", "write scenarios for the tests of another project, and run them");
  command->footer(
      "\nOf kvm-unit-tests: every section of unittests.cfg becomes a scenario beside the others "
      "in\n"
      "one folder, with its processors, memory, arguments, accelerator and time. What cannot run\n"
      "here is a skip in the summary and in junit.xml, with its reason. No shell is started.\n\n"
      "  ./configure && make                    # in the checkout\n"
      "  uniharness import kvm-unit-tests x86/unittests.cfg -k vmexit");
  const auto from = std::make_shared<std::string>();
  command->add_option("from", *from, "whose tests they are")
      ->required()
      ->check(CLI::IsMember({"kvm-unit-tests"}));
  command->add_option("file", options->file, "unittests.cfg, beside the tests")->required();
  command->add_option("-o", options->out, "folder of the scenarios (default: kvm-unit-tests)");
  command
      ->add_option("--arch", options->arch,
                   "what the tests were built for (default: ARCH of config.mak, or x86_64)")
      ->check(CLI::IsMember(architecture_names()));
  command->add_option("--accel", options->accel, "where a test leaves it open: tcg, kvm or auto")
      ->check(CLI::IsMember({"tcg", "kvm", "auto"}))
      ->capture_default_str();
  command
      ->add_option("-g,--group", options->groups,
                   "only tests of this group (default: all but nodefault); may be given again")
      ->allow_extra_args(false);
  command
      ->add_option("-k", options->suite.patterns,
                   "only tests with this in their name, as with `run`; may be given again")
      ->allow_extra_args(false);
  command
      ->add_option("-j,--jobs", options->suite.jobs, "tests at a time (default: one a processor)")
      ->check(CLI::Range(0, 1024));
  command->add_option("--out", run.output.out, "folder of the reports (default: reports)");
  command->add_flag("--no-run{false}", options->run, "write the scenarios, and stop");
  command->add_flag("--verbose,-v", run.verbose, "show serial output as it comes");
  command->add_flag("--quiet,-q", run.output.quiet, "no progress");
  cli.on(command, [options, from] { return import_kvm_unit_tests(*options); });
}

}  // namespace harness::cli
