#include "command_line/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

namespace harness {
namespace {

// To add a kind of value: a row here.
constexpr ValueKind kValueKinds[] = {
    {"FILE", Expected::files},
    {"IMAGE", Expected::files},
    {"SIDE", Expected::files},
    {"SCENARIO", Expected::scenarios},
    {"FOLDER", Expected::folders},
    {"REPORT", Expected::folders},
    {"INSTANCE", Expected::nothing, true},
    {"METRIC", Expected::nothing, true},
    {"METRIC=LIMIT", Expected::nothing, true},
    {"COMMAND", Expected::nothing, true},
    {"N"},
    {"I/N"},
    {"PERCENT"},
    {"SECONDS"},
    {"SIZE"},
    {"TIME"},
    {"WORDS"},
    {"NAME"},
    {"COMMIT"},
    {"TYPE"},
    {"ARCH"},
    {"PROJECT"},
    {"SHELL"},
    {"KIND"},
};

constexpr std::size_t kShortValues = 24;

}  // namespace

const ValueKind& value_kind(std::string_view name) {
  const auto* const at = std::ranges::find(kValueKinds, name, &ValueKind::name);
  if (at != std::end(kValueKinds)) return *at;
  throw std::logic_error(fmt::format("no kind of value is called '{}'", name));
}

std::string value_text(const OptionWords& option) {
  const std::string all = fmt::format("{}", fmt::join(option.values, "|"));
  return !all.empty() && all.size() <= kShortValues ? all : option.value;
}

const CommandWords* find_command(const CommandWords& command, std::string_view name) {
  const auto at = std::ranges::find(command.commands, name, &CommandWords::name);
  return at == command.commands.end() ? nullptr : &*at;
}

const OptionWords* find_option(const CommandWords& command, std::string_view name) {
  const auto at = std::ranges::find_if(command.options, [&](const OptionWords& option) {
    return std::ranges::find(option.names, name) != option.names.end();
  });
  return at == command.options.end() ? nullptr : &*at;
}

}  // namespace harness
