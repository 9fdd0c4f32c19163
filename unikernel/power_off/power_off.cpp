// Misbehaves: turns the machine off through ACPI before [END]. QEMU then ends with status 0, with
// no word from the debug-exit device.
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/system.h>

// PM1a control register where SeaBIOS puts it on QEMU's pc and q35; sleep type 0 is soft off.
static constexpr uint16_t kPm1Control = 0x604, kSleepEnable = 1 << 13;

static wire::Status run(kernel::System& system) {
  system.emit.test("first", wire::Status::pass, 1, 1);
  x86::out16(kPm1Control, kSleepEnable);
  // QEMU takes it up after the instruction, so do not run on into [END].
  x86::halt();
}

extern "C" const kernel::App kernel_app = {"power_off", 2, 0, &run};
