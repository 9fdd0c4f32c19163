// uniharness checks and schema: what the tool knows about itself.
#pragma once

#include <string>

#include "base/error.h"

namespace harness {

enum class ChecksFormat { text, markdown };
ExitStatus list_checks(ChecksFormat format);

/// `which`: "scenario" or "record".
ExitStatus print_schema(const std::string& which);

}  // namespace harness
