// Boots of an empty guest in the place of a scenario's image: what QEMU and the firmware take.
#pragma once

#include <filesystem>

#include "build/image.h"
#include "machine/machine.h"

namespace harness {

/// The empty guest that is entered as `image` is, as a file in `folder`. Throws UsageError for a
/// CD.
Image make_empty_image(const Image& image, const std::filesystem::path& folder);

/// One boot of it. Throws Error where it does not come to its end on this machine.
Trace boot_empty(Machine& machine, const Scenario& scenario, const Image& empty);

}  // namespace harness
