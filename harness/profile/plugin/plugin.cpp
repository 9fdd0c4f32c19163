// The profiler plugin: a shared object that QEMU loads. It counts into memory that it shares with
// the harness (memory.h).
//
// What is counted, and where. A translation block can be left before its end: by a fault, by an
// interrupt that a device raises, and, under -icount, by every access to a device's memory, after
// which QEMU goes on in another block. Counting whole blocks therefore counts too much (1.2 % of a
// boot that draws on the VGA screen). Counting each instruction by itself is exact and costs most.
// Here a block is cut behind each instruction that could leave it; the pieces are executed all or
// none, and one addition counts each exactly. An instruction that faults counts as begun.
//
// Code that the guest makes. It says so on its serial port ([CODE], wire/protocol.h), which the
// harness reads. Before code that no file shows is translated, the plugin asks the harness what it
// is: the guest waits meanwhile, so that the answer is what the guest has said up to here, in every
// boot. QEMU translates code anew once it was written over: whose code an address is, is therefore
// decided by the time, too.
//
// QEMU puts no instrumentation into blocks that it makes to repeat an instruction's device access,
// so that nothing is counted twice.
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include "profile/plugin/block_index.h"
#include "profile/plugin/call_tree.h"
#include "profile/plugin/code_map.h"
#include "profile/plugin/decode.h"
#include "profile/plugin/memory.h"
#include "profile/plugin/qemu_api.h"

#define EXPORTED extern "C" __attribute__((visibility("default")))

// The interface that this plugin was written for; QEMU refuses it where it supports none such.
EXPORTED int qemu_plugin_version = 1;

namespace harness::plugin {
namespace {

/// All that there is of it. QEMU's callbacks get no pointer of ours, so this has to be one.
struct Plugin {
  Header* header = nullptr;
  std::uint64_t* functions = nullptr;  // their counters
  CodeMap code;
  BlockIndex blocks;
  CallTree* tree = nullptr;
  std::byte* memory = nullptr;
  int asks = -1;  // the socket; -1: nobody to ask
};
Plugin plugin;

// Small numbers travel in the pointer that QEMU keeps for a callback: nothing to allocate.
void* as_data(std::uint64_t number) { return reinterpret_cast<void*>(number); }
std::uint32_t low_half(void* data) {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uint64_t>(data));
}
std::uint32_t high_half(void* data) {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uint64_t>(data) >> 32);
}

void on_call(unsigned, qemu_plugin_meminfo_t access, std::uint64_t slot, void* function) {
  // A call through memory reads its target before it writes its return address.
  if (qemu_plugin_mem_is_store(access)) plugin.tree->called(slot, low_half(function));
}
void on_return(unsigned, qemu_plugin_meminfo_t, std::uint64_t slot, void*) {
  plugin.tree->returned(slot);
}
void on_jump(unsigned, void* function) { plugin.tree->may_jump(low_half(function)); }
void on_entry(unsigned, void* function) { plugin.tree->entered(low_half(function)); }
void on_trap_return(unsigned, void* data) {
  plugin.tree->trap_returns(low_half(data), high_half(data));
}

void when_executed(qemu_plugin_insn* insn, qemu_plugin_vcpu_udata_cb_t callback,
                   std::uint64_t number) {
  qemu_plugin_register_vcpu_insn_exec_cb(insn, callback, QEMU_PLUGIN_CB_NO_REGS, as_data(number));
}

/// A jump out of its function, to the first instruction of another.
void follow_jump(qemu_plugin_insn* insn, std::uint64_t target, const Code& from) {
  const Code to = plugin.code.find(target);
  if (to.function != from.function && to.is_entry) when_executed(insn, on_jump, to.function);
}

/// One instruction of an ELF function. `ahead`: the size of its piece if it begins one, else 0.
void follow(qemu_plugin_insn* insn, const Instruction& instruction, std::uint64_t next,
            const Code& code, std::uint32_t ahead) {
  switch (instruction.flow) {
    case Flow::call: {
      const std::uint32_t function =
          instruction.has_target ? plugin.code.find(instruction.target).function : kNoFunction;
      qemu_plugin_register_vcpu_mem_cb(insn, on_call, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW,
                                       as_data(function));
      return;
    }
    case Flow::ret:
      qemu_plugin_register_vcpu_mem_cb(insn, on_return, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW,
                                       nullptr);
      return;
    case Flow::trap_return:
      when_executed(insn, on_trap_return, std::uint64_t{ahead} << 32 | code.function);
      return;
    case Flow::indirect_jump:
      when_executed(insn, on_jump, kNoFunction);
      return;
    case Flow::jump:
      follow_jump(insn, instruction.target, code);
      break;
    case Flow::none:
      break;
  }
  if (!instruction.ends_line) follow_jump(insn, next, code);  // falls into another function
}

constexpr int kAnswerMilliseconds = 30'000;

bool answered() {
  char byte = '?';
  while (write(plugin.asks, &byte, 1) != 1) {
    if (errno != EINTR) return false;
  }
  pollfd answer = {plugin.asks, POLLIN, 0};
  int ready = 0;
  do {
    ready = poll(&answer, 1, kAnswerMilliseconds);
  } while (ready < 0 && errno == EINTR);
  return ready == 1 && read(plugin.asks, &byte, 1) == 1;
}

