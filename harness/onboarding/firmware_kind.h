// Firmware: what a machine starts with before any kernel. BIOS and UEFI of a PC, UEFI of ARM
// machines, U-Boot.
#pragma once

#include "onboarding/image_kind.h"

namespace harness::onboarding {

/// `head` and `tail` are the first and the last bytes of the file, 16 of the tail at least where it
/// has so many. nullopt where it is no firmware that is known here.
std::optional<IdentifiedImage> identify_firmware(std::uint64_t size, std::string_view head,
                                                 std::string_view tail, const ReadAt& read);

}  // namespace harness::onboarding
