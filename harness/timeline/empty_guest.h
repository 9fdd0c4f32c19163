// The empty guest: one that does nothing but end. What it takes to boot is QEMU's and the
// firmware's share of every boot of that machine; the rest is the guest's own. Pure.
#pragma once

#include <string_view>

namespace harness::timeline {

/// How an image is entered; the empty guest is entered in the same way.
enum class Entry { boot_sector, multiboot, pvh };

/// The way that QEMU's -kernel takes for an ELF file: multiboot 1 where its header is in the first
/// 8 KiB (Multiboot Specification 0.6.96, 3.1), else PVH.
Entry entry_of_kernel(std::string_view file);

/// The bytes of the guest (empty_guest.asm): a raw disk of 64 KiB, or an ELF file for i386. It
/// writes the value for a pass to the debug-exit port as its first act, prints nothing, and spins.
std::string_view empty_guest(Entry entry);

}  // namespace harness::timeline
