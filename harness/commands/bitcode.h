#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "programs/program_file.h"

namespace harness {

/// Prints the IR of a file, of one function where `function` is not empty. Throws Error
/// (invalid_data) for a file that is not read.
ExitStatus dump_bitcode(const std::filesystem::path& file, const std::string& function);

/// A line for each file: sound, or what is wrong or not supported, and where. invalid_data where
/// one is not sound.
ExitStatus verify_bitcode(const std::vector<std::filesystem::path>& files);

struct RunBitcodeOptions {
  std::filesystem::path file;
  ProgramOptions program;
  bool json = false;  // result as JSON on stdout, the program's output within
};
/// Runs it as guests do. The program's output goes to stdout; how it ended, where it did not end by
/// itself, to stderr. `status` gets its exit status, 0 to 255. pass where it came to its own end,
/// failed where it did not, invalid_data where it was refused.
ExitStatus run_bitcode(const RunBitcodeOptions& options, int& status);

struct CompileBitcodeOptions {
  std::filesystem::path file;
  std::string function;          // this one alone; or empty
  bool dump = false;             // IR, places of values and machine code, too
  bool json = false;             // the table as JSON
  bool selfhost = false;         // as the guest `selfhost` does; none of the above
  std::filesystem::path sha256;  // with `selfhost`: a file for the digest, for the guest; or empty
};
/// Compiles all functions to machine code for guests and says what came of each; nothing is run.
/// invalid_data where one was refused; throws Error (invalid_data) where all are.
ExitStatus compile_bitcode(const CompileBitcodeOptions& options);

struct PackOptions {
  std::vector<std::filesystem::path> files;
  std::filesystem::path
      list;  // lines "PATH[<tab>ARGUMENT]", relative to the list's folder; or empty
  std::filesystem::path out;
  std::int32_t argument = 1;       // of those without their own
  std::filesystem::path scenario;  // that boots the bundle; or empty
  bool may_refuse = false;
  bool same_answers = false;
};
/// Writes a bundle for the guest `bitcode`. Each program is named as its file is, without .bc.
/// `scenario`: each is run here too, and the guest must end with the same status after the same
/// number of instructions, interpreted and compiled. failed, and nothing written, where one does
/// not come to its end here.
ExitStatus pack_bitcode(const PackOptions& options);

}  // namespace harness
