// The commands of uniharness, one file each. cli/ turns the command line into these structs;
// a command does the work, prints, and returns the exit status. They throw Error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "build/image.h"
#include "output/reported_run.h"

namespace harness {

ExitStatus run(const RunOptions& options);
/// The same for a scenario that is loaded already; options.scenario is not read.
ExitStatus run_loaded(Scenario scenario, const RunOptions& options);

/// A case that is not run here; in the summary of a suite it is a skip with its reason.
struct SkippedCase {
  std::string name, source, reason;
};

struct SuiteOptions {
  RunOptions run;                      // for each instance; `out` is the folder of all reports
  std::vector<std::string> scenarios;  // files, globs, folders
  std::vector<std::string> patterns;   // choose instances by name
  std::string shard;                   // "2/5", or empty
  std::filesystem::path quarantine;    // list of known failures, or empty
  unsigned jobs = 0;                   // instances at a time; 0: one a processor
  unsigned retries = 0;
  bool fail_fast = false;
  bool allow_flaky = false;
  bool list = false;  // print the names and stop
  std::vector<SkippedCase> skipped = {};
};
/// One plain scenario file, and nothing asked that only a suite has: run(). Everything else is a
/// suite, with a report of its own beside those of its instances.
ExitStatus run_suite(const SuiteOptions& options);

struct ReplayOptions {
  std::filesystem::path trace;  // a report folder, or a serial log
  std::string scenario;         // empty: the one the record names
  OutputOptions output;         // with `out` empty, nothing is written
};
ExitStatus replay(const ReplayOptions& options);

struct BootOptions {
  std::string scenario;
  std::vector<std::string> patterns;  // choose one instance of a matrix
  BuildOptions build;
  bool gdb = false;    // wait for a debugger on 127.0.0.1:1234
  bool debug = false;  // keep QEMU's CPU and interrupt log
};
ExitStatus boot(const BootOptions& options);

enum class ChecksFormat { text, markdown };
ExitStatus list_checks(ChecksFormat format);

/// `which`: "scenario" or "record".
ExitStatus print_schema(const std::string& which);

/// The words that a shell may complete: filled by main from the command line's own definition.
struct CommandWords {
  std::string name;
  std::vector<std::string> options;  // with their dashes
  std::string help;
};
/// `shell`: "bash", "zsh" or "fish".
ExitStatus print_completion(const std::string& shell, const std::vector<CommandWords>& commands);

}  // namespace harness
