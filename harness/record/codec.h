// RunRecord <-> JSON. The only code that knows the JSON library, with machine/qmp.cpp.
#pragma once

#include <string>
#include <string_view>

#include "record/record.h"

namespace harness {

/// The record as JSON text (schema kRecordSchema), ending in a newline. Raw bytes of the guest
/// (serial, screen, screenshot) are not in it: record/store.h keeps them as files beside it.
std::string record_to_json(const RunRecord& record);

/// The inverse. `name` is the file's name for messages. Throws Error (ExitStatus::invalid_data)
/// naming the key that is missing, of the wrong type, or of an unknown schema version.
RunRecord record_from_json(std::string_view json, const std::string& name);

/// True if `text` is one valid JSON value, nested at most 64 deep.
bool is_valid_json(std::string_view text);

/// JSON Schema of record.json.
std::string record_json_schema();

}  // namespace harness
