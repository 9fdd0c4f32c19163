// Misbehaves: reports a profile that cannot be: its shortest call took longer than the average.
#include <kernel/emit.h>
#include <kernel/profile.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  kernel::ProfileStats stats;
  stats.name = "fibonacci";
  stats.calls = 10;
  stats.total = stats.self = 9000;
  stats.min = 950;
  stats.max = 990;
  system.emit.test("fibonacci", wire::Status::pass, 10, 55);
  system.emit.profile(stats);
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"bad_profile", 1, 1, &run};
