// view: reports in a browser.
#include "commands/view.h"

#include <memory>

#include "cli/cli.h"

namespace harness::cli {

void add_view(Cli& cli) {
  const auto options = std::make_shared<ViewOptions>();
  CLI::App* command =
      cli.add("view", "show reports in a browser, and runs that go on, until Ctrl-C");
  command->footer(
      "\nServes on 127.0.0.1 alone, and only the files of report folders. The list follows runs "
      "as\n"
      "they begin, speak and end; a report shows the flame graph that `uniharness profile` left\n"
      "beside it.\n\n"
      "  uniharness view\n"
      "  uniharness view reports/session20 --port 8080");
  command->add_option("folder", options->folder, "a report folder, or the folder of several")
      ->capture_default_str();
  command->add_option("--port", options->port, "port on 127.0.0.1 (default: one that is free)")
      ->check(CLI::Range(1, 65535));
  cli.on(command, [options] { return view_reports(*options); });
}

}  // namespace harness::cli
