#include "base/error.h"
#include "check/table.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "scenario/load.h"
#include "scenario/matrix.h"

namespace harness::fuzz {
namespace {

/// The message starts with "s.yaml:LINE:COLUMN: ", or "s.yaml: " where the whole file is meant.
bool has_place(std::string_view message) {
  constexpr std::string_view kFile = "s.yaml:";
  if (!message.starts_with(kFile)) return false;
  message.remove_prefix(kFile.size());
  if (message.starts_with(' ')) return true;
  for (const char end : {':', ':'}) {
    const std::size_t digits = message.find_first_not_of("0123456789");
    if (digits == 0 || digits == message.npos || message[digits] != end) return false;
    if (message[0] == '0') return false;  // both are counted from 1
    message.remove_prefix(digits + 1);
  }
  return message.starts_with(' ');
}

bool is_folder_name(std::string_view name) {
  return !name.empty() && name[0] != '.' && name[0] != '-' &&
         name.find_first_of(std::string_view("/\\\0\n\x1b ", 7)) == name.npos;
}

}  // namespace

int fuzz_scenario(const std::uint8_t* data, std::size_t size) {
  try {
    const Scenario scenario = parse_scenario(view(data, size), "s.yaml");
    // An instance of a matrix is called boot[model=q35].
    require(is_folder_name(folder_name(scenario.name)), "a name gives a folder under reports/");
    require(scenario.boots >= 1 && scenario.boots <= 1000, "boots stay in their bounds");
    require(scenario.limits.wall.count() > 0 && scenario.limits.serial <= 256u << 20,
            "there is always a limit");
    const ImageSpec& image = scenario.image;
    require(image.kernel.empty() || image.cdrom.empty(), "no more than one file is booted");
    require(!image.disk.empty() || image.further_disks.empty(), "disks begin with the first");
    const bool has_file = !image.disk.empty() || !image.kernel.empty() || !image.cdrom.empty();
    require(has_file || !image.firmware.empty() || !image.flash.empty(), "something is booted");
    for (const CheckSpec& check : scenario.checks) {
      require(find_check(check.kind) != nullptr, "only known checks are loaded");
      require(check.at.line > 0 && check.at.column > 0, "each check knows its place");
    }
  } catch (const UsageError& error) {
    require(has_place(error.what()), "every mistake is told with its place:", error.what());
  }
  return 0;
}

}  // namespace harness::fuzz
