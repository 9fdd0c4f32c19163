// A JUnit file of a real run against the rules, and against a schema where the environment has one:
// UNIHARNESS_JUNIT_XSD names it (junit-10.xsd of Jenkins' xUnit plugin, say), xmllint reads it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/files.h"
#include "process/command.h"
#include "report/junit_rules_testing.h"

namespace harness {

/// What is wrong with the file, or "".
inline std::string junit_file_fault(const std::filesystem::path& file) {
  if (std::string fault = junit_fault(read_file(file)); !fault.empty()) return fault;
  const char* schema = std::getenv("UNIHARNESS_JUNIT_XSD");
  if (schema == nullptr || *schema == '\0') return "";
  const CommandResult result =
      run_command({"xmllint", "--noout", "--schema", schema, file.string()}, "/");
  return result.exit_status == 0 ? "" : "xmllint: " + result.output_tail;
}

}  // namespace harness
