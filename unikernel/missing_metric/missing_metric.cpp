// Misbehaves: announces three metrics and sends two; all else is in order.
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.emit.test("first", wire::Status::pass, 1, 1);
  system.emit.metric("one", 1, "cycles");
  system.emit.metric("two", 2, "cycles");
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"missing_metric", 1, 3, &run};
