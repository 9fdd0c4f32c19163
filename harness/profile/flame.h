// The flame graph of a saved profile as a part of report.html, which flame.js makes interactive.
// Pure.
#pragma once

#include "page/markup.h"
#include "profile/saved_numbers.h"

namespace harness::profile {

/// A frame for each of the largest contexts, under its caller's, as wide as what was executed in it
/// and below it; empty where the profile has no contexts. Names are untrusted.
html::Markup flame_markup(const SavedNumbers& saved);

}  // namespace harness::profile
