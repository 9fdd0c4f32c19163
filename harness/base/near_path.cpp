#include "base/near_path.h"

#include <filesystem>
#include <system_error>

namespace harness {

std::string near_path(const std::string& file) {
  std::error_code error;
  const std::string here = std::filesystem::current_path(error).string() + "/";
  return !error && file.starts_with(here) ? file.substr(here.size()) : file;
}

}  // namespace harness
