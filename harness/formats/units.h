// Units as people print them, and how those of one kind are converted. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace harness {

/// num / den: what a number of one unit is multiplied by to be one of another.
struct Factor {
  std::uint64_t num = 1, den = 1;
};

/// From one unit of time (ps, ns, us, ms, s, min, h, d), size (B, bytes, KB, MB, GB, TB, KiB, MiB,
/// GiB, TiB), bits (bit, kbit, Mbit, Gbit), frequency (Hz, kHz, MHz, GHz), or of one of these per
/// unit of time ("MB/s"), to another of the same kind, in any spelling that canonical_unit() knows;
/// nullopt for all others, but for two that are the same. KB is 1000 bytes.
std::optional<Factor> factor_between(std::string_view from, std::string_view to);

/// Whether there is another unit that it can be converted from.
bool is_convertible(std::string_view unit);

/// The one name of a unit that has several: "us" for "usec", "microseconds" and "µs", "KB/s" for
/// "kB/sec". What is not known stays as it is.
std::string canonical_unit(std::string_view printed);

/// Whether it is a unit of time, also of one of something: "ns", "us/op", "ns a word".
bool is_time_unit(std::string_view unit);

/// Which way is better can be told of these; `other`: it cannot.
enum class UnitSense { cost, rate, other };
/// Time, size, instructions, cycles and calls are a cost, also of one of something ("ns/op", "B per
/// call"); anything per unit of time is a rate ("MB/s", "fps").
UnitSense sense_of_unit(std::string_view unit);

}  // namespace harness
