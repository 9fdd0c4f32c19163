// All that the plugin knows while QEMU runs. QEMU's callbacks get no pointer of ours, so this has
// to be one object.
#pragma once

#include <cstddef>
#include <cstdint>

#include "profile/plugin/block_index.h"
#include "profile/plugin/call_tree.h"
#include "profile/plugin/code_map.h"
#include "profile/plugin/memory.h"
#include "profile/plugin/turns.h"

namespace harness::plugin {

struct Plugin {
  Header* header = nullptr;
  std::uint64_t* functions = nullptr;  // their counters
  CodeMap code;
  BlockIndex blocks;
  CallTree* tree = nullptr;
  Turns turns;
  std::byte* memory = nullptr;
  int asks = -1;  // the socket; -1: nobody to ask
  // The instruction at `tried` was the last that was counted, as of this `total`.
  std::uint64_t tried = 0, tried_total = 0;
  // Calls and returns: how often one began, and up to which it has touched the stack.
  std::uint64_t begun = 0, accessed = 0;
};
inline Plugin plugin;

}  // namespace harness::plugin
