// The reference page. Its tables are made from the tables that the program runs by, so that the
// page cannot say anything else; only the prose between them is written here.
#include <fmt/format.h>

#include "base/error.h"
#include "check/table.h"
#include "formats/formats.h"
#include "model/param.h"
#include "model/verdict.h"
#include "scenario/fields.h"
#include "scenario/matrix.h"
#include "scenario/metrics.h"
#include "scenario/schema.h"
#include "scenario/steps.h"
#include "scenario/values.h"

namespace harness {
namespace {

constexpr std::string_view kExample =
    R"(# yaml-language-server: $schema=scenario.schema.json
name: session20                     # the folder under reports/
about: boot, validate and benchmark the TinyLlama unikernel

image:
  target: tinyllama                 # built by CMake before the run ...
  disk: tinyllama.img               # ... and this file of it is booted

machine:                            # every line here is a default
  arch: i386
  model: pc
  memory: 32M
  accel: tcg

clock: counted                      # one tick = one guest instruction: exact, for gates
boots: 2                            # the second boot must say the same, byte for byte
limits: {wall: 10s, idle: 3s, serial: 4M}

checks:
  # The session: it ended well, nothing is missing, nothing was damaged on the way.
  - ending: pass
  - complete: true
  - clean: true
  - entry: disk

  # What it says.
  - text: TinyLlama Unikernel v0.1
  - order: [fibonacci, sum_to_n, count_primes]
  - forbid: {pattern: "(?i)warning"}

  # What it computed.
  - test: {name: fibonacci, iterations: 10, result: 55}

  # What it measured: instructions here; under `clock: host` they would be cycles.
  - profile: {name: fibonacci, calls: 10, avg: 50..500}
  - timing: {name: Init, max: 200000}
  - bench: {calls: 10000, per_call: 2..20}
  - metric: {name: profiler.overhead, value: ..100}
  - memory: {heap_used: 0, stack_used: 1..16K}

  # What stands on the screen.
  - vga: {text: TinyLlama Unikernel v0.1, color: light green}
  - vga: matches serial

  # How large it is.
  - size: {of: demo, max: 28K}
  - reduction: {of: app, from: 13304, at_least: 10}
)";

struct StatusRow {
  ExitStatus status;
  std::string_view meaning;
};
constexpr StatusRow kStatuses[] = {
    {ExitStatus::pass, "Everything is as it should be."},
    {ExitStatus::failed, "The guest failed, or a check did."},
    {ExitStatus::usage, "The command line or the scenario file has a mistake."},
    {ExitStatus::harness_error, "The harness could not do its job: QEMU, the build, the disk."},
    {ExitStatus::regression, "A comparison found a regression."},
    {ExitStatus::invalid_data, "Data is missing, invalid or not comparable."},
    {ExitStatus::inconclusive, "A comparison could not tell."},
    {ExitStatus::interrupted, "Interrupted (Ctrl-C)."},
};

/// A text inside a cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '|') safe += '\\';
    safe += c == '\n' ? ' ' : c;
  }
  return safe;
}

std::string code(std::string_view text) { return "`" + cell(text) + "`"; }

/// What may be written, short enough for a cell: names of forms lead to the table of forms.
std::string form_cell(const ParamSpec& spec) {
  std::string text;
  for (const std::string_view choice : spec.choices) {
    text += (text.empty() ? "" : ", ") + code(choice);
  }
  if (!text.empty()) return text;
  text = value_form(spec.type).name;
  if (spec.within.high != UINT64_MAX) {
    return fmt::format("{}, {} to {}", text, written(spec.type, spec.within.low),
                       written(spec.type, spec.within.high));
  }
  if (spec.within.low == 0) return text;
  return fmt::format("{}, at least {}", text, written(spec.type, spec.within.low));
}

std::string default_cell(const Field& field) {
  if (field.spec.required) return "**required**";
  if (!field.default_text.empty()) return code(field.default_text);
  return field.default_note.empty() ? "none" : cell(field.default_note);
}

std::string joined_codes(const std::vector<std::string_view>& keys) {
  std::string text;
  for (const std::string_view key : keys) text += (text.empty() ? "" : ", ") + code(key);
  return text;
}

std::string section_text(const Section& section) {
  std::string text =
      section.name.empty()
          ? fmt::format("### Top level\n\n{}\n\n", section.help)
          : fmt::format("### `{}`\n\n{}{}\n\n", section.name, section.help,
                        section.required ? " **Required.**" : " The whole section is optional.");
  text += "| Key | Value | Default | Meaning |\n|---|---|---|---|\n";
  for (const Field& field : section.fields) {
    text += fmt::format("| `{}` | {} | {} | {} |\n", field.spec.name, form_cell(field.spec),
                        default_cell(field), cell(field.spec.help));
  }
  text += "\n";
  if (!section.any_of.empty()) {
    text += fmt::format("At least one of {} is given. ", joined_codes(section.any_of));
  }
  for (const auto& group : section.at_most_one) {
    text += fmt::format("{} exclude each other. ", joined_codes(group));
  }
  if (text.ends_with(' ')) text.replace(text.size() - 1, 1, "\n\n");
  return text;
}

