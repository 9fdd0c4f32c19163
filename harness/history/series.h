// From entries to series that may be joined: one scenario, one number, one environment. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "history/entry.h"
#include "stats/change_points.h"

namespace harness::history {

/// Which number of which scenario. A clock is part of it: instructions and cycles never mix.
struct SeriesKey {
  std::string scenario;
  Source source = Source::metric;
  std::string metric, unit;
  ClockKind clock = ClockKind::counted;
  friend auto operator<=>(const SeriesKey&, const SeriesKey&) = default;
};

struct Point {
  std::string identity, started_at, image_sha256;
  Revision revision;
  std::vector<Sample> samples;
  double value = 0;  // median over the boots
};

/// Points of one environment, in the order of time. Other environments are other segments: from
/// one to the next is a break, never a step.
struct Segment {
  Fingerprint environment;  // of its first point; image_sha256 is not part of an environment
  std::vector<Point> points;
  bool exact = false;  // counted, and no point's boots differ: each change is a step
  std::vector<stats::ChangePoint> change_points;
};

struct NumberSeries {
  SeriesKey key;
  std::vector<Segment> segments;  // in the order of their first points; never empty
  std::size_t left_out = 0;       // runs that had the number, but did not pass
};

/// Whether numbers of these two may be joined: equal in everything but the image, which is what is
/// being measured.
bool same_environment(const Fingerprint& a, const Fingerprint& b);

/// What differs between two environments, as text: "compiler: Clang 18 -> Clang 19".
std::vector<std::string> differences(const Fingerprint& a, const Fingerprint& b);

/// Whether the numbers of a run of that verdict are to be trusted: only where it passed, as in
/// every comparison. A failed run may have ended early or done other work.
bool is_measurement(VerdictKind verdict);

/// The last `last` points of each segment are kept (0: all), then steps are sought.
struct SeriesFilter {
  std::string scenario, metric;  // empty: any
  std::size_t last = 0;
};
/// `entries` in the order of time. Series are in the order of first appearance.
std::vector<NumberSeries> series_of(std::span<const Entry> entries, const SeriesFilter& filter,
                                    const stats::ChangePointRules& rules = {});

}  // namespace harness::history
