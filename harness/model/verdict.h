// Verdicts: their names and their exit statuses.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "model/record.h"

namespace harness {

struct VerdictRow {
  VerdictKind kind;
  std::string_view name;
  ExitStatus status;
  std::string_view meaning;  // one line for --help and reports
};
/// In the order of VerdictKind. The one place that maps kinds to names and exit statuses.
extern const VerdictRow kVerdictTable[];
extern const std::size_t kVerdictCount;

std::string_view verdict_name(VerdictKind kind);
/// The kind of that name, or nullopt.
std::optional<VerdictKind> verdict_of(std::string_view name);
ExitStatus exit_status(VerdictKind kind);

}  // namespace harness
