#include "drivers/serial_and_screen.h"
#include "fw_cfg.h"
#include "kernel/cpu.h"

namespace kernel {
namespace {

// About five seconds of processor time under TCG: long enough for a harness on a busy machine to take
// a screenshot (at a load of 14 on 2 cores one second was not), short enough that a run with nobody
// there still ends.
constexpr uint32_t kHoldPolls = 50'000'000;

}  // namespace

void exit_machine(wire::Exit value) {
  Com1 com1;
  // What the FIFO still holds would be lost.
  uart::poll(com1, uart::kAllSent, uart::kMaxPolls);
  // A byte on the serial port says that the screen was read.
  if (x86::has_fw_cfg_file(wire::kHoldFile)) uart::poll(com1, uart::kReceived, kHoldPolls);
  x86::out8(static_cast<uint8_t>(wire::kDebugExitPort), static_cast<uint8_t>(value));
  // QEMU takes the exit up after this instruction, so the guest must not run on.
  x86::halt();
}

}  // namespace kernel
