// The check functions, grouped by idea, one file a group. Each takes a record and the scenario's
// entry and returns one finding; each is pure and is named in one row of check/table.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "model/record.h"
#include "model/scenario.h"

namespace harness {

// text_checks.cpp: what the lines say
Finding check_text(const RunRecord& record, const CheckSpec& spec);
Finding check_order(const RunRecord& record, const CheckSpec& spec);
Finding check_forbid(const RunRecord& record, const CheckSpec& spec);
Finding check_allow(const RunRecord& record, const CheckSpec& spec);

// span_checks.cpp: what stands between two lines
Finding check_hash(const RunRecord& record, const CheckSpec& spec);

// protocol_checks.cpp: how the session went
Finding check_ending(const RunRecord& record, const CheckSpec& spec);
Finding check_clean(const RunRecord& record, const CheckSpec& spec);
Finding check_complete(const RunRecord& record, const CheckSpec& spec);
Finding check_test(const RunRecord& record, const CheckSpec& spec);
Finding check_entry(const RunRecord& record, const CheckSpec& spec);

// number_checks.cpp: what the guest measured
Finding check_profile(const RunRecord& record, const CheckSpec& spec);
Finding check_timing(const RunRecord& record, const CheckSpec& spec);
Finding check_bench(const RunRecord& record, const CheckSpec& spec);
Finding check_metric(const RunRecord& record, const CheckSpec& spec);
Finding check_memory(const RunRecord& record, const CheckSpec& spec);
/// Of an entry of `metrics:`, which is there without being asked for: whether it found anything.
Finding check_found(const RunRecord& record, std::size_t entry);

// screen_checks.cpp: what stands on the VGA screen
Finding check_vga(const RunRecord& record, const CheckSpec& spec);

// size_checks.cpp: how large the image is
/// The names of sizes that `of:` takes.
std::vector<std::string_view> size_names();
Finding check_size(const RunRecord& record, const CheckSpec& spec);
Finding check_reduction(const RunRecord& record, const CheckSpec& spec);

// identical_check.cpp: whether all boots printed the same
Finding check_identical(const RunRecord& record, const CheckSpec& spec);

// power_cut_check.cpp: what came of cutting the power in a boot; asked for by `power_cuts:`
Finding check_power_cuts(const PowerCuts& cuts);

}  // namespace harness
