// Files that have a form, and are no image: what people name in the place of one.
#pragma once

#include <optional>
#include <string_view>

#include "onboarding/image_kind.h"

namespace harness::onboarding {

/// What a file is that nothing else has recognised, by its first bytes; always with a refusal and a
/// next step. nullopt: its form is not known here either. Any bytes. Sources: the specifications of
/// PE/COFF, UF2, newc, POSIX tar and the flattened device tree; U-Boot's image.h, Linux'
/// drivers/firmware/efi/libstub (zboot) and its file systems' magic numbers.
std::optional<IdentifiedImage> identify_unbootable(std::string_view head);

}  // namespace harness::onboarding
