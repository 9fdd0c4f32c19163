// The profiler plugin: a shared object that QEMU loads. It counts into memory that it shares with
// the harness (memory.h).
//
// What is counted, and where: cut.h. Counting whole translation blocks is not exact, because QEMU
// leaves them in the middle; counting each instruction by itself costs most. Here one addition
// counts a piece of a block that is executed completely or not at all.
//
// QEMU repeats an instruction that has touched a device's memory in a block of its own, in which
// only accesses to memory can be followed, and nothing before them.
//
// Code that the guest makes. It says so on its serial port ([CODE], wire/protocol.h), which the
// harness reads. Before code that no file shows is translated, the plugin asks the harness what it
// is: the guest waits meanwhile, so that the answer is what the guest has said up to here, in every
// boot. QEMU translates code anew once it was written over: whose code an address is, is therefore
// decided by the time, too.
//
// QEMU's own count (-icount) is read where it may be: when code is translated, and at the end. The
// harness compares it with ours. With watch=1 that is all that is done.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include "profile/plugin/attach.h"
#include "profile/plugin/cut.h"
#include "profile/plugin/decode.h"
#include "profile/plugin/events.h"
#include "profile/plugin/state.h"

#define EXPORTED extern "C" __attribute__((visibility("default")))

// The interface that this plugin was written for; QEMU refuses it where it supports none such.
EXPORTED int qemu_plugin_version = UNIHARNESS_QEMU_API;

