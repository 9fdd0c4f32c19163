// QEMU's fw_cfg device: named files that QEMU's command line hands to the guest.
//
// Source: QEMU docs/specs/fw_cfg.txt.
#pragma once

namespace x86 {

/// Whether fw_cfg is there and holds a file of this name.
bool has_fw_cfg_file(const char* name);

}  // namespace x86
