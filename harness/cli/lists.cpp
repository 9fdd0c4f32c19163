// doctor, checks, schema: what the tool knows about itself and this machine.
#include <memory>

#include "cli/cli.h"
#include "commands/doctor.h"
#include "commands/list.h"

namespace harness::cli {

void add_doctor(Cli& cli) {
  const auto options = std::make_shared<DoctorOptions>();
  CLI::App* command =
      cli.add("doctor", "check that QEMU, its accelerators and the tools work on this machine");
  command->footer(
      "\nEach QEMU that is installed boots a small guest: whether it works, whether it counts "
      "exactly, how fast it is. Exit status 3 where something that is needed is missing.\n\n"
      "  uniharness doctor");
  command->add_flag("--json", options->json, "print the results as JSON");
  cli.on(command, [options] { return run_doctor(*options); });
}

void add_lists(Cli& cli) {
  const auto markdown = std::make_shared<bool>(false);
  CLI::App* checks = cli.add("checks", "list the checks a scenario can ask for");
  checks->footer("\n  uniharness checks | less\n  uniharness checks --markdown > REFERENCE.md");
  checks->add_flag("--markdown", *markdown, "print scenarios/REFERENCE.md");
  cli.on(checks, [markdown] {
    return list_checks(*markdown ? ChecksFormat::markdown : ChecksFormat::text);
  });

  const auto schema = std::make_shared<std::string>("scenario");
  CLI::App* schemas = cli.add("schema", "print a JSON Schema");
  schemas->footer(
      "\nEditors complete scenarios by the first.\n\n"
      "  uniharness schema > scenario.schema.json\n"
      "  uniharness schema record");
  choice(schemas->add_option("of", *schema, "of which files")->capture_default_str(), "KIND",
         {"scenario", "record"});
  cli.on(schemas, [schema] { return print_schema(*schema); });
}

}  // namespace harness::cli
