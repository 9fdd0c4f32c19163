#include "onboarding/schema_line.h"

#include <system_error>

namespace harness::onboarding {

namespace fs = std::filesystem;

std::string schema_line(const fs::path& program) {
  const fs::path schema =
      (program.parent_path() / "../share/uniharness/scenario.schema.json").lexically_normal();
  std::error_code error;
  const std::string text = schema.string();
  if (!fs::is_regular_file(schema, error) || text.find_first_of(" \t\r\n") != text.npos) return "";
  return "# yaml-language-server: $schema=" + text + "\n";
}

std::string schema_line() {
  std::error_code error;
  return schema_line(fs::read_symlink("/proc/self/exe", error));
}

}  // namespace harness::onboarding
