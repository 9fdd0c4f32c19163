// Host times of several images, interleaved boot by boot, with an empty guest beside each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "build/image.h"
#include "history/entry.h"
#include "run/plan.h"
#include "run/progress.h"

namespace harness {

struct HostSubject {
  Scenario scenario;
  Image image;
  ImageFacts facts;
};

/// One entry for each subject, with `boots` samples of every number of the guest, of
/// comparison_report::kWholeBoot and, on a PC, of kEmptyGuest. Each round boots every subject; who
/// begins changes from round to round. A first round is warm-up and not kept. Throws Error
/// (invalid_data) where a guest does not pass.
std::vector<history::Entry> measure_host_series(std::span<const HostSubject> subjects,
                                                std::uint64_t boots, Progress& progress);

}  // namespace harness