/// Has the harness look at what the guest has said.
void ask() {
  if (plugin.asks < 0 || answered()) return;
  plugin.asks = -1;  // it must not write while we read
  plugin.header->unanswered = 1;
}

/// A piece that is being put together from the instructions of a block.
struct Open {
  qemu_plugin_tb* tb;
  std::size_t first;  // of its instructions
  bool is_made;       // by the guest
  Piece piece;
};

/// The bytes of code that no file shows, for who takes it apart later.
void keep_bytes(const Open& open, Block& block) {
  Header& header = *plugin.header;
  if (open.piece.bytes > header.code_capacity - header.code_used) return;
  block.code = header.code_used + 1;
  std::byte* to = plugin.memory + header.code_at + header.code_used;
  for (std::size_t i = 0; i < open.piece.instructions; ++i) {
    const qemu_plugin_insn* insn = qemu_plugin_tb_get_insn(open.tb, open.first + i);
    const std::size_t size = qemu_plugin_insn_size(insn);
    std::memcpy(to, qemu_plugin_insn_data(insn), size);
    to += size;
  }
  header.code_used += open.piece.bytes;
}

/// Counts one piece, before its first instruction.
void count_piece(const Open& open) {
  const Piece& piece = open.piece;
  qemu_plugin_insn* first = qemu_plugin_tb_get_insn(open.tb, open.first);
  Block& block = plugin.blocks.block(piece);
  if (open.is_made && block.code == 0) keep_bytes(open, block);
  const auto add = [first](std::uint64_t& counter, std::uint64_t amount) {
    qemu_plugin_register_vcpu_insn_exec_inline(first, QEMU_PLUGIN_INLINE_ADD_U64, &counter, amount);
  };
  add(plugin.header->total, piece.instructions);
  add(plugin.functions[piece.function], piece.instructions);
  add(block.count, 1);
}

void on_translation(qemu_plugin_id_t, qemu_plugin_tb* tb) {
  const std::size_t size = qemu_plugin_tb_n_insns(tb);
  Open open = {tb, 0, false, {}};
  bool is_open = false, asked = false;
  Code code;
  for (std::size_t i = 0; i < size; ++i) {
    qemu_plugin_insn* insn = qemu_plugin_tb_get_insn(tb, i);
    const std::uint64_t address = qemu_plugin_insn_vaddr(insn);
    const std::size_t bytes = qemu_plugin_insn_size(insn);
    const Instruction instruction =
        decode(static_cast<const std::uint8_t*>(qemu_plugin_insn_data(insn)), bytes, address);
    if (!asked && plugin.code.may_be_made(address)) {
      ask();
      asked = true;
    }
    const Code here = plugin.code.look_up(address);
    const bool begins = !is_open || here.function != code.function || here.is_entry;
    if (begins && is_open) count_piece(open);
    code = here;
    if (code.is_entry) when_executed(insn, on_entry, code.function);
    if (begins) {
      open = {tb, i, code.is_made, {address, 0, 0, code.function}};
      is_open = true;
    }
    open.piece.bytes += static_cast<std::uint32_t>(bytes);
    ++open.piece.instructions;
    if (code.is_followed) {
      follow(insn, instruction, address + bytes, code, begins ? 1 : 0);
    }
    if (instruction.may_leave) {
      count_piece(open);
      is_open = false;
    }
  }
  if (is_open) count_piece(open);
}

void on_processor(qemu_plugin_id_t, unsigned) { ++plugin.header->processors; }

const char* argument(int argc, char** argv, const char* name) {
  const std::size_t size = std::strlen(name);
  for (int i = 0; i < argc; ++i) {
    if (std::strncmp(argv[i], name, size) == 0 && argv[i][size] == '=') return argv[i] + size + 1;
  }
  return nullptr;
}

/// Maps the memory that the harness passed as descriptor `fd`. nullptr where it is none of ours.
std::byte* map_memory(int fd) {
  struct stat status = {};
  if (fstat(fd, &status) != 0 || status.st_size < static_cast<off_t>(sizeof(Header)))
    return nullptr;
  const auto size = static_cast<std::size_t>(status.st_size);
  void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (memory == MAP_FAILED) return nullptr;
  const auto* header = static_cast<const Header*>(memory);
  const bool ours = header->magic == kMagic && header->size == size;
  return ours ? static_cast<std::byte*>(memory) : nullptr;
}

bool start(std::byte* memory) {
  plugin.header = reinterpret_cast<Header*>(memory);
  plugin.memory = memory;
  plugin.functions = reinterpret_cast<std::uint64_t*>(memory + plugin.header->functions_at);
  plugin.code = CodeMap(memory);
  // Never given back: QEMU may execute what we have added to its code until the process ends.
  auto* taken = static_cast<std::uint64_t*>(
      std::calloc(plugin.header->function_count, sizeof(std::uint64_t)));
  void* tree = std::malloc(sizeof(CallTree));
  if (taken == nullptr || tree == nullptr || !plugin.blocks.start(memory)) return false;
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
  qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
  return 0;
}
