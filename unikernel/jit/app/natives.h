// Programs as clang compiles them for this processor, beside the same ones in bitcode.
#pragma once

#include "kernel/console.h"
#include "support/arena.h"
#include "support/text.h"

namespace jit::app {

struct Native {
  Text name;
  int (*run)(int argument);
};

/// nullptr: none is called so.
const Native* find(Span<const Native> natives, Text name);

/// Where guest_write() of native programs goes. They must not call guest_exit().
void native_programs_write_to(kernel::Console& console);

}  // namespace jit::app
