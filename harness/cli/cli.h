// The command line: words become option structs of commands/. One file a family of commands; each
// has a row in main.cpp.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "build/image.h"
#include "session/reported_run.h"
#include "session/suite_options.h"

namespace harness::cli {

/// The command line and what its commands do. A function that adds a command keeps the options in a
/// shared pointer: CLI11 fills them, the job reads them.
struct Cli {
  CLI::App& app;
  std::vector<std::pair<CLI::App*, std::function<ExitStatus()>>> jobs = {};
  const char* group = "";  // under whose heading --help lists what is added; "": not at all

  CLI::App* add(const char* name, const char* description) {
    return app.add_subcommand(name, description)->group(group);
  }
  void on(CLI::App* command, std::function<ExitStatus()> job) {
    jobs.emplace_back(command, std::move(job));
  }
};

void add_run(Cli& cli);
void add_plan(Cli& cli);
void add_merge(Cli& cli);
void add_replay(Cli& cli);
void add_boot(Cli& cli);
void add_compare(Cli& cli);
void add_gate(Cli& cli);
void add_baseline(Cli& cli);
void add_ab(Cli& cli);
void add_timeline(Cli& cli);
void add_doctor(Cli& cli);
void add_history(Cli& cli);
void add_calibrate(Cli& cli);
void add_profile(Cli& cli);
void add_hotpaths(Cli& cli);
void add_report(Cli& cli);
void add_view(Cli& cli);
void add_init(Cli& cli);
void add_import(Cli& cli);
void add_bitcode(Cli& cli);
void add_lists(Cli& cli);
void add_about(Cli& cli);
void add_man(Cli& cli);

// Values of options. Each says by its type_name which row of value_kinds() it is
// (command_line/words.h); these check them, too, and say in a mistake what is wanted.
/// One of few words.
CLI::Option* choice(CLI::Option* option, const std::string& kind,
                    const std::vector<std::string>& values);
CLI::Option* whole_number(CLI::Option* option, std::uint64_t low, std::uint64_t high);
CLI::Option* number_of(CLI::Option* option, const char* kind, double low, double high);
CLI::Option* number_above_zero(CLI::Option* option, const char* kind);

// Options that several commands have.
inline constexpr char kDatabase[] =
    "database of the history (default: $UNIHARNESS_HISTORY, else reports/history.db)";
void add_scenario_file(CLI::App* command, std::string& scenario);
/// -k of a command that takes one instance of a matrix.
void add_instance(CLI::App* command, std::vector<std::string>& patterns);
/// Throws UsageError where `option` is given and one of `others`, too; `why` ends the sentence.
void refuse_together(const CLI::App* command, const char* option,
                     std::span<const char* const> others, const char* why);
void add_build_options(CLI::App* command, BuildOptions& options);
void add_clock_option(CLI::App* command, std::optional<ClockKind>& clock);
/// --no-hostname.
void add_hostname_option(CLI::App* command, RunOptions& options);
void add_record_option(CLI::App* command, RunOptions& options);
/// --retry and --allow-flaky of a suite.
void add_retry_options(CLI::App* command, SuiteOptions& suite);
/// Build options, --out, --boots, --clock and --quiet of a command that runs one scenario.
void add_run_basics(CLI::App* command, RunOptions& options);

}  // namespace harness::cli
