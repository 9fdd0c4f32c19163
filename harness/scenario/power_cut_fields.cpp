// When the power is cut, and what must be found after it.
#include "scenario/field_sections.h"

namespace harness::field_sections {
namespace {

using Type = ParamType;

PowerCutSpec& cuts(Scenario& s) { return s.power_cuts ? *s.power_cuts : s.power_cuts.emplace(); }

}  // namespace

FieldSection power_cuts() {
  return {
      .name = "power_cuts",
      .help =
          "The power is cut while a boot writes to its first disk: every write and flush is "
          "recorded, each disk that a cut can leave is made, and the guest is booted on it. "
          "What was flushed is there; of the rest any sectors may be missing, and the one "
          "that is being written may be half new. See docs/PERSISTENCE.md.",
      .fields =
          {{.spec = {.name = "boots",
                     .type = Type::counts,
                     .help = "Boots whose writes are cut, counted from 1.",
                     .within = {1, 1000}},
            .default_text = "1",
            .set =
                [](Scenario& s, const ParamValue& v) {
                  cuts(s).boots = std::get<std::vector<std::uint64_t>>(v);
                }},
           {.spec = {.name = "model",
                     .type = Type::choice,
                     .help = "power: as above. kill: the guest is killed and its host lives on, so "
                             "nothing that was written is lost: for guests that never flush.",
                     .choices = {"power", "kill"}},
            .default_text = "power",
            .set = [](Scenario& s, const ParamValue& v) { cuts(s).kill = text(v) == "kill"; }},
           {.spec = {.name = "atomic",
                     .type = Type::count,
                     .help = "Bytes that the disk writes as a whole, a power of two: of what lies "
                             "between two multiples of it, a write is there or is not. 4K for a "
                             "disk with sectors of 4 KB. Without: sectors of 512 bytes, of which "
                             "the one that is being written may be half new.",
                     .within = {512, 1 << 20}},
            .default_text = "",
            .set = [](Scenario& s, const ParamValue& v) { cuts(s).atomic = number(v); }},
           {.spec = {.name = "states",
                     .type = Type::count,
                     .help = "The most states that are tried of one boot. Where there are more, "
                             "some are drawn, and the report says n of how many.",
                     .within = {1, 1'000'000}},
            .default_text = "2000",
            .set = [](Scenario& s, const ParamValue& v) { cuts(s).states = number(v); }},
           {.spec = {.name = "seed",
                     .type = Type::count,
                     .help = "Of the choice, where not all are tried."},
            .default_text = "1",
            .set = [](Scenario& s, const ParamValue& v) { cuts(s).seed = number(v); }},
           {.spec = {.name = "said",
                     .type = Type::pattern,
                     .help = "A promise: a regular expression with the group `value`, a whole "
                             "number. The highest that the guest said before the cut must be "
                             "found after it.",
                     .needs = "found"},
            .set = [](Scenario& s, const ParamValue& v) { cuts(s).said = text(v); }},
           {.spec = {.name = "found",
                     .type = Type::pattern,
                     .help = "How the guest says after the cut what it has found: the highest "
                             "`value` must be that of the promise, or higher.",
                     .needs = "said"},
            .set = [](Scenario& s, const ParamValue& v) { cuts(s).found = text(v); }}},
      .checks = true};
}

}  // namespace harness::field_sections
