// profile, hotpaths: where a guest's instructions go.
#include "commands/profile.h"

#include <memory>

#include "cli/cli.h"

namespace harness::cli {
namespace {

constexpr char kProfileFooter[] =
    "\nOne boot under the counted clock, with a QEMU plugin that counts every instruction: the "
    "guest is not modified and prints the same bytes. self is a function's own instructions, "
    "total includes those of its callees, % is the share of what the guest's ELF file executed. "
    "The guest's own [PROFILE] lines are checked against the count: exit status 1 if they "
    "differ.\n\n"
    "  uniharness profile scenarios/session20.yaml\n"
    "  uniharness profile other.yaml --elf vmlinux --top 50 --tree\n"
    "  uniharness profile scenarios/session20.yaml --base reports/before";

/// What is profiled, and with which symbols.
template <class Options>
void add_subject(CLI::App* command, Options& options) {
  add_scenario_file(command, options.scenario);
  add_instance(command, options.patterns);
  add_build_options(command, options.build);
  command
      ->add_option("--elf", options.elf,
                   "file with the guest's symbols (default: the image's own); repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

}  // namespace

void add_profile(Cli& cli) {
  const auto options = std::make_shared<ProfileOptions>();
  CLI::App* command = cli.add("profile", "count the instructions of a boot exactly, by function");
  command->footer(kProfileFooter);
  add_subject(command, *options);
  whole_number(command->add_option("--top", options->text.rows, "functions in the table")
                   ->capture_default_str(),
               1, 100'000);
  command->add_flag("--tree", options->text.tree, "show the call tree");
  number_of(command
                ->add_option("--min", options->text.least_share,
                             "contexts below this share are left out of the tree")
                ->capture_default_str(),
            "PERCENT", 0, 100);
  whole_number(
      command->add_option("--lines", options->lines, "source lines to show, most expensive first"),
      0, 100'000);
  whole_number(command->add_option("--blocks", options->blocks,
                                   "blocks to show, instruction by instruction"),
               0, 100'000);
  command
      ->add_option("--base", options->base,
                   "an earlier profile, profile.json or its folder: shows what moved since, by "
                   "function, and paints it in profile-changes.svg")
      ->type_name("REPORT");
  command->add_option("--out", options->output.out, "report folder (default: reports/<scenario>)")
      ->type_name("FOLDER");
  command->add_flag("--json", options->output.json, "print the profile as JSON");
  command->add_flag("--quiet,-q", options->output.quiet, "no progress");
  cli.on(command, [options] { return profile_scenario(*options); });
}

void add_hotpaths(Cli& cli) {
  const auto options = std::make_shared<HotPathOptions>();
  CLI::App* command =
      cli.add("hotpaths",
              "list the functions with the most instructions per call, and where they spend them");
  command->footer(
      "\nOf a guest that compiles code for arguments that repeat and says what that gained "
      "(docs/ADAPTIVE.md), its word is held against the count: exit status 1 if they differ.\n\n"
      "  uniharness hotpaths scenarios/session20.yaml\n"
      "  uniharness hotpaths scenarios/bitcode-hot-paths.yaml");
  add_subject(command, *options);
  whole_number(command
                   ->add_option("--over", options->least,
                                "only functions with more instructions per call than this")
                   ->capture_default_str(),
               0, UINT64_MAX);
  command->add_flag("--json", options->output.json, "print them as JSON");
  command->add_flag("--quiet,-q", options->output.quiet, "no progress");
  cli.on(command, [options] { return hot_paths(*options); });
}

}  // namespace harness::cli
