// A report that is kept in the repository: written, or only compared with what would be written.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "page/document.h"

namespace harness {

/// With `check`: pass where `file` (Markdown) is what the document would be now; regression, and
/// where the two part, where not; throws Error (invalid_data) where there is none. Else writes
/// `file` and, where `page`, the same with the ending .html. `command` is the next step to name.
ExitStatus deliver_document(const Document& document, const std::filesystem::path& file, bool page,
                            bool check, const std::string& command);

}  // namespace harness
