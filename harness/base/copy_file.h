// Copies of large files that are mostly holes, such as disk images.
#pragma once

#include <filesystem>

namespace harness {

/// Makes `to` a copy of the file `from`: by reference where the file system can, else the parts
/// that hold data. Replaces what is there. Throws Error naming the file.
void copy_sparse(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace harness
