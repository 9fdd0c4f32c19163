// What happens while the guest executes: callbacks that QEMU calls where plugin.cpp has attached
// them. `data` holds two small numbers, of a Block in the lower half.
#pragma once

#include <cstdint>

#include "profile/plugin/qemu_api.h"
#include "profile/plugin/state.h"

namespace harness::plugin {

// Small numbers travel in the pointer that QEMU keeps for a callback: nothing to allocate.
inline void* as_data(std::uint64_t number) { return reinterpret_cast<void*>(number); }
inline std::uint32_t low_half(void* data) {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uint64_t>(data));
}
inline std::uint32_t high_half(void* data) {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uint64_t>(data) >> 32);
}

/// The instruction at `address` begins or is under way, and nothing was counted since it was.
bool is_repeated(std::uint64_t address);

/// The function of a call into the middle of its own, for on_call().
inline constexpr std::uint32_t kWithin = kNoFunction - 1;

// Of instructions that may be tried again. The upper half: how many instructions before it are
// counted next, in the generated code; of on_turn() with the Instruction's accesses_of_turn, from
// this bit on.
inline constexpr unsigned kAccessesBit = 16;
void on_try(unsigned vcpu, void* data);
void on_turn(unsigned vcpu, void* data);
void on_only_access(unsigned vcpu, qemu_plugin_meminfo_t access, std::uint64_t address, void* data);

// Of those that are counted when they have touched memory. The upper half of on_call() is the
// function that is called, if that is known.
void on_call(unsigned vcpu, qemu_plugin_meminfo_t access, std::uint64_t slot, void* data);
void on_return(unsigned vcpu, qemu_plugin_meminfo_t access, std::uint64_t slot, void* data);
void on_target(unsigned vcpu, qemu_plugin_meminfo_t access, std::uint64_t address, void* data);

// Where control goes. The lower half is a function, the upper how many instructions are counted
// next.
void on_jump(unsigned vcpu, void* data);
void on_loop(unsigned vcpu, void* data);  // to the first instruction of its own function
void on_entry(unsigned vcpu, void* data);
void on_trap_return(unsigned vcpu, void* data);

}  // namespace harness::plugin