namespace harness::plugin {
namespace {

void when_executed(qemu_plugin_insn* insn, qemu_plugin_vcpu_udata_cb_t callback,
                   std::uint64_t number) {
  qemu_plugin_register_vcpu_insn_exec_cb(insn, callback, QEMU_PLUGIN_CB_NO_REGS, as_data(number));
}

/// A jump to the first instruction of a function.
void follow_jump(qemu_plugin_insn* insn, std::uint64_t target, const Code& from,
                 std::uint32_t ahead) {
  Code to = plugin.code.find(target);
  if (to.is_unnamed && !(from.is_unnamed && to.function == from.function)) {
    to = plugin.code.enter(target);
  }
  if (!to.is_entry) return;
  const bool loops = to.function == from.function;
  when_executed(insn, loops ? on_loop : on_jump, std::uint64_t{ahead} << 32 | to.function);
}

/// One instruction of code that is followed. `ahead`: how many are counted when it begins, after
/// what is called here. Calls, returns and jumps through memory: count_piece().
void follow(qemu_plugin_insn* insn, const BlockInstruction& one, std::uint32_t ahead) {
  switch (one.what.flow) {
    case Flow::call:
    case Flow::ret:
      return;
    case Flow::trap_return:
      when_executed(insn, on_trap_return, std::uint64_t{ahead} << 32 | one.code.function);
      return;
    case Flow::indirect_jump:
      if (one.what.reads_target) return;
      when_executed(insn, on_jump, std::uint64_t{ahead} << 32 | kNoFunction);
      return;
    case Flow::jump:
      follow_jump(insn, one.what.target, one.code, ahead);
      break;
    case Flow::none:
      break;
  }
  // Falls into another function.
  if (!one.what.ends_line) follow_jump(insn, one.address + one.bytes, one.code, ahead);
}

/// Has the harness look at what the guest has said.
void ask() {
  if (plugin.asks < 0 || answered(plugin.asks)) return;
  plugin.asks = -1;  // it must not write while we read
  plugin.header->unanswered = 1;
}

/// An instruction's bytes, `size` of them.
void copy_bytes(const qemu_plugin_insn* insn, void* to, std::size_t size) {
#if UNIHARNESS_QEMU_API < 3
  std::memcpy(to, qemu_plugin_insn_data(insn), size);
#else
  static_cast<void>(qemu_plugin_insn_data(insn, to, size));
#endif
}

// Version 1 adds in the generated code, to any address of ours. Later ones add only to memory of
// QEMU's own, which nobody could read after QEMU was killed: there, a call does it.
#if UNIHARNESS_QEMU_API < 2
constexpr bool kAddsAfterCallbacks = true;

void when_executed_add(qemu_plugin_insn* insn, std::uint64_t& counter, std::uint64_t amount) {
  qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64, &counter, amount);
}
void when_executed_count(qemu_plugin_insn* insn, Block& block, std::uint32_t instructions) {
  when_executed_add(insn, plugin.header->total, instructions);
  when_executed_add(insn, plugin.functions[block.function], instructions);
  when_executed_add(insn, block.count, 1);
}
void when_executed_begin(qemu_plugin_insn* insn) { when_executed_add(insn, plugin.begun, 1); }
void when_accessed_add(qemu_plugin_insn* insn, std::uint64_t& counter) {
  qemu_plugin_register_vcpu_mem_inline(insn, QEMU_PLUGIN_MEM_RW, QEMU_PLUGIN_INLINE_ADD_U64,
                                       &counter, 1);
}
#else
constexpr bool kAddsAfterCallbacks = false;

void on_piece(unsigned, void* data) {
  Block& block = plugin.blocks.at(low_half(data));
  plugin.header->total += high_half(data);
  plugin.functions[block.function] += high_half(data);
  ++block.count;
}
void on_begin(unsigned, void*) { ++plugin.begun; }

void when_executed_count(qemu_plugin_insn* insn, Block& block, std::uint32_t instructions) {
  when_executed(insn, on_piece, std::uint64_t{instructions} << 32 | plugin.blocks.number(block));
}
void when_executed_begin(qemu_plugin_insn* insn) { when_executed(insn, on_begin, 0); }
void on_access(unsigned, qemu_plugin_meminfo_t, std::uint64_t, void* counter) {
  ++*static_cast<std::uint64_t*>(counter);
}
void when_accessed_add(qemu_plugin_insn* insn, std::uint64_t& counter) {
  qemu_plugin_register_vcpu_mem_cb(insn, on_access, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW,
                                   &counter);
}
#endif

/// A translation block while it is being translated.
struct Translation {
  qemu_plugin_tb* tb;
  std::size_t size;
  BlockInstruction instructions[kMostInstructions];
  std::size_t cut_count;
  Cut cuts[kMostInstructions];
  [[nodiscard]] qemu_plugin_insn* insn(std::size_t at) const {
    return qemu_plugin_tb_get_insn(tb, at);
  }
};

/// The bytes of code that no file shows, for who takes it apart later.
void keep_bytes(const Translation& block, const Cut& cut, Block& kept) {
  Header& header = *plugin.header;
  if (kept.bytes > header.code_capacity - header.code_used) return;
  kept.code = header.code_used + 1;
  std::byte* to = plugin.memory + header.code_at + header.code_used;
  for (std::size_t at = cut.first; at < cut.first + cut.size; ++at) {
    copy_bytes(block.insn(at), to, block.instructions[at].bytes);
    to += block.instructions[at].bytes;
  }
  header.code_used += kept.bytes;
}

Piece piece_of(const Translation& block, const Cut& cut) {
  const BlockInstruction& first = block.instructions[cut.first];
  Piece piece{first.address, 0, static_cast<std::uint32_t>(cut.size), first.code.function};
  for (std::size_t at = cut.first; at < cut.first + cut.size; ++at) {
    piece.bytes += block.instructions[at].bytes;
  }
  return piece;
}

/// The function that a call names, if it does. What has no name begins there.
std::uint32_t called_function(const Instruction& call, const Code& from) {
  if (!call.has_target) return kNoFunction;
  const Code to = plugin.code.find(call.target);
  if (to.function == from.function && !to.is_entry && !to.is_unnamed) return kWithin;
  return to.is_unnamed ? plugin.code.enter(call.target).function : to.function;
}

/// Attaches what counts a piece to the instruction where that is done.
void count_piece(const Translation& block, const Cut& cut) {
  const BlockInstruction& first = block.instructions[cut.first];
  qemu_plugin_insn* insn = block.insn(cut.counted_at);
  const Piece piece = piece_of(block, cut);
  Block& counted = plugin.blocks.block(piece);
  if (first.code.is_made && counted.code == 0) keep_bytes(block, cut, counted);
  const std::uint64_t number = plugin.blocks.number(counted);
  const auto at_access = [&](qemu_plugin_vcpu_mem_cb_t callback, std::uint64_t data) {
    qemu_plugin_register_vcpu_mem_cb(insn, callback, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW,
                                     as_data(data));
  };
  if (cut.when == When::accessed) {
    when_executed_begin(insn);
    if (first.what.flow == Flow::call) {
      at_access(on_call, std::uint64_t{called_function(first.what, first.code)} << 32 | number);
    } else {
      at_access(first.what.flow == Flow::ret ? on_return : on_target, number);
    }
    return;
  }
  // Blocks without a place of their own have no address to tell a repetition by.
  if (cut.when == When::tried && !plugin.blocks.is_left_out(counted)) {
    if (block.size == 1) at_access(on_only_access, number);
    const auto size = static_cast<std::uint32_t>(cut.size);
    const std::uint32_t more =
        kAddsAfterCallbacks ? counted_before(block.cuts, block.cut_count, cut.counted_at) - size
                            : 0;
    const std::uint64_t accesses = first.what.accesses_of_turn;
    when_executed(insn, first.what.is_repeated ? on_turn : on_try,
                  (accesses << kAccessesBit | more) << 32 | number);
    if (first.what.is_repeated) when_accessed_add(insn, plugin.turns.accesses_at(first.address));
    return;
  }
  when_executed_count(insn, counted, piece.instructions);
}

/// A call of the next instruction, which is how code learns where it is: it takes the address from
/// the stack again, and nothing is called.
bool only_pushes(const BlockInstruction& one) {
  return one.what.flow == Flow::call && one.what.has_target &&
         one.what.target == one.address + one.bytes && !plugin.code.find(one.what.target).is_entry;
}

/// Decodes what QEMU has read, and asks whose code it is.
void look_at(Translation& block) {
  bool asked = false;
  for (std::size_t i = 0; i < block.size; ++i) {
    const qemu_plugin_insn* insn = block.insn(i);
    BlockInstruction& one = block.instructions[i];
    one.address = qemu_plugin_insn_vaddr(insn);
    one.bytes = static_cast<std::uint32_t>(qemu_plugin_insn_size(insn));
    std::uint8_t bytes[16] = {};  // an instruction has 15 at most
    copy_bytes(insn, bytes, std::min<std::size_t>(one.bytes, sizeof bytes));
    one.what = decode(bytes, std::min<std::size_t>(one.bytes, sizeof bytes), one.address);
    if (!asked && plugin.code.may_be_made(one.address)) {
      ask();
      asked = true;
    }
    const bool enters = i == 0 && plugin.tree->expects_entry();
    one.code = enters ? plugin.code.enter(one.address) : plugin.code.look_up(one.address);
    if (one.code.is_unnamed && one.code.function == plugin.header->outside_after) {
      one.code = plugin.code.enter(one.address);
    }
    if (only_pushes(one)) one.what.flow = Flow::none;
  }
}

/// Between two blocks, and in an instruction that may touch devices, QEMU allows to read its count.
void read_qemus_count(std::uint32_t when) {
  if (icount_get_raw == nullptr || icount_get == nullptr) return;
  Header& header = *plugin.header;
  header.latest = {static_cast<std::uint64_t>(icount_get_raw()), header.total,
                   static_cast<std::uint64_t>(icount_get())};
  header.qemu_tells = when;
}

void on_translation(qemu_plugin_id_t, qemu_plugin_tb* tb) {
  static Translation block;  // large, and QEMU translates one at a time
  block.tb = tb;
  block.size = std::min(qemu_plugin_tb_n_insns(tb), kMostInstructions);
  look_at(block);
  // An instruction that is about to be repeated is in our count already, and not in QEMU's.
  if (!is_repeated(block.instructions[0].address)) read_qemus_count(1);
  block.cut_count = cut_block(block.instructions, block.size, block.cuts);
  for (std::size_t i = 0; i < block.size; ++i) {
    const BlockInstruction& one = block.instructions[i];
    if (one.code.is_entry) when_executed(block.insn(i), on_entry, one.code.function);
    if (one.code.is_followed) {
      follow(block.insn(i), one, counted_before(block.cuts, block.cut_count, i));
    }
  }
  for (std::size_t i = 0; i < block.cut_count; ++i) count_piece(block, block.cuts[i]);
}

std::uint64_t newest_block = 0;  // its instructions

/// Where nothing is to be counted.
void on_translation_watched(qemu_plugin_id_t, qemu_plugin_tb* tb) {
  read_qemus_count(1);
  newest_block = qemu_plugin_tb_n_insns(tb);
}

void on_end(qemu_plugin_id_t, void*) { read_qemus_count(2); }

/// QEMU ends a while after the guest has asked for it, by its power-off, a triple fault or, from
/// QEMU 9 on, the debug-exit port. A guest that halts meanwhile is halted for as long as that
/// takes, in some boots, and executes nothing any more: that halt is in no number of the guest's.
/// It is known by its block, the newest, of which no more than a few instructions were executed,
/// and nothing behind it.
void on_end_watched(qemu_plugin_id_t, void*) {
  constexpr std::uint64_t kFewest = 4;  // cli; hlt; and what may stand before them
  const QemuCount before = plugin.header->latest;
  const bool known = plugin.header->qemu_tells == 1;
  read_qemus_count(2);
  QemuCount& end = plugin.header->latest;
  const std::uint64_t executed = end.instructions - before.instructions;
  if (known && executed <= std::min(newest_block, kFewest)) end.clock = before.clock + executed;
}

void on_processor(qemu_plugin_id_t, unsigned) { ++plugin.header->processors; }

bool start(std::byte* memory) {
  plugin.header = reinterpret_cast<Header*>(memory);
  plugin.memory = memory;
  plugin.functions = reinterpret_cast<std::uint64_t*>(memory + plugin.header->functions_at);
  plugin.code = CodeMap(memory);
  // Never given back: QEMU may execute what we have added to its code until the process ends.
  auto* taken = static_cast<std::uint64_t*>(
      std::calloc(plugin.header->function_count, sizeof(std::uint64_t)));
  void* tree = std::malloc(sizeof(CallTree));
  if (taken == nullptr || tree == nullptr || !plugin.blocks.start(memory) || !plugin.code.start())
    return false;
  plugin.tree = new (tree) CallTree(memory, taken);
  plugin.header->state = State::counting;
  return true;
}

}  // namespace
}  // namespace harness::plugin

EXPORTED int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t* info, int argc,
                                 char** argv) {
  using namespace harness::plugin;
  const char* fd = argument(argc, argv, "fd");
  std::byte* memory = fd != nullptr && info->system_emulation ? map_memory(std::atoi(fd)) : nullptr;
  if (memory == nullptr || !start(memory)) {
    std::fputs("uniharness profiler plugin: it is loaded by `uniharness profile`\n", stderr);
    return -1;
  }
  if (const char* asks = argument(argc, argv, "ask")) plugin.asks = std::atoi(asks);
  qemu_plugin_register_vcpu_init_cb(id, on_processor);
  const bool watches = argument(argc, argv, "watch") != nullptr;
  qemu_plugin_register_vcpu_tb_trans_cb(id, watches ? on_translation_watched : on_translation);
  qemu_plugin_register_atexit_cb(id, watches ? on_end_watched : on_end, nullptr);
  return 0;
}
