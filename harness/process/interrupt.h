// Ctrl-C: handlers for the signals that end a run, and a descriptor that poll(2) can wait for.
#pragma once

namespace harness {

/// Readable from the first SIGINT, SIGTERM or SIGHUP on; -1 before install_interrupt_handler().
int interrupt_descriptor();

/// Installs handlers for SIGINT, SIGTERM and, unless it is ignored, SIGHUP that make a running boot
/// end (StopReason::interrupted) and later ones return at once. They stay installed: a second
/// signal is handled like the first. Blocking calls elsewhere return with EINTR. Call once, from
/// main. Throws Error. interrupted() tells whether one came.
void install_interrupt_handler();
bool interrupted();

}  // namespace harness
