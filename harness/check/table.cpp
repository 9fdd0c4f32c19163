// The table of checks. To add one: write its function (checks.h) and one row here. The row makes
// the scenario loader accept it, and describes it in the JSON Schema and the reference page.
#include "check/table.h"

#include <algorithm>

#include "check/checks.h"
#include "model/param.h"
#include "model/verdict.h"
#include "screen/screen.h"
#include "stream/crash.h"

namespace harness {
namespace {

using Type = ParamType;

/// The endings a scenario may expect: those where the harness did its job.
std::vector<std::string_view> expectable_endings() {
  std::vector<std::string_view> names;
  names.reserve(kVerdictCount);
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const VerdictKind kind = kVerdictTable[i].kind;
    if (kind == VerdictKind::harness_error || kind == VerdictKind::interrupted) continue;
    names.push_back(kVerdictTable[i].name);
  }
  return names;
}

std::vector<std::string_view> colors() {
  std::vector<std::string_view> names;
  names.reserve(16);
  for (std::uint8_t color = 0; color < 16; ++color) names.push_back(vga_color_name(color));
  return names;
}

ParamSpec clock_param() {
  return {.name = "clock",
          .type = Type::choice,
          .help = "check only under this clock; under the other one it passes unseen",
          .choices = {"counted", "host"}};
}

ParamSpec size_param() {
  return {.name = "of",
          .type = Type::choice,
          .required = true,
          .help =
              "loaded (text, rodata and data of the image), app and library (their shares of "
              "it), demo (app and library together), archive (the library file), disk (the "
              "disk image file), bss",
          .choices = size_names()};
}

std::vector<ParamSpec> range_params(
    std::initializer_list<std::pair<std::string_view, std::string_view>> rows) {
  std::vector<ParamSpec> params;
  for (const auto& [name, help] : rows) {
    params.push_back({.name = name, .type = Type::range, .help = help});
  }
  return params;
}

std::vector<ParamSpec> joined(std::vector<ParamSpec> first, const std::vector<ParamSpec>& then) {
  first.insert(first.end(), then.begin(), then.end());
  return first;
}

std::vector<std::string_view> crash_names() {
  std::vector<std::string_view> names;
  for (const CrashSignature& row : crash_signatures()) {
    if (names.empty() || names.back() != row.name) names.push_back(row.name);
  }
  return names;
}

std::vector<CheckKind> text_rows() {
  const ParamSpec text{.name = "text", .help = "found as it stands, anywhere in a line"};
  const ParamSpec pattern{.name = "pattern",
                          .type = Type::pattern,
                          .help = "a regular expression (RE2), found anywhere in a line"};
  return {
      {.name = "text",
       .help = "A line of the serial output holds this text, or matches this pattern.",
       .example = "text: TinyLlama Unikernel v0.1",
       .params = {text,
                  pattern,
                  {.name = "count",
                   .type = Type::range,
                   .help = "how many lines must match; at least 1 where not given"}},
       .scalar = "text",
       .run = check_text,
       .one_of = {"text", "pattern"}},
      {.name = "order",
       .help = "These texts stand in lines one after the other; other lines may come between.",
       .example = "order: [Init complete, Test 1, Test 2, Summary]",
       .params = {{.name = "texts",
                   .type = Type::texts,
                   .required = true,
                   .help = "each is found in a line after that of the one before"}},
       .scalar = "texts",
       .run = check_order},
      {.name = "hash",
       .help = "The text between two lines has this SHA-256: every byte from the line after the "
               "first one that holds `from`, to the end of the line before the next one that holds "
               "`to`, line ends included.",
       .example = "hash: {from: \"[TIMING] Load\", to: \"[TIMING] First token\", sha256: "
                  "a3213f9ea026d75bf2993355ae334822d7c9d34328964c711ab030d3148e6cef}",
       .params = {{.name = "from", .required = true, .help = "a text of the line before"},
                  {.name = "to", .required = true, .help = "a text of the line after"},
                  {.name = "sha256",
                   .required = true,
                   .help = "64 hexadecimal digits, lower case"}},
       .scalar = {},
       .run = check_hash},
      {.name = "forbid",
       .help = "No line of the serial output holds this text, or matches this pattern. The first "
               "one that does ends the boot at once.",
       .example = "forbid: {pattern: \"(?i)error|warning\"}",
       .params = {text, pattern},
       .scalar = "text",
       .run = check_forbid,
       .one_of = {"text", "pattern"},
       .role = CheckRole::forbid},
      {.name = "allow",
       .help = "Lines by which another kernel, runtime or hypervisor reports a crash end a "
               "boot as a panic, and forbidden lines end it as a failure: not those that are "
               "allowed here, each in its span.",
       .example = "allow: {crash: assert, from: Test of the handler, to: Handler is fine}",
       .params = {{.name = "crash",
                   .type = Type::choice,
                   .help = "lines that report a crash of this kind",
                   .choices = crash_names()},
                  {.name = "text", .help = "lines that hold this text, forbidden ones too"},
                  {.name = "from",
                   .help = "the span opens with a line that holds this text; with the first where "
                           "not given"},
                  {.name = "to",
                   .help = "the span closes with a line that holds this text; never where not "
                           "given"}},
       .scalar = "crash",
       .run = check_allow,
       .one_of = {"crash", "text"},
       .role = CheckRole::allow},
  };
}

std::vector<CheckKind> protocol_rows() {
  return {
      {.name = "ending",
       .help = "Every boot ends in this way. Without this check, only `pass` is good.",
       .example = "ending: pass",
       .params = {{.name = "is",
                   .type = Type::verdict,
                   .required = true,
                   .help = "the verdict on the boot itself, before any other check",
                   .choices = expectable_endings()}},
       .scalar = "is",
       .run = check_ending,
       .role = CheckRole::ending},
      {.name = "clean",
       .help = "From [BEGIN] to the end, every byte is printable ASCII, a tab or a line end.",
       .example = "clean: true",
       .params = {},
       .scalar = {},
       .run = check_clean},
      {.name = "complete",
       .help = "[BEGIN] and [END] arrived, line count and checksum are right, all announced tests "
               "and metrics are there, and no protocol line is damaged.",
       .example = "complete: true",
       .params = {},
       .scalar = {},
       .run = check_complete},
      {.name = "test",
       .help = "A [TEST] line of this name arrived once, with this outcome.",
       .example = "test: {name: fibonacci, iterations: 10, result: 55}",
       .params = {{.name = "name", .required = true, .help = "as the guest writes it"},
                  {.name = "status",
                   .type = Type::choice,
                   .help = "what the guest says of it; pass where not given",
                   .choices = {wire::kStatusNames[0], wire::kStatusNames[1],
                               wire::kStatusNames[2]}},
                  {.name = "iterations", .type = Type::range, .help = "how often it ran"},
                  {.name = "result", .help = "the result, exactly as printed"}},
       .scalar = "name",
       .run = check_test},
      {.name = "entry",
       .help = "The guest says that it was started in this way.",
       .example = "entry: disk",
       .params = {{.name = "via",
                   .type = Type::choice,
                   .required = true,
                   .help = "disk (boot sector), multiboot or pvh",
                   .choices = {wire::kBootPathNames[0], wire::kBootPathNames[1],
                               wire::kBootPathNames[2]}}},
       .scalar = "via",
       .run = check_entry},
  };
}

std::vector<CheckKind> number_rows() {
  const ParamSpec name{.name = "name", .required = true, .help = "as the guest writes it"};
  return {
      {.name = "profile",
       .help =
           "A [PROFILE] section arrived once, min \u2264 avg \u2264 max, total is calls \u00d7 avg "
           "(within the rounding of avg), and its numbers are in these ranges.",
       .example = "profile: {name: fibonacci, calls: 10, avg: 50..500}",
       .params = joined({{.name = "name", .help = "the section; every section where not given"}},
                        joined(range_params({{"calls", "completed calls"},
                                             {"avg", "average time of a call"},
                                             {"min", "shortest call"},
                                             {"max", "longest call"},
                                             {"total", "time of all calls"},
                                             {"self", "total without sections inside it"},
                                             {"first", "time of the first call"}}),
                               {clock_param()})),
       .scalar = "name",
       .run = check_profile},
      {.name = "timing",
       .help = "A [TIMING] line of this name arrived once, and its time is in these limits.",
       .example = "timing: {name: Init, max: 200000}",
       .params = {name,
                  {.name = "min", .type = Type::count, .help = "at least this"},
                  {.name = "max", .type = Type::count, .help = "at most this"},
                  {.name = "cycles", .type = Type::range, .help = "the same as one range"},
                  clock_param()},
       .scalar = "name",
       .run = check_timing},
      {.name = "bench",
       .help = "A [BENCH] line with this number of calls arrived once, cycles / calls is what it "
               "says, and its numbers are in these ranges.",
       .example = "bench: {calls: 10000, per_call: 2..20}",
       .params = joined(
           {{.name = "calls",
             .type = Type::count,
             .help = "selects the line; every [BENCH] line where not given",
             .within = {1, UINT64_MAX}}},
           joined(range_params({{"per_call", "time of one call"}, {"cycles", "time of all calls"}}),
                  {clock_param()})),
       .scalar = "calls",
       .run = check_bench},
      {.name = "metric",
       .help = "A [METRIC] line of this name arrived once, or `metrics` found a number of this "
               "name, and its value is in this range.",
       .example = "metric: {name: profiler.overhead, value: ..100, unit: cycles}",
       .params = {name,
                  {.name = "value", .type = Type::range, .help = "the value"},
                  {.name = "unit", .help = "the unit, exactly as printed"},
                  clock_param()},
       .scalar = "name",
       .run = check_metric},
      {.name = "memory",
       .help = "The [MEMORY] line arrived, its parts are not larger than their wholes, and its "
               "numbers are in these ranges.",
       .example = "memory: {heap_used: 0, heap_peak: ..200K, stack_used: 1..16K}",
       .params = joined(range_params({{"heap_used", "bytes in live blocks"},
                                      {"heap_peak", "most bytes in live blocks at one time"},
                                      {"heap_largest", "largest block that can still be had"},
                                      {"stack_used", "high-water mark of the stack"},
                                      {"image", "bytes of the image that were loaded"}}),
                        {clock_param()}),
       .scalar = {},
       .run = check_memory},
  };
}

std::vector<CheckKind> outside_rows() {
  return {
      {.name = "vga",
       .help = "A text stands on the VGA screen at the end, in these colours; or the whole screen "
               "shows what the serial port said. Needs machine.vga.",
       .example = "vga: {text: TinyLlama Unikernel v0.1, color: light green}",
       .params = {{.name = "text", .help = "found in a row of the screen"},
                  {.name = "color",
                   .type = Type::choice,
                   .help = "foreground colour of every letter of the text",
                   .choices = colors(),
                   .needs = "text"},
                  {.name = "background",
                   .type = Type::choice,
                   .help = "background colour of every cell of the text",
                   .choices = colors(),
                   .needs = "text"},
                  {.name = "row",
                   .type = Type::count,
                   .help = "the row it stands in; the top row is 1",
                   .within = {1, kScreenRows},
                   .needs = "text"},
                  {.name = "screen",
                   .type = Type::choice,
                   .help = "`vga: matches serial`: all 25 rows agree with the text from [BEGIN] on",
                   .choices = {"matches serial"}}},
       .scalar = "screen",
       .run = check_vga,
       .one_of = {"text", "screen"},
       .needs_vga = true},
      {.name = "size",
       .help = "A size, from the files of the build, is in these limits.",
       .example = "size: {of: demo, max: 28K}",
       .params = {size_param(),
                  {.name = "min", .type = Type::count, .help = "at least this many bytes"},
                  {.name = "max", .type = Type::count, .help = "at most this many bytes"}},
       .scalar = "of",
       .run = check_size},
      {.name = "reduction",
       .help = "A size is smaller than an earlier one by at least this much.",
       .example = "reduction: {of: app, from: 13304, at_least: 10}",
       .params = {size_param(),
                  {.name = "from",
                   .type = Type::count,
                   .required = true,
                   .help = "the earlier size in bytes",
                   .within = {1, UINT64_MAX}},
                  {.name = "at_least",
                   .type = Type::number,
                   .required = true,
                   .help = "per cent of the earlier size",
                   .within = {0, 100}}},
       .scalar = {},
       .run = check_reduction},
      {.name = "identical",
       .help = "All boots printed the same, byte for byte, from [BEGIN] to [END]. Made by itself "
               "under the counted clock with more than one boot.",
       .example = "identical: true",
       .params = {},
       .scalar = {},
       .run = check_identical,
       .role = CheckRole::identical},
  };
}

/// Checks of what a boot said, which may be asked of some boots only.
constexpr std::string_view kOfBoots[] = {"test",   "entry", "text",   "order",  "hash", "profile",
                                         "timing", "bench", "metric", "memory", "vga"};

std::vector<CheckKind> all_rows() {
  std::vector<CheckKind> rows;
  for (auto group : {protocol_rows, text_rows, number_rows, outside_rows}) {
    for (CheckKind& row : group()) rows.push_back(std::move(row));
  }
  for (CheckKind& row : rows) {
    if (std::ranges::find(kOfBoots, row.name) == std::end(kOfBoots)) continue;
    row.params.push_back({.name = "boots",
                          .type = Type::range,
                          .help = "only of these boots, counted from 1; of all where not given"});
  }
  return rows;
}

}  // namespace

std::span<const CheckKind> check_kinds() {
  static const std::vector<CheckKind> kChecks = all_rows();
  return kChecks;
}

const CheckKind* find_check(std::string_view name) {
  const std::span<const CheckKind> kinds = check_kinds();
  const auto at = std::ranges::find(kinds, name, &CheckKind::name);
  return at == kinds.end() ? nullptr : &*at;
}

const CheckKind& kind_with(CheckRole role) {
  return *std::ranges::find(check_kinds(), role, &CheckKind::role);
}

bool has_role(const CheckSpec& spec, CheckRole role) {
  const CheckKind* kind = find_check(spec.kind);
  return kind && kind->role == role;
}

}  // namespace harness
