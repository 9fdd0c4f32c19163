#include "scenario/fields.h"

#include <algorithm>

#include "formats/formats.h"
#include "model/param.h"
#include "scenario/field_sections.h"

namespace harness {
namespace {

using field_sections::duration;
using field_sections::kTimeLimits;
using field_sections::number;
using field_sections::text;
using field_sections::texts;
using Type = ParamType;

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const Format& one : formats()) names.push_back(one.name);
  return names;
}

FieldSection top_level() {
  return {
      .help = "What the scenario is, and by which clock it measures.",
      .required = true,
      .fields = {
          {.spec = {.name = "name",
                    .type = Type::identifier,
                    .required = true,
                    .help = "Name of the scenario, and of its folder under reports/."},
           .set = [](Scenario& s, const ParamValue& v) { s.name = text(v); }},
          {.spec = {.name = "about",
                    .type = Type::prose,
                    .help = "What it is for; shown in reports."},
           .set =
               [](Scenario& s, const ParamValue& v) {
                 s.about = text(v);
                 s.about.erase(s.about.find_last_not_of(" \n") + 1);
               }},
          {.spec = {.name = "clock",
                    .type = Type::choice,
                    .help = "What the guest's cycle counter shows. counted: one tick is one guest "
                            "instruction, exact and repeatable, for gates. host: real time, noisy, "
                            "for claims about speed. Numbers of the two never compare.",
                    .choices = {"counted", "host"}},
           .default_text = "counted",
           .set =
               [](Scenario& s, const ParamValue& v) {
                 s.clock = text(v) == "host" ? ClockKind::host : ClockKind::counted;
               }},
          {.spec =
               {.name = "boots",
                .type = Type::count,
                .help =
                    "How often the image is booted. Under the counted clock the second boot "
                    "proves the first: their output must be identical. Under the host clock the "
                    "first of three or more is warm-up: shown, and in no number.",
                .within = {1, 1000}},
           .default_note = "2; with `clock: host` 6",
           .set = [](Scenario& s, const ParamValue& v) { s.boots = number(v); }},
          {.spec = {.name = "formats",
                    .type = Type::one_or_more,
                    .help = "How a guest that does not speak our protocol prints its results; they "
                            "become tests of the record. Several can be mixed in one output.",
                    .choices = format_names()},
           .set = [](Scenario& s, const ParamValue& v) { s.formats = texts(v); }},
      }};
}

template <ExitMeaning meaning>
Field exit_field(std::string_view name, std::string_view help) {
  return {.spec = {.name = name, .type = Type::counts, .help = help, .within = {0, 255}},
          .set = [](Scenario& s, const ParamValue& v) {
            for (const std::uint64_t status : std::get<std::vector<std::uint64_t>>(v)) {
              s.exits.push_back({status, meaning});
            }
          }};
}

FieldSection exit() {
  return {
      .name = "exit",
      .help =
          "What the exit statuses of QEMU mean, for a guest that was not written for "
          "uniharness. A value V at the debug-exit port makes 2 V + 1; a power-off makes 0 (a "
          "reset never does: it is a verdict of its own, but for `reboot`); semihosting and the "
          "test finisher of riscv64 make the value itself. A status that is not listed is "
          "exit_unsignalled.",
      .fields = {exit_field<ExitMeaning::pass>("pass", "The guest ended well."),
                 exit_field<ExitMeaning::fail>("fail", "It failed."),
                 exit_field<ExitMeaning::skip>("skip", "It cannot run here."),
                 exit_field<ExitMeaning::panic>("panic", "It crashed."),
                 {.spec = {.name = "reboot",
                           .type = Type::choice,
                           .help = "What a reset means that comes when all results of `formats` "
                                   "or `tests` have come, such as that of kunit_shutdown=reboot. "
                                   "Before that it is the verdict reset, for a triple fault "
                                   "looks the same.",
                           .choices = {"pass", "fail", "skip"}},
                  .set =
                      [](Scenario& s, const ParamValue& v) {
                        const auto* at = std::ranges::find(kExitMeaningNames, text(v));
                        s.reboot = static_cast<ExitMeaning>(at - kExitMeaningNames);
                      }}},
      .any_of = {"pass", "fail", "skip", "panic", "reboot"}};
}