std::string fields_text() {
  std::string text = "## Fields\n\n";
  for (const Section& section : scenario_sections()) text += section_text(section);
  text += R"(### `steps`

A conversation with the guest over its serial port, step by step. Each step holds exactly one of
`wait`, `send` and `stop`. A guest that ends before all steps are done has failed.

```yaml
steps:
  - {wait: "Hit any key", within: 10s}
  - send: "\n"
  - wait: "=> "
  - send: "poweroff\n"
```

| Key | Value | Meaning |
|---|---|---|
)";
  for (const ParamSpec& param : step_params()) {
    text += fmt::format("| `{}` | {} | {} |\n", param.name, form_cell(param), cell(param.help));
  }
  text += R"x(
### `metrics`

Numbers that the guest prints in words of its own. Each entry has a pattern that is looked for in
every line that is no line of our protocol; they become numbers of the record like those of
`[METRIC]`, in reports, `compare`, `gate` and `history`. An entry that finds nothing in a boot fails.

```yaml
metrics:
  - {pattern: 'latency (?P<name>\w+): (?P<value>[0-9.]+) (?P<unit>us|ms)', unit: ns, samples: median}
  - {pattern: 'throughput: (?P<value>[0-9.]+) MB/s', name: throughput, unit: KB/s, scale: 1000}
```

| Key | Value | Meaning |
|---|---|---|
)x";
  for (const ParamSpec& param : metric_params()) {
    text += fmt::format("| `{}`{} | {} | {} |\n", param.name, param.required ? " (required)" : "",
                        form_cell(param), cell(param.help));
  }
  text += "\n### Formats\n\n| Name in `formats` | What is read |\n|---|---|\n";
  for (const Format& format : formats()) {
    text += fmt::format("| `{}` | {} |\n", format.name, cell(format.help));
  }
  return text +
         R"(
### `checks`

A list; each entry is one kind of check with its value (see [Kinds of check](#kinds-of-check)). Without any, the
ending alone decides.

### Rules that go over several fields

- `accel: kvm` needs `clock: host`: instructions are counted by emulation only.
- The check `vga` needs `machine.vga`, and that an x86 machine.
- A status stands once in `exit`. With that section the guest may end without the closing line of
  our protocol: see [Guests that were not written for uniharness](../docs/GUESTS.md).
- `args` may not hold `-sandbox`, `-icount`, `-serial`, `-S`, `-daemonize` or `-no-shutdown`. The
  rest is the scenario's own risk: QEMU opens whatever files and sockets they name.
- A build command written as one line is split at blanks; `'...'` and `"..."` keep them. No shell
  reads it, so `| ; & < > $` and the like are mistakes there: write a list, or a script.
- Keys at the top level that start with `x-` are skipped. They are a place for anchors:

  ```yaml
  x-machine: &small {model: "microvm,acpi=off", memory: 16M}
  machine: *small
  ```
- A key twice, an unknown key, and a value of the wrong form are mistakes, told with file, line and
  column. Nothing is guessed and nothing is skipped silently.

)";
}

std::string matrix_text() {
  std::vector<std::string_view> axes;
  for (const Axis& axis : matrix_axes()) axes.push_back(axis.field->spec.name);
  return fmt::format(
      R"(## Matrix

`matrix:` makes many instances of one scenario: one for every combination of the values listed.

```yaml
name: boot
image: {{target: tinyllama, kernel: tinyllama.elf}}
matrix: {{model: [pc, q35], memory: [16M, 64M]}}
checks:
  - ending: pass
```

These are four instances: `boot[model=pc,memory=16M]`, `boot[model=pc,memory=64M]`,
`boot[model=q35,memory=16M]` and `boot[model=q35,memory=64M]`. Each is run, checked and reported by
itself, in a folder of its own (`reports/boot-model=pc,memory=16M/`; a character that is not safe in
a name becomes `_`, and a number made from the whole name is added). `uniharness run FILE --list`
prints them, `-k PATTERN` chooses.

What can vary: {}.

Values that belong together are listed as parts of their section:

```yaml
matrix:
  image:
    - {{target: tinyllama, kernel: tinyllama.elf}}
    - {{target: hello_c, kernel: hello_c.elf}}
  memory: [16M, 64M]
```

A field is set in one place only: in its section, or by one list of the matrix. Values are checked
like all others. At most {} instances.

)",
      joined_codes(axes), kMaxInstances);
}

