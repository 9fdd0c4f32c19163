#include "suite/outcome.h"

#include <algorithm>

#include "model/verdict.h"

namespace harness {

bool is_failure(const Attempt& attempt) {
  return exit_status(attempt.verdict.kind) != ExitStatus::pass;
}

Outcome settle(std::span<const Attempt> attempts, bool quarantined) {
  if (attempts.empty() || attempts.back().verdict.kind == VerdictKind::interrupted) {
    return Outcome::not_run;
  }
  if (!is_failure(attempts.front())) {
    const bool skipped = attempts.front().verdict.kind == VerdictKind::skip;
    return skipped ? Outcome::skipped : Outcome::passed;
  }
  const bool ours = std::ranges::any_of(attempts, [](const Attempt& attempt) {
    return attempt.verdict.kind == VerdictKind::harness_error;
  });
  if (quarantined && !ours) return Outcome::quarantined;
  return is_failure(attempts.back()) ? Outcome::failed : Outcome::flaky;
}

ExitStatus status_of(const InstanceResult& result, bool allow_flaky) {
  switch (result.outcome) {
    case Outcome::failed:
      return exit_status(result.verdict().kind);
    case Outcome::lost:
      return ExitStatus::harness_error;
    case Outcome::flaky:
      return allow_flaky ? ExitStatus::pass : ExitStatus::failed;
    case Outcome::passed:
    case Outcome::skipped:
    case Outcome::quarantined:
    case Outcome::not_run:  // the failure, or the signal, that came first has a status of its own
      break;
  }
  return ExitStatus::pass;
}

ExitStatus status_of(std::span<const InstanceResult> results, bool allow_flaky) {
  const auto rank = [](ExitStatus status) { return std::ranges::find(kSeriousness, status); };
  ExitStatus worst = ExitStatus::pass;
  for (const InstanceResult& result : results) {
    const ExitStatus status = status_of(result, allow_flaky);
    if (rank(status) < rank(worst)) worst = status;
  }
  return worst;
}

std::array<std::size_t, kOutcomeCount> count_outcomes(std::span<const InstanceResult> results) {
  std::array<std::size_t, kOutcomeCount> counts{};
  for (const InstanceResult& result : results) ++counts[static_cast<std::size_t>(result.outcome)];
  return counts;
}

}  // namespace harness
