// What `uniharness profile` left in a report folder, as a part of report.html.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "page/markup.h"

namespace harness::profile {

/// The functions that cost most and the flame graph, from profile.json and profile.svg; nullopt
/// where there are none, where they are of another image than this one, and where they are not what
/// `uniharness profile` writes. Any bytes. `served`: profile.svg can be reached from the page.
std::optional<html::PageSection> saved_section(const std::filesystem::path& folder,
                                               const std::string& image_sha256, bool served);

}  // namespace harness::profile
