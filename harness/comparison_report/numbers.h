// The numbers of a comparison, looked up by name. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "comparison_report/comparison.h"
#include "record/summary.h"

namespace harness::comparison_report {

/// A counted number of a record, the same in all boots; nullopt where no boot gives it. Throws
/// Error (invalid_data) where boots differ in it, or not all have it.
std::optional<std::uint64_t> counted(const RunRecord& record, NumberSource source,
                                     std::string_view name);

/// All samples of a number of a host series; empty where there is none.
std::vector<double> host_samples(const history::Entry& host, std::string_view name);
std::vector<double> host_samples(const Measured& side, std::string_view name);

/// "+25.0 %", "-3.2 %", "equal", or "" for a base of 0.
std::string change_text(std::uint64_t base, std::uint64_t value);

/// Median with its interval at 95 %: "27.41 [27.30, 27.55]", whole
/// numbers from 1,000 on; "" for no samples. `scale` multiplies.
std::string median_text(const std::vector<double>& samples, double scale);

}  // namespace harness::comparison_report
