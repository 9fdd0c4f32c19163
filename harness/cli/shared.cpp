#include "cli/cli.h"

namespace harness::cli {

void add_scenario_file(CLI::App* command, std::string& scenario) {
  command->add_option("scenario", scenario, "scenario file (YAML)")->required();
}

void add_instance(CLI::App* command, std::vector<std::string>& patterns) {
  command->add_option("-k", patterns, "instance of the matrix")->allow_extra_args(false);
}

void refuse_together(const CLI::App* command, const char* option,
                     std::span<const char* const> others, const char* why) {
  if (command->get_option(option)->count() == 0) return;
  for (const char* other : others) {
    if (command->get_option(other)->count() == 0) continue;
    throw UsageError(std::string(other) + " does not go with " + option + ": " + why,
                     std::string("leave one of them out"));
  }
}

void add_build_options(CLI::App* command, BuildOptions& options) {
  command->add_flag_callback(
      "--no-build", [&options] { options.build = false; }, "do not build the image first");
  command->add_option(
      "--build-dir", options.build_dir,
      "CMake build tree (default: $UNIHARNESS_BUILD_DIR, or the one that contains this program)");
}

void add_clock_option(CLI::App* command, std::optional<ClockKind>& clock) {
  // Through the name, not CheckedTransformer, whose help and errors show the enumerators' values.
  command
      ->add_option_function<std::string>(
          "--clock",
          [&clock](const std::string& name) {
            clock = name == "host" ? ClockKind::host : ClockKind::counted;
          },
          "counted (exact) or host (real time)")
      ->check(CLI::IsMember({"counted", "host"}));
}

void add_run_basics(CLI::App* command, RunOptions& options) {
  add_build_options(command, options.build);
  command->add_option("--out", options.output.out, "report folder (default: reports/<scenario>)");
  command->add_option("--boots", options.boots, "number of boots")->check(CLI::Range(1, 1000));
  add_clock_option(command, options.clock);
  command->add_flag("--quiet,-q", options.output.quiet, "no progress");
}

}  // namespace harness::cli
