// What one boot counted: the plugin's memory, prepared before, read after.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "process/descriptor.h"
#include "profile/code.h"

namespace harness::profile {

/// A function as called from a chain of others.
struct Context {
  std::uint32_t parent = 0;    // index into Counts::contexts, smaller than its own
  std::uint32_t function = 0;  // index into GuestCode::functions
  std::uint64_t calls = 0;     // entries: by a call, a jump from another function, or a trap
  std::uint64_t self = 0;      // instructions
};

/// Instructions that were executed all or none.
struct Block {
  std::uint64_t address = 0;
  std::uint32_t bytes = 0, instructions = 0;
  std::uint32_t function = 0;
  std::uint64_t count = 0;
  std::string code = {};  // its bytes, where no file shows them and there was room
  [[nodiscard]] std::uint64_t executed() const { return count * instructions; }
};

/// QEMU's own count of instructions (-icount), which is no part of the plugin.
struct QemuCount {
  std::uint64_t instructions = 0;
  std::uint64_t ours = 0;   // what the plugin had counted by then
  std::uint64_t clock = 0;  // of the guest, in ticks: instructions and the time it was halted
  bool at_end = false;      // else when QEMU last translated code: it was killed later
};

struct Counts {
  std::uint64_t total = 0;  // instructions, as the plugin counted them by themselves
  // Instructions of each function: of the GuestCode, and of `unnamed` behind them.
  std::vector<std::uint64_t> functions;
  std::vector<std::uint64_t> unnamed = {};  // code without a name: where each was entered
  std::vector<Context> contexts;            // [0] is the root: no function, no instructions
  std::vector<Block> blocks;                // as they came
  std::optional<QemuCount> qemu = {};       // unset: this QEMU does not tell
  std::uint64_t deepest = 0;                // most calls open at one time
  // What found no room; all are 0 in a profile that is whole.
  std::uint64_t calls_left_out = 0, contexts_left_out = 0, blocks_left_out = 0;
  // Returns that no open call belongs to: stacks were switched, or addresses pushed by hand.
  std::uint64_t returns_alone = 0;
  std::uint64_t made_left_out = 0;  // functions that the guest made
  bool unanswered = false;          // the plugin asked the harness, which did not answer in time
};

/// Sizes of the memory. It is sparse: what is not used costs nothing.
struct Capacity {
  std::uint32_t contexts = 1 << 18;
  std::uint32_t blocks = 1 << 20;
  std::uint32_t made = 4096;     // functions that the guest makes
  std::uint32_t code = 8 << 20;  // bytes of them
  std::uint32_t unnamed = 4096;  // places where code without a name is entered
};

class SharedMemory {
 public:
  /// A file without a name that QEMU can inherit, with the map of `code` in it. Throws Error where
  /// the system has no memory for it.
  explicit SharedMemory(const GuestCode& code, const Capacity& capacity = {});
  ~SharedMemory();
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;

  [[nodiscard]] int descriptor() const { return file_.get(); }
  [[nodiscard]] std::byte* data() const { return data_; }
  /// The plugin was loaded, and counts here.
  [[nodiscard]] bool attached() const;
  /// The code of the guest's own making that is alive now: no more than Capacity::made, sorted,
  /// disjoint, with functions behind those of the GuestCode. Only while the plugin waits.
  void set_made(const std::vector<plugin::Range>& ranges);
  /// What has been counted, with so many `made` functions; call it after QEMU's end. Throws Error
  /// (ExitStatus::invalid_data) where it cannot be: QEMU runs a guest that we do not trust, and its
  /// memory is checked.
  [[nodiscard]] Counts read(std::uint32_t made = 0) const;

 private:
  void put(std::uint64_t at, const std::vector<plugin::Range>& ranges);

  std::uint32_t known_functions_;  // before the boot
  plugin::Header layout_;          // as prepared; the one in the memory is QEMU's to write
  FileDescriptor file_;
  std::byte* data_ = nullptr;
};

}  // namespace harness::profile
