// A timeline as text and as JSON. Pure.
#pragma once

#include <string>

#include "timeline/timeline.h"

namespace harness::timeline {

/// What a timeline is printed with.
struct TimelineSubject {
  std::string scenario, machine, accel, qemu_version;
};
/// A table for a terminal or a log.
std::string render_text(const Timeline& timeline, const TimelineSubject& subject);
/// Every sample is there.
std::string render_json(const Timeline& timeline, const TimelineSubject& subject);

}  // namespace harness::timeline
