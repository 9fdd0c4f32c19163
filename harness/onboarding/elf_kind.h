// ELF files, as far as booting them needs it.
#pragma once

#include "onboarding/image_kind.h"

namespace harness::onboarding {

/// `head` is the beginning of a file that starts with the ELF magic.
IdentifiedImage identify_elf(std::string_view head, const ReadAt& read);

}  // namespace harness::onboarding
