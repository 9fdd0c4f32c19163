#include "record/host_text.h"

#include <fmt/format.h>

#include "base/format.h"

namespace harness {

std::string host_text(const Host& host) {
  std::string text = host.cpu;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (host.processors != 0) add(count_of(host.processors, "processor"));
  if (host.quota) add(fmt::format("quota {:.3g}", *host.quota));
  if (!host.governor.empty()) add("governor " + host.governor);
  if (!host.kernel.empty()) add(host.kernel);
  return text;
}

}  // namespace harness
