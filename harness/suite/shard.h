// Splitting a suite over several machines.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

/// `--shard 2/5`: the second of five parts.
struct Shard {
  std::size_t index = 1;  // counted from 1
  std::size_t count = 1;
};
/// "2/5"; nullopt for anything else, and for an index that is 0 or over the count.
std::optional<Shard> parse_shard(std::string_view text);

using KnownDuration = std::optional<std::chrono::nanoseconds>;

/// How long the boots of the run took whose reports are in `folder`; nullopt where there is none,
/// or one that cannot be read.
KnownDuration last_duration(const std::filesystem::path& folder);

/// Each duration, or where it is not known the median of those that are.
std::vector<std::chrono::nanoseconds> estimates(const std::vector<KnownDuration>& known);

/// Which part (counted from 1) each instance belongs to: the longest first, each to the part with
/// the least to do. Equal durations go by name, and equal names by position, so that every machine
/// that is given the same instances and durations computes the same parts. Pure.
std::vector<std::size_t> assign_shards(const std::vector<std::string>& names,
                                       const std::vector<std::chrono::nanoseconds>& durations,
                                       std::size_t count);

/// Positions, the longest first; equal ones as they stand.
std::vector<std::size_t> longest_first(const std::vector<std::chrono::nanoseconds>& durations);

}  // namespace harness
