// The rows of the table of engines, and what reading their answers has in common.
#pragma once

#include <optional>
#include <string_view>

#include "cluster/driver.h"

namespace harness {

const ClusterDriver& slurm_driver();
const ClusterDriver& grid_engine_driver();

/// A count that is all of `text`; nullopt where it is anything else.
std::optional<std::size_t> count_in_answer(std::string_view text);

/// Cuts the first line off, and returns it without its end.
std::string_view next_answer_line(std::string_view& text);

}  // namespace harness
