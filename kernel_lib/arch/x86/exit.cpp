#include "exit.h"

#include "drivers/serial_and_screen.h"
#include "fw_cfg.h"
#include "kernel/cpu.h"

namespace kernel {
namespace {

// Together about a minute of a quiet host's under TCG. Only the harness announces the hold, and
// QEMU dies with it: the bound is for what neither knows, and must be longer than a busy host keeps
// the harness waiting, since without it the screen is lost.
constexpr uint32_t kHoldPolls = 6'000'000;
constexpr uint32_t kPauseLoops = 1'000;

/// Waits for a byte on the serial port, which says that the screen was read. Between two polls no
/// port is touched: each access takes QEMU's global lock, and on a busy host a guest that polls
/// without a pause keeps it from QEMU's main loop, which is to read the screen (a boot of 50 ms
/// took 46 s, or ended without a screen, at a load of 18 on 2 cores).
void wait_until_released(Com1& com1) {
  for (uint32_t polls = 0; polls < kHoldPolls; ++polls) {
    if (uart::poll(com1, uart::kReceived, 1)) return;
    for (uint32_t i = 0; i < kPauseLoops; ++i) asm volatile("");
  }
}

}  // namespace

// Without waiting: an app that ends the machine itself has not closed its output, so nobody reads
// the screen.
void exit_machine(wire::Exit value) {
  Com1 com1;
  // What the FIFO still holds would be lost.
  uart::poll(com1, uart::kAllSent, uart::kMaxPolls);
  x86::out8(static_cast<uint8_t>(wire::kDebugExitPort), static_cast<uint8_t>(value));
  // QEMU takes the exit up after this instruction, so the guest must not run on.
  x86::halt();
}

}  // namespace kernel

void x86::exit_when_screen_was_read(wire::Exit value) {
  if (has_fw_cfg_file(wire::kHoldFile)) {
    kernel::Com1 com1;
    kernel::uart::poll(com1, kernel::uart::kAllSent, kernel::uart::kMaxPolls);
    kernel::wait_until_released(com1);
  }
  kernel::exit_machine(value);
}
