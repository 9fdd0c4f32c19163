// Misbehaves: bytes of a protocol line are lost on the wire. They are written, and so counted in
// the checksum, but for a moment the UART is in loopback mode, where it sends to itself. What
// arrives still looks like a line.
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/system.h>

static constexpr uint16_t kModemControl = 0x3FC, kFifoControl = 0x3FA;
static constexpr uint8_t kReady = 0x03, kLoopback = 0x10, kClearFifos = 0x07;

static wire::Status run(kernel::System& system) {
  system.emit.test("first", wire::Status::pass, 1, 1);
  system.console.text("[TEST] second: pass iterations=1 res");
  x86::out8(kModemControl, kReady | kLoopback);
  system.console.text("ult=12");
  x86::out8(kModemControl, kReady);
  x86::out8(kFifoControl, kClearFifos);
  system.console.text("345\n");
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"torn_line", 2, 0, &run};
