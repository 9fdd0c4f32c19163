// A suite whose plan is made and whose images are there: its boots, and the telling of them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "session/suite_build.h"
#include "session/suite_options.h"
#include "suite/suite.h"
#include "suite_plan/suite_plan.h"

namespace harness {

/// Images are known by the addresses of the instances: these stay where they are.
struct ReadySuite {
  PlanFile file;
  std::vector<Instance> instances = {};  // that are to be run
  PreparedImages images = {};
  /// Of a suite that is gone on with: what had run, and nullopt for each of `instances`, in order.
  std::vector<std::optional<InstanceResult>> kept = {};
  std::vector<std::string> notes = {};
};

/// Boots, and delivers the result. Throws Error: interrupted, or what deliver_suite() throws.
ExitStatus run_ready(ReadySuite ready, const SuiteOptions& options);

/// junit.xml, summary.json and summary.md into `root`, and the result on stdout, which is printed
/// even where the files cannot be written. Throws Error then.
void deliver_suite(const SuiteResult& suite, const OutputOptions& options,
                   const std::filesystem::path& root);

/// QEMU's command lines, to paste (--dry-run).
void print_commands(const std::vector<Instance>& instances, const BuildOptions& options);

}  // namespace harness
