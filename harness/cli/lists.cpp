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
  command->add_flag("--json", options->json, "print the results as JSON");
  cli.on(command, [options] { return run_doctor(*options); });
}

void add_lists(Cli& cli) {
  const auto markdown = std::make_shared<bool>(false);
  CLI::App* checks = cli.add("checks", "list the checks a scenario can ask for");
  checks->add_flag("--markdown", *markdown, "print scenarios/REFERENCE.md");
  cli.on(checks, [markdown] {
    return list_checks(*markdown ? ChecksFormat::markdown : ChecksFormat::text);
  });

  const auto schema = std::make_shared<std::string>("scenario");
  CLI::App* schemas = cli.add("schema", "print a JSON Schema");
  choice(schemas->add_option("of", *schema, "of which files")->capture_default_str(), "KIND",
         {"scenario", "record"});
  cli.on(schemas, [schema] { return print_schema(*schema); });
}

}  // namespace harness::cli
