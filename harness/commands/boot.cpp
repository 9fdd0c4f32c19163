#include "commands/boot.h"

#include <unistd.h>

#include <cstdio>

#include "base/shell.h"
#include "base/text.h"
#include "machine/machine.h"
#include "run/auto_accel.h"
#include "run/plan.h"
#include "run/progress.h"
#include "scenario/matrix.h"
#include "suite/select.h"

namespace harness {

ExitStatus boot(const BootOptions& options) {
  Scenario scenario = the_instance(options.scenario, options.patterns);
  // A person is at the keyboard: time is host time, and no limit applies.
  scenario.clock = ClockKind::host;
  Progress progress(progress_style(false));
  choose_accel(scenario, progress);
  if (options.build.build && !scenario.image.build.empty()) {
    std::fprintf(stderr, "build %s\n", printable(shell_quoted(scenario.image.build)).c_str());
  }
  const Image image = build_image(scenario, options.build, [](std::string_view output) {
    std::fwrite(output.data(), 1, output.size(), stderr);
  });

  InteractiveOptions how;
  how.gdb_wait = options.gdb;
  if (options.debug) {
    const auto folder = std::filesystem::path("reports") / folder_name(scenario.name);
    std::filesystem::create_directories(folder);
    how.debug_log = std::filesystem::absolute(folder / "qemu-debug.log");
    std::fprintf(stderr, "QEMU's log: %s\n", how.debug_log.c_str());
  }
  if (options.gdb) {
    const std::string elf =
        image.manifest.empty() ? image.kernel.string() : read_manifest(image.manifest).elf.string();
    std::fprintf(stderr, "waiting for a debugger:  gdb %s -ex 'target remote 127.0.0.1:1234'\n",
                 elf.c_str());
  }
  std::fprintf(stderr, "Ctrl-A X ends QEMU, Ctrl-A C is its monitor\n");
  const int status = boot_interactive(make_job(scenario, image, 1), how);
  std::fprintf(stderr, "QEMU ended with status %d\n", status);
  return status == wire::process_status(wire::Exit::pass) || status == 0 ? ExitStatus::pass
                                                                         : ExitStatus::failed;
}

}  // namespace harness
