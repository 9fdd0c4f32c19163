#include <map>

#include "cli/cli.h"

namespace harness::cli {

void add_scenario_file(CLI::App* command, std::string& scenario) {
  command->add_option("scenario", scenario, "scenario file (YAML)")->required();
}

void add_instance(CLI::App* command, std::vector<std::string>& patterns) {
  command->add_option("-k", patterns, "which instance of a matrix")->allow_extra_args(false);
}

void add_build_options(CLI::App* command, BuildOptions& options) {
  command->add_flag("--no-build{false}", options.build, "take the image as it is");
  command->add_option("--build-dir", options.build_dir,
                      "CMake build tree (default: $UNIHARNESS_BUILD_DIR, or the one this program "
                      "lies in)");
}

void add_clock_option(CLI::App* command, std::optional<ClockKind>& clock) {
  command->add_option("--clock", clock, "counted (exact) or host (real time)")
      ->transform(CLI::CheckedTransformer(std::map<std::string, ClockKind>{
          {"counted", ClockKind::counted}, {"host", ClockKind::host}}));
}

void add_run_basics(CLI::App* command, RunOptions& options) {
  add_build_options(command, options.build);
  command->add_option("--out", options.output.out, "report folder (default: reports/<scenario>)");
  command->add_option("--boots", options.boots, "how often to boot")->check(CLI::Range(1, 1000));
  add_clock_option(command, options.clock);
  command->add_flag("--quiet,-q", options.output.quiet, "no progress");
}

}  // namespace harness::cli
