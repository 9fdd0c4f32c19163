// What a command that compares takes from its command line, and how it delivers its findings.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "compare/compare.h"
#include "page/markdown_text.h"

namespace harness {

/// How findings of comparisons are given out, and what is waived.
struct ComparisonOptions {
  bool json = false;                    // on stdout, nothing else there
  std::filesystem::path markdown;       // also to this file, unless empty
  std::vector<std::string> tolerances;  // "NAME=2%", or "2%" for all others
  std::size_t markdown_bytes = kMarkdownBytes;
  bool allow_missing = false, allow_new = false, ignore_fingerprint = false;
  // Against several runs; neither: as the command has it.
  bool one_run_decides = false, several_runs_decide = false;
  std::vector<std::string> ignore;   // conditions by name
  std::vector<std::string> gate_on;  // "cpu_time", "FooRate=higher"
};

/// Throws UsageError for a tolerance, or a direction, that is none.
Rules rules_of(const ComparisonOptions& options);
/// Prints and writes as the options ask; returns the status of the whole.
/// `alone`: for people the verdict alone.
ExitStatus deliver(const std::vector<Comparison>& all, const ComparisonOptions& options,
                   bool alone = false);

}  // namespace harness
