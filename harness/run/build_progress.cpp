#include "run/build_progress.h"

#include <fmt/core.h>

#include <chrono>

#include "base/shell.h"
#include "base/time.h"

namespace harness {

Image build_with_progress(const Scenario& scenario, const BuildOptions& options,
                          Progress& progress) {
  const auto start = std::chrono::steady_clock::now();
  // A command of the scenario's is shown as it is run: it is the only text of it that is.
  const std::string what =
      scenario.image.target.empty() ? shell_quoted(scenario.image.build) : scenario.image.target;
  progress.now("build " + what);
  const Image image = build_image(scenario, options, build_output(progress, what));
  if (!build_command(scenario, options).empty() && options.build) {
    progress.done(fmt::format("build {}: done in {:.0f} ms", what,
                              in_milliseconds(std::chrono::steady_clock::now() - start)));
  }
  return image;
}

std::function<void(std::string_view)> build_output(Progress& progress, const std::string& what) {
  return [&progress, what](std::string_view output) {
    const std::size_t end = output.find_last_not_of('\n');
    const std::size_t begin = output.find_last_of('\n', end);
    if (end == output.npos) return;
    progress.now("build " + what + ": " + std::string(output.substr(begin + 1, end - begin)));
  };
}

}  // namespace harness
