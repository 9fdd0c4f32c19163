// The history as JSON: lines that other programs and other histories read, and what `--json`
// prints. json.cpp is the only file here that knows the JSON library.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "history/calibration.h"
#include "history/entry.h"
#include "history/series.h"

namespace harness::history {

inline constexpr int kLineSchema = 1;

/// One entry as one line of JSON, ending in a newline.
std::string to_line(const Entry& entry);

/// The inverse, for a whole file of lines. `name` is the file's name for messages. Every key but
/// waits_for_disk is required, none other is accepted, none may come twice. Throws Error
/// (invalid_data) naming line and key; then nothing of the file should be used. Empty lines are
/// skipped.
std::vector<Entry> entries_from_lines(std::string_view text, const std::string& name);

/// Counts of what a history holds, for listings.
struct Holding {
  SeriesKey key;
  std::size_t runs = 0, samples = 0;
};
std::string to_json(std::span<const Holding> holdings);
std::string to_json(std::span<const NumberSeries> series);
std::string to_json(const Calibration& calibration);

}  // namespace harness::history
