// Building an image while the terminal follows.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "build/image.h"
#include "model/scenario.h"
#include "run/progress.h"

namespace harness {

/// Builds the image as the options ask, and reports progress.
Image build_with_progress(const Scenario& scenario, const BuildOptions& options,
                          Progress& progress);

/// Follows a build's output: its latest line is what happens now.
std::function<void(std::string_view)> build_output(Progress& progress, const std::string& what);

}  // namespace harness
