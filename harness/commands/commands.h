// The commands of uniharness, one file each. main.cpp turns the command line into these structs;
// a command does the work, prints, and returns the exit status. They throw Error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "build/image.h"
#include "scenario/scenario.h"

namespace harness {

/// What a command prints, and where reports go.
struct OutputOptions {
  std::filesystem::path out;  // report folder, or empty for reports/<scenario>
  bool json = false;          // the record on stdout, nothing else there
  bool quiet = false;         // no progress
};

struct RunOptions {
  std::string scenario;
  BuildOptions build;
  OutputOptions output;
  std::optional<std::uint64_t> boots;  // instead of the scenario's
  std::optional<ClockKind> clock;      // instead of the scenario's
  bool dry_run = false;                // print the QEMU command line and stop
  bool verbose = false;                // serial output as it comes, on stderr
};
ExitStatus run(const RunOptions& options);

struct ReplayOptions {
  std::filesystem::path trace;  // a report folder, or a serial log
  std::string scenario;         // empty: the one the record names
  OutputOptions output;         // with `out` empty, nothing is written
};
ExitStatus replay(const ReplayOptions& options);

struct BootOptions {
  std::string scenario;
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
