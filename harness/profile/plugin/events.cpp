#include "profile/plugin/events.h"

namespace harness::plugin {
namespace {

/// Counts a block of one instruction, whose number is the lower half of `data`.
Block& count_one(void* data) {
  Block& block = plugin.blocks.at(low_half(data));
  ++plugin.header->total;
  ++plugin.functions[block.function];
  ++block.count;
  return block;
}

/// `more`: how many instructions before it are counted next, in the generated code.
void count_tried(void* data, std::uint32_t more) {
  plugin.tried = count_one(data).begin;
  plugin.tried_total = plugin.header->total + more;
}

/// QEMU 7.2 may go on calling what was attached to an instruction's access for those of others
/// behind it, that load a descriptor for example, and for the frame of an interrupt.
bool is_own_access() {
  if (plugin.accessed == plugin.begun) return false;
  plugin.accessed = plugin.begun;
  return true;
}

}  // namespace

bool is_repeated(std::uint64_t address) {
  return plugin.tried == address && plugin.tried_total == plugin.header->total;
}

/// The upper half of `data` holds what count_tried() wants.
void on_try(unsigned, void* data) {
  if (is_repeated(plugin.blocks.at(low_half(data)).begin)) return;
  count_tried(data, high_half(data));
}
/// The same of a string instruction with a repeat prefix.
void on_turn(unsigned, void* data) {
  const std::uint64_t address = plugin.blocks.at(low_half(data)).begin;
  if (plugin.turns.is_tried_again(address, plugin.header->total)) return;
  count_tried(data, high_half(data) & ((1U << kAccessesBit) - 1));
  plugin.turns.counted(address, plugin.tried_total, high_half(data) >> kAccessesBit);
}
/// Of an instruction that has a block of its own. When it began, on_try() has counted it, unless
/// this is the repetition for a device's memory, where QEMU did not call it.
void on_only_access(unsigned, qemu_plugin_meminfo_t access, std::uint64_t address, void* data) {
  // Not for the accesses of others (is_own_access()): of those to devices there are none.
  const qemu_plugin_hwaddr* where = qemu_plugin_get_hwaddr(access, address);
  if (where == nullptr || !qemu_plugin_hwaddr_is_io(where)) return;
  if (!is_repeated(plugin.blocks.at(low_half(data)).begin)) count_tried(data, 0);
}

void on_call(unsigned, qemu_plugin_meminfo_t access, std::uint64_t slot, void* data) {
  // A call through memory reads its target before it writes its return address.
  if (!qemu_plugin_mem_is_store(access) || !is_own_access()) return;
  count_one(data);
  if (high_half(data) == kWithin) {
    plugin.tree->called_within(slot);
  } else {
    plugin.tree->called(slot, high_half(data));
  }
}
void on_return(unsigned, qemu_plugin_meminfo_t, std::uint64_t slot, void* data) {
  if (!is_own_access()) return;
  count_one(data);
  plugin.tree->returned(slot);
}
/// A jump through memory has read where to.
void on_target(unsigned, qemu_plugin_meminfo_t, std::uint64_t, void* data) {
  if (!is_own_access()) return;
  count_one(data);
  plugin.tree->may_jump(kNoFunction);
}
void on_jump(unsigned, void* data) { plugin.tree->may_jump(low_half(data), high_half(data)); }
void on_loop(unsigned, void* data) { plugin.tree->may_loop(high_half(data)); }
void on_entry(unsigned, void* function) {
  plugin.turns.entered(plugin.header->total);
  plugin.tree->entered(low_half(function));
}
void on_trap_return(unsigned, void* data) {
  plugin.turns.trap_returned(plugin.header->total + high_half(data));
  plugin.tree->trap_returns(low_half(data), high_half(data));
}

}  // namespace harness::plugin
