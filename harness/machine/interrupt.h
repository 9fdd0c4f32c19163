// Ctrl-C as a descriptor that poll(2) can wait for. The public half is in machine.h.
#pragma once

namespace harness {

/// Readable from the first SIGINT, SIGTERM or SIGHUP on; -1 before install_interrupt_handler().
int interrupt_descriptor();

}  // namespace harness
