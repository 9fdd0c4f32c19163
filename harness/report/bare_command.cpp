#include "report/bare_command.h"

#include <wire/protocol.h>

#include <string_view>

namespace harness {
namespace {

/// What `option value` is for; words that belong to the machine itself are kept.
enum class Purpose { machine, connection, serial };

Purpose purpose_of(std::string_view option, std::string_view value) {
  if (option == "-serial" && value.starts_with("chardev:")) return Purpose::serial;
  if (option == "-chardev" || option == "-mon") return Purpose::connection;
  const bool hold = option == "-fw_cfg" && value.find(wire::kHoldFile) != value.npos;
  return hold ? Purpose::connection : Purpose::machine;
}

}  // namespace

std::vector<std::string> bare_command(const std::vector<std::string>& harnessed) {
  std::vector<std::string> bare;
  for (std::size_t i = 0; i < harnessed.size(); ++i) {
    if (harnessed[i] == "-S") continue;
    const bool has_value = i + 1 < harnessed.size();
    const Purpose purpose =
        has_value ? purpose_of(harnessed[i], harnessed[i + 1]) : Purpose::machine;
    if (purpose == Purpose::machine) {
      bare.push_back(harnessed[i]);
      continue;
    }
    if (purpose == Purpose::serial) bare.insert(bare.end(), {"-serial", "stdio"});
    ++i;
  }
  return bare;
}

}  // namespace harness
