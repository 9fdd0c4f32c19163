// RunRecord <-> JSON. codec_write.cpp, codec_read.cpp and schema.cpp know the JSON library, and
// machine/qmp.cpp; nothing else does.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"  // is_valid_json()
#include "model/record.h"

namespace harness {

/// The record as JSON text (schema kRecordSchema), ending in a newline. Raw bytes of the guest
/// (serial, screen, screenshot) are not in it: record/store.h keeps them as files beside it. Text
/// that a terminal or a JSON reader could stumble over is escaped as printable() does. A summary
/// of every number (record/summary.h) is added for readers; of lines only those of the protocol
/// are listed, with their times; of more than 10,000 serial marks an even choice is kept.
std::string record_to_json(const RunRecord& record);

/// The inverse. `name` is the file's name for messages. Throws Error (ExitStatus::invalid_data)
/// naming the key that is missing, unknown or of the wrong type, or the unknown schema version.
/// Raw bytes and lines that are not protocol are empty in what it returns.
RunRecord record_from_json(std::string_view json, const std::string& name);

/// JSON Schema (2020-12) of record.json.
std::string record_json_schema();

}  // namespace harness
