// The pages that `uniharness view` makes itself.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "page/markup.h"
#include "view/record_rows.h"
#include "view/runs.h"

namespace harness::view {

/// All runs: those in progress first, then the latest. A record that cannot be read has a row too.
/// `records` keeps what was read for the next time.
std::string index_page(const std::filesystem::path& root, const std::vector<RunFolder>& runs,
                       RecordRows& records);

/// {"version": TEXT, "running": [{"id", "name", "scenario", "boot", ...}]}. The version changes
/// when a run has begun, ended or been written again. A status whose process is gone is not
/// running.
std::string live_json(const std::vector<RunFolder>& runs);

}  // namespace harness::view