std::string forms_text() {
  std::string text = "## How values are written\n\n| Value | Accepted |\n|---|---|\n";
  for (int i = 0; i <= static_cast<int>(ParamType::files); ++i) {
    const ValueForm& form = value_form(static_cast<ParamType>(i));
    if (form.type == ParamType::choice || form.type == ParamType::verdict) continue;
    text += fmt::format("| {} | {} |\n", form.name, cell(form.accepted));
  }
  return text + "\nBoth ends of a range belong to it.\n\n";
}

std::string check_text_of(const CheckKind& kind) {
  std::string text =
      fmt::format("### `{}`\n\n{}\n\n```yaml\n- {}\n```\n\n", kind.name, kind.help, kind.example);
  if (kind.params.empty()) return text;
  text += "| Parameter | Value | Meaning |\n|---|---|---|\n";
  for (const ParamSpec& param : kind.params) {
    const std::string needs =
        param.needs.empty() ? "" : fmt::format("; only with `{}`", param.needs);
    text += fmt::format("| `{}`{} | {} | {}{} |\n", param.name, param.required ? " (required)" : "",
                        form_cell(param), cell(param.help), needs);
  }
  text += "\n";
  if (!kind.one_of.empty()) {
    text += fmt::format("Exactly one of {} is given. ", joined_codes(kind.one_of));
  }
  if (!kind.scalar.empty()) {
    text += fmt::format("`{}: VALUE` is short for `{}: {{{}: VALUE}}`.", kind.name, kind.name,
                        kind.scalar);
  }
  while (text.ends_with(' ')) text.pop_back();
  return text.ends_with('\n') ? text : text + "\n\n";
}

std::string checks_text() {
  std::string text =
      "## Kinds of check\n\n"
      "A check must hold in every boot; its finding names the first boot where it does not.\n"
      "A number that was expected and did not arrive fails. One that arrived twice, or cannot "
      "be\n"
      "(min over avg, a total far from calls \u00d7 avg), is invalid data. Numbers of time are\n"
      "instructions under the counted clock and cycles under the host clock.\n\n"
      "| Kind | What it checks |\n|---|---|\n";
  for (const CheckKind& kind : check_kinds()) {
    text += fmt::format("| [`{0}`](#{0}) | {1} |\n", kind.name, cell(kind.help));
  }
  text += "\n";
  for (const CheckKind& kind : check_kinds()) text += check_text_of(kind);
  return text;
}

std::string verdicts_text() {
  std::string text =
      "## Verdicts\n\n"
      "How a boot ended is decided by four witnesses: how the QEMU process ended, the reason "
      "that\n"
      "QMP gives for the shutdown, the value at the debug-exit port, and the guest's own [END]\n"
      "line. Where they disagree, the data is invalid.\n\n"
      "The verdict of a run is then found in this order:\n\n"
      "1. A boot that the harness could not make, or that was interrupted: that is the verdict.\n"
      "2. A boot whose ending is not the expected one (`ending:`, or else `pass`): its ending.\n"
      "3. A check that failed: `fail`. A check whose data is invalid: `invalid_data`.\n"
      "4. Without a stated ending, a guest that skipped: `skip`.\n"
      "5. Otherwise `pass`, also where the stated ending is a panic or a timeout.\n\n"
      "| Verdict | Exit status | Meaning |\n|---|---|---|\n";
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const VerdictRow& row = kVerdictTable[i];
    text += fmt::format("| `{}` | {} | {} |\n", row.name, static_cast<int>(row.status),
                        cell(row.meaning));
  }
  text += "\n## Exit statuses\n\n| Status | Meaning |\n|---|---|\n";
  for (const StatusRow& row : kStatuses) {
    text += fmt::format("| {} | {} |\n", static_cast<int>(row.status), row.meaning);
  }
  return text;
}

}  // namespace

std::string_view example_scenario() { return kExample; }

std::string scenario_reference_markdown() {
  std::string text =
      "# Scenario reference\n\n"
      "<!-- Generated by `uniharness checks --markdown`; change the tables in harness/, not this "
      "page. -->\n\n"
      "A scenario says what to build, how to boot it, and what must be true of what it says: "
      "one\n"
      "YAML file, run by `uniharness run FILE`.\n\n"
      "- [A complete example](#a-complete-example)\n"
      "- [Fields](#fields)\n"
      "- [Matrix](#matrix)\n"
      "- [How values are written](#how-values-are-written)\n"
      "- [Kinds of check](#kinds-of-check)\n"
      "- [Verdicts](#verdicts)\n"
      "- [Exit statuses](#exit-statuses)\n\n"
      "## A complete example\n\n```yaml\n";
  text += kExample;
  text +=
      "```\n\n"
      "The first line lets editors complete keys and show mistakes as you type, from\n"
      "[scenario.schema.json](scenario.schema.json) (`uniharness schema`).\n\n";
  return text + fields_text() + matrix_text() + forms_text() + checks_text() + verdicts_text();
}

}  // namespace harness
