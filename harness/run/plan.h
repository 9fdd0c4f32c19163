// From a scenario and its built image to what one boot needs, and to the record of a run that has
// not happened yet. Pure but for reading the image.
#pragma once

#include <cstdint>
#include <string>

#include "build/image.h"
#include "machine/machine.h"
#include "model/record.h"
#include "model/scenario.h"

namespace harness {

/// `index` counts boots from 1. Every boot of a machine with a VGA adapter captures the screen;
/// the first takes the screenshot too.
Job make_job(const Scenario& scenario, const Image& image, std::uint64_t index);

/// What the files of an image show; the same for all runs of it.
struct ImageFacts {
  std::string sha256;  // of the file that is booted
  std::string compiler;
  Sizes sizes;
};
/// Throws Error naming a file that cannot be read.
ImageFacts read_facts(const Image& image);

/// A record with all that is known before the first boot: names, fingerprint, sizes. Throws Error
/// naming a file that cannot be read.
RunRecord make_record(const Scenario& scenario, const Image& image, const ImageFacts& facts);

/// What --dry-run prints: QEMU's command line, to paste.
std::string bare_command_line(const Scenario& scenario, const BuildOptions& options);

}  // namespace harness
