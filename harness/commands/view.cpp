#include "commands/view.h"

#include <fmt/core.h>

#include "base/text.h"
#include "output/finish.h"
#include "process/interrupt.h"
#include "view/server.h"

namespace harness {

namespace fs = std::filesystem;

ExitStatus view_reports(const ViewOptions& options) {
  std::error_code error;
  if (!fs::is_directory(options.folder, error)) {
    throw UsageError("there is no folder '" + options.folder.string() + "' to show",
                     "name a report folder, or the folder of several (default: reports)");
  }
  view::serve({.root = options.folder, .port = options.port, .stop = interrupt_descriptor()},
              [&](std::uint16_t port) {
                print_text(fmt::format("{} is on http://127.0.0.1:{}/ (Ctrl-C ends it)\n",
                                       printable(options.folder.string()), port));
              });
  return ExitStatus::pass;
}

}  // namespace harness
