// Where a guest crashed, in functions and lines of its source: its words and the ELF file of its
// image together.
#pragma once

#include <filesystem>
#include <optional>

#include "model/record.h"

namespace harness {

/// What boot.trace.serial and boot.events say of a crash, named by the symbols and line tables of
/// the ELF file `symbols`, for any machine; nullopt where the boot did not crash or said no
/// addresses. Of a file that cannot be read or has no symbols nothing is used, and
/// CrashSite::symbols is empty: then only a [PANIC] line of ours gives addresses. Addresses are
/// taken as the file says (no relocation). Paths of sources below the working directory are
/// relative to it. Does not throw.
std::optional<CrashSite> crash_site_of(const BootRecord& boot,
                                       const std::filesystem::path& symbols);

}  // namespace harness
