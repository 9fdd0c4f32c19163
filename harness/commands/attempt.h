// All boots of one run: what `run` does for one scenario, and a suite for each of its instances.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "build/image.h"
#include "commands/commands.h"
#include "commands/plan.h"
#include "commands/progress.h"
#include "machine/machine.h"
#include "record/record.h"

namespace harness {

/// Boots the image as often as the scenario says; a boot that was cut off, or that QEMU could not
/// begin, is the last. The record is not judged yet. `verbose` shows serial output through
/// `progress`. While it goes on, `folder`, where the reports will be, tells so (live/status.h).
/// Throws Error: interrupted, or where QEMU cannot be started.
RunRecord boot_all(const Scenario& scenario, const Image& image, const ImageFacts& facts,
                   const std::filesystem::path& folder, bool verbose, Progress& progress);

class LiveReporter;

/// One boot, its output folded as it comes; not judged. `index` counts from 1. `live` is told what
/// the guest says, where there is one.
BootRecord boot_once(Machine& machine, const Job& job, std::uint64_t index,
                     const Scenario& scenario, bool verbose, Progress& progress,
                     LiveReporter* live = nullptr);

/// Builds the image as the options want it, and says how that goes.
Image build_with_progress(const Scenario& scenario, const BuildOptions& options,
                          Progress& progress);

/// --clock and --boots, in place of the scenario's. Throws UsageError for what it cannot do.
void apply_overrides(const RunOptions& options, Scenario& scenario);

/// What --dry-run prints: QEMU's command line, to paste.
std::string bare_command_line(const Scenario& scenario, const BuildOptions& options);

/// Follows a build's output: its latest line is what happens now.
std::function<void(std::string_view)> build_output(Progress& progress, const std::string& what);

}  // namespace harness
