// What one boot of an unknown image showed. Pure.
#pragma once

#include <string>

#include "model/record.h"
#include "model/scenario.h"
#include "onboarding/image_kind.h"

namespace harness::onboarding {

struct Probe {
  IdentifiedImage image;
  Scenario scenario;  // as it was booted: name, machine, image as it is to be written
  BootRecord boot;    // read without any OutputRules
};

/// What the user says beside the image. Files are as they shall stand in the scenario.
struct Wishes {
  std::uint64_t memory = 0;  // bytes; 0: what the image needs, or 128M
  std::string cpu;           // empty: the architecture's
  std::uint64_t smp = 1;
  std::vector<std::string> initrd;  // of a kernel
  std::vector<std::string> disks;   // beside the image
};

/// The machine and the image as they are probed and written. `file` is the path of the image as it
/// shall stand in the scenario.
Scenario scenario_to_probe(const IdentifiedImage& image, const std::string& name,
                           const std::string& file, const Wishes& wishes = {});

/// How the probe came to its end, as far as a scenario must know it.
enum class End { by_itself, crashed, reset, never };
End end_of(const BootRecord& boot);

/// Whether the two ended alike: by themselves with the same status, as the same kind of ending.
bool ended_alike(const BootRecord& one, const BootRecord& other);

/// Why more memory may help: the guest crashed, reset the machine, said words of a death, or said
/// nothing. Empty where nothing of that was seen, and where QEMU did not start.
std::string reason_for_more_memory(const BootRecord& boot);

/// How much a second probe gets: 512M, or four times as much as the first had.
std::uint64_t more_memory(std::uint64_t memory);

}  // namespace harness::onboarding
