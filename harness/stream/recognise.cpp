#include "stream/recognise.h"

#include "base/text.h"
#include "stream/collector.h"

namespace harness {

const Format* recognise_format(std::string_view serial) {
  const bool of_the_kernel = contains(serial, "KTAP version ");
  for (const Format& format : formats()) {
    if (of_the_kernel && format.name == "tap") continue;
    OutputRules rules;
    rules.formats = {std::string(format.name)};
    const Events events = collect_events(serial, {}, rules);
    const FormatSummary& summary = events.formats.front();
    if (summary.found && summary.results > 0 && summary.fault.empty()) return &format;
  }
  return nullptr;
}

}  // namespace harness
