// The commands that print what the tool knows about itself.
#include "commands/list.h"

#include <fmt/core.h>

#include <cstdio>

#include "check/table.h"
#include "model/param.h"
#include "record/codec.h"
#include "scenario/reference.h"
#include "scenario/schema.h"

namespace harness {

ExitStatus list_checks(ChecksFormat format) {
  if (format == ChecksFormat::markdown) {
    std::fputs(scenario_reference_markdown().c_str(), stdout);
    return ExitStatus::pass;
  }
  for (const CheckKind& kind : check_kinds()) {
    fmt::print("{}\n    {}\n    e.g.  - {}\n", kind.name, kind.help, kind.example);
    for (const ParamSpec& param : kind.params) {
      fmt::print("      {:<12} {}{}\n", param.name, param.help,
                 param.required ? " (required)" : "");
    }
  }
  return ExitStatus::pass;
}

ExitStatus print_schema(const std::string& which) {
  std::fputs((which == "record" ? record_json_schema() : scenario_json_schema()).c_str(), stdout);
  return ExitStatus::pass;
}

}  // namespace harness
