// What a list of runs needs of record.json, read in one pass: a tree of the whole file takes ten
// times as long, and lists are made of thousands.
#pragma once

#include <optional>
#include <string_view>

#include "model/record.h"

namespace harness {

/// The record with these members and no others: scenario, started_at, verdict, compared,
/// compared_why, the status of each finding, and of each boot how long it took. nullopt where one
/// of them is missing, there twice or of another type, where the record, its verdict, a finding or
/// a boot has not just the keys of its schema, each once and with the kind of value it must have,
/// where the schema is unknown, or where the text as a whole is no JSON: record_from_json()
/// (record/codec.h), which looks at everything, can say why. Any bytes.
std::optional<RunRecord> outline_of_record(std::string_view json);

}  // namespace harness
