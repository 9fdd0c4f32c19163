// The quarantine list: instances that may fail for now, each with a reason and a last day.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "suite/suite.h"

namespace harness {

struct QuarantineEntry {
  std::string pattern;  // as for -k
  std::string reason;
  std::string until;  // the last day, "2026-12-31", in UTC
  Place at;
};

/// Parses a list of {name: PATTERN, reason: TEXT, until: DATE}. Throws UsageError with all
/// mistakes; an entry without a reason or a date is one. Pure.
std::vector<QuarantineEntry> parse_quarantine(std::string_view text, const std::string& file);
/// Reads and parses a file. Throws UsageError where it cannot be read.
std::vector<QuarantineEntry> load_quarantine(const std::filesystem::path& file);

/// Marks the instances that an entry names, and returns messages: an entry past its day has no
/// effect; where the suite is `whole`, one that names no instance is reported, too. `today`:
/// "2026-11-24".
std::vector<std::string> apply_quarantine(const std::vector<QuarantineEntry>& entries,
                                          std::string_view today, bool whole,
                                          std::vector<Instance>& instances);

}  // namespace harness
