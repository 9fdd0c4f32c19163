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
#include "session/reported_run.h"
#include "session/suite_run.h"

namespace harness {

ExitStatus run(const RunOptions& options);

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
