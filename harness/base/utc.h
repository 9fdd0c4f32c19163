// Moments as files write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace harness {

/// Seconds since 1970 of "2026-01-02T03:04:05Z", as records say it, or with an offset ("+02:00") in
/// place of the Z; of "2026/01/02-03:04:05" as well, as old files of Google Benchmark do, which
/// name no zone and are taken for UTC. Nothing for any other text and for no date.
std::optional<std::int64_t> unix_seconds(const std::string& text);

}  // namespace harness
