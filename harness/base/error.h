// Errors of ours. What the guest did is a value (Verdict); what the harness could not do is an
// exception, thrown where it is found and caught once, in main.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace harness {

/// The exit statuses of the command line. They are a contract: scripts branch on them.
enum class ExitStatus : int {
  pass = 0,
  failed = 1,         // the guest or a check failed
  usage = 2,          // command line or scenario file
  harness_error = 3,  // QEMU, build or disk
  regression = 4,
  invalid_data = 5,  // data missing, invalid or not comparable
  inconclusive = 6,
  interrupted = 130,
};

/// The harness itself could not do its job. `hint` is the user's next step, or empty.
struct Error : std::runtime_error {
  explicit Error(const std::string& what, std::string next_step = {},
                 ExitStatus exit_status = ExitStatus::harness_error)
      : std::runtime_error(what), hint(std::move(next_step)), status(exit_status) {}
  std::string hint;
  ExitStatus status;
};

/// A place in a file a user wrote: file:line:column, both counted from 1. line 0: the whole file.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  [[nodiscard]] std::string text() const {
    if (line == 0) return file;
    return file + ":" + std::to_string(line) + ":" + std::to_string(column);
  }
};

/// The scenario file, or the command line, says something we cannot accept.
struct UsageError : Error {
  UsageError(const Place& at, const std::string& what, std::string next_step = {})
      : Error(at.text() + ": " + what, std::move(next_step), ExitStatus::usage) {}
  explicit UsageError(const std::string& what, std::string next_step = {})
      : Error(what, std::move(next_step), ExitStatus::usage) {}
};

}  // namespace harness