template <auto patterns>
Field pattern_field(std::string_view name, std::string_view help) {
  return {.spec = {.name = name, .type = Type::one_or_more, .help = help},
          .set = [](Scenario& s, const ParamValue& v) { s.tests.*patterns = texts(v); }};
}

FieldSection tests() {
  return {
      .name = "tests",
      .help =
          "Results that the guest prints in a form of its own, which none of `formats` reads: "
          "regular expressions (RE2), searched for in each line of console text without its "
          "colours and the prefixes of logs. `(?P<name>...)` is the test; without it, a result is "
          "that of the running one. What is missing is found by `plan`, `summary` or `end`: one of "
          "them is needed.",
      .fields = {pattern_field<&TestPatterns::group>(
                     "group",
                     "The tests that follow are called `name/...`. A result of that name is the "
                     "group's own."),
                 pattern_field<&TestPatterns::start>(
                     "start",
                     "The test `name` begins. Without a result before the next one, or before "
                     "the end, it has failed."),
                 pattern_field<&TestPatterns::result>(
                     "result",
                     "A result, with the group `status`: ok, pass, passed, success, done; fail, "
                     "failed, error; skip, skipped, ignored, disabled, in any case."),
                 pattern_field<&TestPatterns::pass>("pass", "A test that passed."),
                 pattern_field<&TestPatterns::fail>("fail",
                                                    "A test that failed. It goes before `skip` and "
                                                    "`pass` in one line."),
                 pattern_field<&TestPatterns::skip>("skip", "A test that was skipped."),
                 pattern_field<&TestPatterns::plan>("plan",
                                                    "`total` tests are announced; several are "
                                                    "added up."),
                 pattern_field<&TestPatterns::summary>(
                     "summary",
                     "Counts at the end: of the groups `total`, `pass`, `fail`, `skip` those "
                     "that the pattern has. Several lines are added up. `status` as in "
                     "`result`."),
                 pattern_field<&TestPatterns::end>("end",
                                                   "The closing line, with `status` or without.")},
      .any_of = {"result", "pass", "fail", "skip"}};
}

FieldSection limits() {
  return {
      .name = "limits",
      .help =
          "When a boot is ended by force. What QEMU spent ready to run while the host ran other "
          "things counts neither for wall nor for idle, up to ten times the limit.",
      .fields = {
          {.spec = {.name = "wall",
                    .type = Type::duration,
                    .help = "From the start of QEMU to its end; over it, the verdict is timeout.",
                    .within = kTimeLimits},
           .default_text = "10s",
           .set = [](Scenario& s, const ParamValue& v) { s.limits.wall = duration(v); }},
          {.spec = {.name = "idle",
                    .type = Type::duration,
                    .help = "Longest silence of the serial port; over it, the verdict is idle, or "
                            "no_output where the guest never spoke.",
                    .within = kTimeLimits},
           .default_text = "3s",
           .set = [](Scenario& s, const ParamValue& v) { s.limits.idle = duration(v); }},
          {.spec = {.name = "cpu",
                    .type = Type::duration,
                    .help = "Processor time of QEMU, user and system; over it, the verdict is "
                            "timeout.",
                    .within = kTimeLimits},
           .set = [](Scenario& s, const ParamValue& v) { s.limits.cpu = duration(v); }},
          {.spec = {.name = "serial",
                    .type = Type::count,
                    .help = "Bytes of serial output; over it, the verdict is truncated. Of more "
                            "than 16M the first and the last 8M are kept, and the verdict is "
                            "truncated too.",
                    .within = {1024, 16ull << 30}},
           .default_text = "4M",
           .set = [](Scenario& s, const ParamValue& v) { s.limits.serial = number(v); }}}};
}

}  // namespace

std::span<const FieldSection> scenario_sections() {
  static const std::vector<FieldSection> kSections = {
      top_level(), field_sections::image(),     field_sections::machine(), exit(), tests(),
      limits(),    field_sections::power_cuts()};
  return kSections;
}

}  // namespace harness
