// The smallest app that does everything right: one test, one metric.
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.console.text("Hello from ").text(wire::boot_path_name(system.boot.path)).newline();

  uint32_t sum = 0;
  for (uint32_t i = 1; i <= 100; ++i) sum += launder_value(i);
  const wire::Status status = sum == 5050 ? wire::Status::pass : wire::Status::fail;

  system.emit.test("sum", status, 1, sum);
  system.emit.timing("Total", x86::read_tsc_ordered() - system.boot.entry_tsc);
  return status;
}

extern "C" const kernel::App kernel_app = {"hello", 1, 1, &run};
