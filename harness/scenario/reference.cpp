// The reference page. Its tables are made from the tables that the program runs by, so that the
// page cannot say anything else; the prose between them is the template assets/reference.md.
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "check/table.h"
#include "formats/formats.h"
#include "model/param.h"
#include "model/verdict.h"
#include "scenario/assets.h"
#include "scenario/fields.h"
#include "scenario/matrix.h"
#include "scenario/metrics.h"
#include "scenario/reference.h"
#include "scenario/steps.h"
#include "scenario/values.h"

namespace harness {
namespace {

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

std::string section_text(const FieldSection& section) {
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
  if (section.checks) {
    text += "| `checks` | a list of checks | none | What must be true of each boot. |\n";
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

std::string sections_text() {
  std::string text;
  for (const FieldSection& section : scenario_sections()) text += section_text(section);
  return text;
}

std::string params_text(std::span<const ParamSpec> params) {
  std::string text = "| Key | Value | Meaning |\n|---|---|---|\n";
  for (const ParamSpec& param : params) {
    text += fmt::format("| `{}`{} | {} | {} |\n", param.name, param.required ? " (required)" : "",
                        form_cell(param), cell(param.help));
  }
  return text;
}

std::string formats_text() {
  std::string text = "| Name in `formats` | What is read |\n|---|---|\n";
  for (const Format& format : formats()) {
    text += fmt::format("| `{}` | {} |\n", format.name, cell(format.help));
  }
  return text;
}

std::string axes_text() {
  std::vector<std::string_view> axes;
  for (const Axis& axis : matrix_axes()) axes.push_back(axis.field->spec.name);
  return joined_codes(axes);
}

std::string forms_text() {
  std::string text = "| Value | Accepted |\n|---|---|\n";
  for (int i = 0; i <= static_cast<int>(ParamType::files); ++i) {
    const ValueForm& form = value_form(static_cast<ParamType>(i));
    if (form.type == ParamType::choice || form.type == ParamType::verdict) continue;
    text += fmt::format("| {} | {} |\n", form.name, cell(form.accepted));
  }
  return text;
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
  std::string text = "| Kind | What it checks |\n|---|---|\n";
  for (const CheckKind& kind : check_kinds()) {
    text += fmt::format("| [`{0}`](#{0}) | {1} |\n", kind.name, cell(kind.help));
  }
  text += "\n";
  for (const CheckKind& kind : check_kinds()) text += check_text_of(kind);
  return text;
}

std::string verdicts_text() {
  std::string text = "| Verdict | Exit status | Meaning |\n|---|---|---|\n";
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const VerdictRow& row = kVerdictTable[i];
    text += fmt::format("| `{}` | {} | {} |\n", row.name, static_cast<int>(row.status),
                        cell(row.meaning));
  }
  return text;
}

std::string statuses_text() {
  std::string text = "| Status | Meaning |\n|---|---|\n";
  for (const StatusRow& row : kStatuses) {
    text += fmt::format("| {} | {} |\n", static_cast<int>(row.status), row.meaning);
  }
  return text;
}

struct Slot {
  std::string_view name;
  std::string content;
};

/// The template with each {{name}} replaced by the slot of that name. Throws std::logic_error for a
/// name without a slot.
std::string filled(std::string_view page, std::span<const Slot> slots) {
  std::string text;
  for (;;) {
    const std::size_t begin = page.find("{{");
    text += page.substr(0, begin);
    if (begin == page.npos) return text;
    page.remove_prefix(begin + 2);
    const std::size_t end = page.find("}}");
    const auto slot = std::ranges::find(slots, page.substr(0, end), &Slot::name);
    if (slot == slots.end()) throw std::logic_error("reference.md names an unknown slot");
    text += slot->content;
    page.remove_prefix(end + 2);
  }
}

}  // namespace

std::string_view example_scenario() { return kExampleScenario; }

std::string scenario_reference_markdown() {
  const Slot slots[] = {{"example", std::string(kExampleScenario)},
                        {"sections", sections_text()},
                        {"steps", params_text(step_params())},
                        {"metrics", params_text(metric_params())},
                        {"formats", formats_text()},
                        {"axes", axes_text()},
                        {"instances", std::to_string(kMaxInstances)},
                        {"forms", forms_text()},
                        {"checks", checks_text()},
                        {"verdicts", verdicts_text()},
                        {"statuses", statuses_text()}};
  return filled(kReferenceTemplate, slots);
}

}  // namespace harness
