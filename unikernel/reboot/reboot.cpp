// Misbehaves: resets the machine through the keyboard controller, as a kernel does that cannot go
// on. Without -no-reboot it would start again and again.
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/system.h>

// The 8042's command "pulse output line 0", which is wired to the processor's reset.
static constexpr uint16_t kKeyboardCommand = 0x64;
static constexpr uint8_t kPulseReset = 0xFE;

static wire::Status run(kernel::System& system) {
  system.emit.test("before", wire::Status::pass, 1, 1);
  x86::out8(kKeyboardCommand, kPulseReset);
  // QEMU takes it up after the instruction, so do not run on into [END].
  x86::halt();
}

extern "C" const kernel::App kernel_app = {"reboot", 1, 0, &run};
