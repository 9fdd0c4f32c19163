// From attempts to the outcome of an instance, and from outcomes to the exit status of a suite.
// Pure.
#pragma once

#include <array>
#include <span>

#include "suite/suite.h"

namespace harness {

/// Whether an attempt counts as a failure, and is worth another one.
bool is_failure(const Attempt& attempt);

/// The outcome of an instance. Attempts end with the first that is no failure. A quarantine covers
/// what the guest did (exit statuses 1 and 5), not what the harness could not do.
Outcome settle(std::span<const Attempt> attempts, bool quarantined);

/// The exit status that this instance asks for.
ExitStatus status_of(const InstanceResult& result, bool allow_flaky);

/// Exit statuses, the most serious first: what stopped the run, what makes its answer worthless,
/// what went wrong, what is merely not known.
inline constexpr ExitStatus kSeriousness[] = {ExitStatus::interrupted,  ExitStatus::harness_error,
                                              ExitStatus::usage,        ExitStatus::invalid_data,
                                              ExitStatus::failed,       ExitStatus::regression,
                                              ExitStatus::inconclusive, ExitStatus::pass};

/// The most serious status of all instances; pass for none.
ExitStatus status_of(std::span<const InstanceResult> results, bool allow_flaky);

/// How many instances ended in each way, by Outcome.
std::array<std::size_t, kOutcomeCount> count_outcomes(std::span<const InstanceResult> results);

}  // namespace harness
