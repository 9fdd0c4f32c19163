#include "scenario/steps.h"

#include <fmt/format.h>

#include "model/param.h"
#include "scenario/shape.h"

namespace harness {
namespace {

using Type = ParamType;

const ParamSpec kStepParams[] = {
    {.name = "wait",
     .type = Type::prose,
     .help = "Until this text has come, behind the text of the wait before it. It need not be a "
             "line: a prompt has no end."},
    {.name = "within",
     .type = Type::duration,
     .help = "The longest that it may take; over it, the verdict is timeout.",
     .within = {1, 3'600'000},
     .needs = "wait"},
    {.name = "send",
     .type = Type::prose,
     .help = "Bytes for the guest's serial port. A key that ends a line is \"\\n\" or \"\\r\"."},
    {.name = "send_file",
     .type = Type::text,
     .help =
         "A file of up to 64 KB, whose bytes are sent as they are: a program, an image, a script. "
         "A file in images/, or else from the scenario file's folder."},
    {.name = "stop",
     .type = Type::flag,
     .help = "true: the boot ends here, and ends well. For guests that never end by themselves."},
};
constexpr std::size_t kMaxBytes = 4096;  // what the socket to QEMU holds by itself, many times

/// A text that is there, and not so long that it could block.
bool is_sane(const std::string& text) { return !text.empty() && text.size() <= kMaxBytes; }

}  // namespace

std::span<const ParamSpec> step_params() { return kStepParams; }

std::vector<Step> read_steps(const Node& list, Faults& faults) {
  std::vector<Step> steps;
  if (list.kind != Node::Kind::list || list.items.empty()) {
    faults.add(list.at,
               fmt::format("steps holds {}, must hold a list",
                           list.kind == Node::Kind::list ? "nothing" : kind_text(list.kind)),
               "write: - wait: \"login: \"");
    return steps;
  }
  Shape shape{.name = "a step", .params = {}, .one_of = {"wait", "send", "send_file", "stop"}};
  for (const ParamSpec& spec : kStepParams) shape.params.push_back(&spec);
  for (const Node& item : list.items) {
    if (!steps.empty() && steps.back().stop) {
      faults.add(item.at, "a step behind 'stop: true', where the boot is over", "remove it");
      break;
    }
    Step step;
    for (const auto& [name, given] : read_map(item, shape, faults)) {
      if (name == "within") {
        step.within = std::chrono::milliseconds(std::get<std::uint64_t>(given.value));
      } else if (name == "stop") {
        step.stop = std::get<bool>(given.value);
        if (!step.stop) faults.add(given.at, "stop: 'false' stops nothing", "remove the step");
      } else if (name == "send_file") {
        step.send_file = std::get<std::string>(given.value);
      } else {
        std::string& text = name == "wait" ? step.wait : step.send;
        text = std::get<std::string>(given.value);
        if (!is_sane(text)) {
          faults.add(given.at, fmt::format("{}: the text is empty, or too long", name),
                     fmt::format("write from 1 to {} characters", kMaxBytes));
        }
      }
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace harness
