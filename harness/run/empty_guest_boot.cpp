#include "run/empty_guest_boot.h"

#include <fmt/core.h>

#include <fstream>

#include "base/files.h"
#include "run/measured_boot.h"
#include "timeline/empty_guest.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

timeline::Entry entry_of(const Image& image) {
  if (!image.kernel.empty()) return timeline::entry_of_kernel(read_file(image.kernel.string()));
  if (image.cdrom.empty() && !image.disk.empty()) return timeline::Entry::boot_sector;
  throw UsageError("an empty guest cannot be made for a CD, only for disks and kernels");
}

}  // namespace

Image make_empty_image(const Image& image, const fs::path& folder) {
  const timeline::Entry entry = entry_of(image);
  Image empty;
  empty.firmware = image.firmware;
  fs::path& file = entry == timeline::Entry::boot_sector ? empty.disk : empty.kernel;
  file = folder / "empty";
  std::ofstream(file, std::ios::binary) << timeline::empty_guest(entry);
  return empty;
}

Trace boot_empty(Machine& machine, const Scenario& scenario, const Image& empty) {
  // What the scenario waits for does not come from an empty guest.
  Scenario plain = scenario;
  plain.steps.clear();
  plain.image.append.clear();
  Trace trace = run_measured(machine, plain, empty, 1);
  if (trace.exit_status != wire::process_status(wire::Exit::pass)) {
    throw Error("the empty guest does not end on this machine: QEMU ended with " +
                    (trace.exit_status ? fmt::format("status {}", *trace.exit_status)
                                       : std::string("a signal")),
                "it needs a PC's debug-exit port; try it with the machine `model: pc`");
  }
  return trace;
}

}  // namespace harness
