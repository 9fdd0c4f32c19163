// Verdicts: their names, their exit statuses, and how four witnesses make one.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "record/record.h"

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

/// How one boot ended, from its four witnesses: the end of the QEMU process, QMP's SHUTDOWN
/// reason, the debug-exit value, and the closing line. Where they disagree, that is the verdict
/// (invalid_data, naming the two). `reading` says what exit statuses mean for a guest that was not
/// written for us. Pure.
Verdict classify(const Trace& trace, const Events& events, const Reading& reading = {});

}  // namespace harness
