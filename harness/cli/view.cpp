// view: reports in a browser.
#include "commands/view.h"

#include <memory>

#include "cli/cli.h"

namespace harness::cli {

void add_view(Cli& cli) {
  const auto options = std::make_shared<ViewOptions>();
  CLI::App* command =
      cli.add("view", "show reports and runs in progress in a browser, until Ctrl-C");
  command->footer(
      "\nServes on 127.0.0.1 only, and only files of report folders. The list is updated while "
      "runs "
      "start, print and end; a report shows the flame graph that `uniharness profile` wrote "
      "beside "
      "it.\n\n"
      "  uniharness view\n"
      "  uniharness view reports/session20 --port 8080");
  command->add_option("folder", options->folder, "a report folder, or a folder of report folders")
      ->type_name("REPORT")
      ->capture_default_str();
  whole_number(
      command->add_option("--port", options->port, "port on 127.0.0.1 (default: any free port)"), 1,
      65535);
  cli.on(command, [options] { return view_reports(*options); });
}

}  // namespace harness::cli
