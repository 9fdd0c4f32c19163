// What the plugin uses of QEMU's TCG plugin interface: version 1 (QEMU 4.2 to 8.2), or, with
// UNIHARNESS_QEMU_API=2, version 2 (QEMU 9.0), which has other additions in the generated code, or
// 3 (QEMU 9.1 and later), which gives an instruction's bytes as a copy as well. Debian packages no
// header for it. These are declarations of our own of functions that the qemu-system-* programs
// export; QEMU documents them in docs/devel/tcg-plugins.rst and in include/qemu/qemu-plugin.h.
#pragma once

#include <cstddef>
#include <cstdint>

#ifndef UNIHARNESS_QEMU_API
#define UNIHARNESS_QEMU_API 1
#endif

extern "C" {

struct qemu_plugin_tb;    // a translation block
struct qemu_plugin_insn;  // an instruction of one, valid while it is being translated

/// How QEMU was started. Only the beginning is declared; `minimum` and `current` are what it
/// supports of the interface.
struct qemu_info_t {
  const char* target_name;  // "i386", "x86_64"
  struct {
    int minimum, current;
  } version;
  bool system_emulation;
};

enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS = 0 };
enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 = 0 };
enum qemu_plugin_mem_rw { QEMU_PLUGIN_MEM_RW = 3 };

using qemu_plugin_id_t = std::uint64_t;
using qemu_plugin_meminfo_t = std::uint32_t;
using qemu_plugin_vcpu_simple_cb_t = void (*)(qemu_plugin_id_t id, unsigned vcpu);
using qemu_plugin_udata_cb_t = void (*)(qemu_plugin_id_t id, void* data);
using qemu_plugin_vcpu_udata_cb_t = void (*)(unsigned vcpu, void* data);
using qemu_plugin_vcpu_mem_cb_t = void (*)(unsigned vcpu, qemu_plugin_meminfo_t info,
                                           std::uint64_t address, void* data);
using qemu_plugin_vcpu_tb_trans_cb_t = void (*)(qemu_plugin_id_t id, qemu_plugin_tb* tb);

/// Each is called when QEMU reaches what its name says.
void qemu_plugin_register_vcpu_init_cb(qemu_plugin_id_t id, qemu_plugin_vcpu_simple_cb_t callback);
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
                                           qemu_plugin_vcpu_tb_trans_cb_t callback);
/// When the process ends by itself.
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, qemu_plugin_udata_cb_t callback,
                                    void* data);

/// Before each execution of the instruction, the callbacks in the order of their registration, then
/// the additions.
void qemu_plugin_register_vcpu_insn_exec_cb(qemu_plugin_insn* insn,
                                            qemu_plugin_vcpu_udata_cb_t callback,
                                            qemu_plugin_cb_flags flags, void* data);
#if UNIHARNESS_QEMU_API < 2
void qemu_plugin_register_vcpu_insn_exec_inline(qemu_plugin_insn* insn, qemu_plugin_op op,
                                                void* address, std::uint64_t immediate);
/// The same after each access of the instruction to memory.
void qemu_plugin_register_vcpu_mem_inline(qemu_plugin_insn* insn, qemu_plugin_mem_rw rw,
                                          qemu_plugin_op op, void* address,
                                          std::uint64_t immediate);
#endif
/// After each access of the instruction to memory. QEMU 7.2 does not tell the kinds apart by `rw`
/// (measured: callbacks for writes came for reads, and those for reads never came), so ask for both
/// and look.
void qemu_plugin_register_vcpu_mem_cb(qemu_plugin_insn* insn, qemu_plugin_vcpu_mem_cb_t callback,
                                      qemu_plugin_cb_flags flags, qemu_plugin_mem_rw rw,
                                      void* data);

bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t info);
/// Where an access has gone, valid during its callback; null where that is not known.
struct qemu_plugin_hwaddr;
qemu_plugin_hwaddr* qemu_plugin_get_hwaddr(qemu_plugin_meminfo_t info, std::uint64_t address);
bool qemu_plugin_hwaddr_is_io(const qemu_plugin_hwaddr* where);  // a device's memory

std::size_t qemu_plugin_tb_n_insns(const qemu_plugin_tb* tb);
qemu_plugin_insn* qemu_plugin_tb_get_insn(const qemu_plugin_tb* tb, std::size_t index);
#if UNIHARNESS_QEMU_API < 3
const void* qemu_plugin_insn_data(const qemu_plugin_insn* insn);
#else
std::size_t qemu_plugin_insn_data(const qemu_plugin_insn* insn, void* to, std::size_t size);
#endif
std::size_t qemu_plugin_insn_size(const qemu_plugin_insn* insn);
/// Linear address: segment bases are in it.
std::uint64_t qemu_plugin_insn_vaddr(const qemu_plugin_insn* insn);

// Not of the interface for plugins (accel/tcg/icount-common.c, earlier softmmu/icount.c), but
// exported by a QEMU that loads modules, as Debian's does: the instructions executed so far, and
// the guest's clock, which under shift=0 is these and the time it was halted. Null elsewhere. QEMU
// ends where they are called in the middle of a block.
__attribute__((weak)) std::int64_t icount_get_raw();
__attribute__((weak)) std::int64_t icount_get();

}  // extern "C"
