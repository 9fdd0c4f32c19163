#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include "base/text.h"
#include "cli/cli.h"
#include "model/architecture_synonym.h"

namespace harness::cli {
namespace {

/// All of `text` as a number.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Without a description, which CLI11 would put into the help.
CLI::Option* check(CLI::Option* option, std::function<bool(const std::string&)> accepts,
                   std::string wanted) {
  return option->check(CLI::Validator(
      [accepts = std::move(accepts), wanted = std::move(wanted)](std::string& text) {
        return accepts(text) ? std::string() : fmt::format("'{}' is not {}", text, wanted);
      },
      ""));
}

}  // namespace

CLI::Option* choice(CLI::Option* option, const std::string& kind,
                    const std::vector<std::string>& values) {
  const std::string all = fmt::format("{}", fmt::join(values, "|"));
  return option->type_name(kind)->check(CLI::Validator(
      [values](std::string& text) -> std::string {
        if (std::ranges::find(values, text) != values.end()) return {};
        const std::vector<std::string_view> known(values.begin(), values.end());
        const std::string_view same = architecture_synonym(text);
        const bool is_one = std::ranges::find(values, same) != values.end();
        const std::string guess = is_one ? std::string(same) : nearest(text, known);
        return fmt::format("'{}' is none of {}{}", text, fmt::join(values, ", "),
                           guess.empty() ? "" : fmt::format(": did you mean '{}'?", guess));
      },
      all));
}

CLI::Option* whole_number(CLI::Option* option, std::uint64_t low, std::uint64_t high) {
  return check(
      option->type_name("N"),
      [low, high](const std::string& text) {
        const auto value = number_in<std::uint64_t>(text);
        return value && *value >= low && *value <= high;
      },
      fmt::format("a whole number from {} to {}", grouped(low), grouped(high)));
}

CLI::Option* number_of(CLI::Option* option, const char* kind, double low, double high) {
  return check(
      option->type_name(kind),
      [low, high](const std::string& text) {
        const auto value = number_in<double>(text);
        return value && std::isfinite(*value) && *value >= low && *value <= high;
      },
      fmt::format("a number from {} to {}", low, high));
}

CLI::Option* number_above_zero(CLI::Option* option, const char* kind) {
  return check(
      option->type_name(kind),
      [](const std::string& text) {
        const auto value = number_in<double>(text);
        return value && std::isfinite(*value) && *value > 0;
      },
      "a number above 0");
}

void add_scenario_file(CLI::App* command, std::string& scenario) {
  command->add_option("scenario", scenario, "scenario file (YAML)")
      ->type_name("SCENARIO")
      ->required();
}

void add_instance(CLI::App* command, std::vector<std::string>& patterns) {
  command->add_option("-k", patterns, "instance of the matrix")
      ->type_name("INSTANCE")
      ->allow_extra_args(false);
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
  command
      ->add_option("--build-dir", options.build_dir,
                   "CMake build tree (default: $UNIHARNESS_BUILD_DIR, or the one that contains "
                   "this program)")
      ->type_name("FOLDER");
}

void add_record_option(CLI::App* command, RunOptions& options) {
  command->add_flag("--record", options.record, "add the run to the history");
}

void add_hostname_option(CLI::App* command, RunOptions& options) {
  command->add_flag("--no-hostname", options.hide_hostname,
                    "do not name this machine in the record");
}

void add_clock_option(CLI::App* command, std::optional<ClockKind>& clock) {
  choice(command->add_option_function<std::string>(
             "--clock",
             [&clock](const std::string& name) {
               clock = name == "host" ? ClockKind::host : ClockKind::counted;
             },
             "by which clock guests run: exact counts of instructions, or real time"),
         "NAME", {"counted", "host"});
}

void add_retry_options(CLI::App* command, SuiteOptions& suite) {
  whole_number(
      command->add_option("--retry", suite.retries, "run a failing instance again, up to N times"),
      0, 100);
  command->add_flag("--allow-flaky", suite.allow_flaky,
                    "an instance that passes only on a retry does not fail the suite");
}

void add_run_basics(CLI::App* command, RunOptions& options) {
  add_build_options(command, options.build);
  command->add_option("--out", options.output.out, "report folder (default: reports/<scenario>)")
      ->type_name("FOLDER");
  whole_number(command->add_option("--boots", options.boots, "number of boots"), 1, 1000);
  add_clock_option(command, options.clock);
  add_hostname_option(command, options);
  command->add_flag("--quiet,-q", options.output.quiet, "print the verdict alone, and no progress");
}

}  // namespace harness::cli
