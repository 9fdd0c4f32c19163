// A suite: instances of scenarios that are run together, and what became of them. Plain data; the
// report/suite_* functions turn a SuiteResult into text.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/record.h"

namespace harness {

/// One scenario of a suite, or one combination of its matrix.
struct Instance {
  Scenario scenario;
  std::filesystem::path folder;  // its reports
  std::string quarantine = {};   // why its failure is known: "until 2026-12-31: reason", or empty
};

/// What became of an instance after all its attempts. `kOutcomeNames` are the names in reports.
enum class Outcome {
  passed,
  skipped,      // the guest said that it cannot run here
  failed,       // every attempt did
  flaky,        // failed, and passed when it was run again
  quarantined,  // failed, as the quarantine list says it may
  not_run,      // --fail-fast, a full disk, or Ctrl-C, came first
  lost,         // planned, and no result of it was found
};
inline constexpr const char* kOutcomeNames[] = {"passed",      "skipped", "failed", "flaky",
                                                "quarantined", "not_run", "lost"};
inline constexpr std::size_t kOutcomeCount = std::size(kOutcomeNames);
constexpr const char* outcome_name(Outcome outcome) {
  return kOutcomeNames[static_cast<std::size_t>(outcome)];
}

/// One test of the guest's own, over the boots of an attempt. Printable.
struct GuestTest {
  std::string name;
  wire::Status status = wire::Status::pass;
  std::string details = {};  // of a failure: where, and what was printed; bounded
};
/// More of an attempt are not kept; its own junit.xml has all.
inline constexpr std::size_t kMaxGuestTests = 500;

/// One run of an instance: all its boots, judged.
struct Attempt {
  Verdict verdict;
  std::string evidence = {};          // of a failure: checks that failed, last words; bounded
  std::vector<GuestTest> tests = {};  // of the first attempt
  bool reported = false;              // its reports are in its folder
  bool disk_full = false;             // it could not be told for want of room
  std::chrono::nanoseconds wall{0};   // all of it, reports included
  std::chrono::nanoseconds boots{0};  // from start to end of QEMU, summed
};

struct InstanceResult {
  std::string name, scenario_file;
  std::filesystem::path folder;
  Outcome outcome = Outcome::not_run;
  std::vector<Attempt> attempts = {};  // the second and later ones are retries
  std::string quarantine = {};         // as in Instance
  /// The attempt that decides: the first, after which there are others only if it failed.
  [[nodiscard]] const Verdict& verdict() const { return attempts.front().verdict; }
  [[nodiscard]] std::chrono::nanoseconds wall() const {
    std::chrono::nanoseconds sum{0};
    for (const Attempt& attempt : attempts) sum += attempt.wall;
    return sum;
  }
};

struct SuiteResult {
  std::string uniharness_version;
  std::string started_at;  // UTC, ISO 8601
  std::chrono::nanoseconds wall{0};
  unsigned jobs = 1;
  bool allow_flaky = false;
  std::vector<InstanceResult> instances = {};  // in the order of the command line
  std::vector<std::string> notes = {};         // of the quarantine list, the shard, ...
  ExitStatus status = ExitStatus::pass;
};

}  // namespace harness
