// Misbehaves: a line of text holds bytes that are no text: a terminal escape sequence, NUL, bytes
// that are not UTF-8. The protocol's own lines are in order.
#include <kernel/console.h>
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  static constexpr char kGarbage[] = "value: \x1b[31m\x00\x07\xff\xfe\x80 end\n";
  system.console.text(kGarbage, sizeof kGarbage - 1);
  system.emit.test("first", wire::Status::pass, 1, 1);
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"garbage", 1, 0, &run};
