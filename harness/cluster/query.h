// Asking a program that may be slow, fail, or never answer.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace harness {

/// `output` is stdout, `complaint` the first of stderr; each bounded.
struct QueryResult {
  std::optional<int> exit_status = {};  // none: a signal ended it, or it was not waited for longer
  std::string output = {}, complaint = {};
  bool cut = false;  // it said more than is kept
  [[nodiscard]] bool answered() const { return exit_status == 0 && !cut; }
  /// Why there is no answer, printable: "exit status 1: slurm_load_jobs error".
  [[nodiscard]] std::string failure() const;
};

/// Whether Ctrl-C ends the wait.
enum class OnInterrupt { stop, go_on };

/// Runs argv (argv[0] is looked up in PATH; no shell) with stdin empty, out of reach of the
/// terminal's Ctrl-C, and kills it after `limit`. Throws Error if it cannot be started.
QueryResult query(const std::vector<std::string>& argv, std::chrono::milliseconds limit,
                  OnInterrupt on_interrupt);

}  // namespace harness
