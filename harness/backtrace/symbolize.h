// Where a guest crashed, hung or reset the machine, in functions and lines of its source: its
// words, or QEMU's, and the ELF file of its image together.
#pragma once

#include <filesystem>
#include <optional>

#include "model/record.h"

namespace harness {

/// What boot.trace.serial and boot.events say of a crash, or, where they tell no address,
/// boot.crash_site of where the guest was when it was ended: named by the symbols and line
/// tables of the ELF file `symbols`, for any machine; nullopt where neither tells. Of a file that
/// cannot be read or has no symbols nothing is used, and CrashSite::symbols is empty: then only a
/// [PANIC] line of ours and QEMU give addresses. Addresses are taken as the file says (no
/// relocation). An inlined function is named with the one that it is in: "halt in run". Paths of
/// sources are counted from the folder of their build; those below the working directory are
/// relative to it, and those of a kernel_lib that was built on another machine begin with its name.
/// Does not throw.
std::optional<CrashSite> crash_site_of(const BootRecord& boot,
                                       const std::filesystem::path& symbols);

}  // namespace harness
