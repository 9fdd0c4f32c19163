#include "cluster/driver.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "cluster/engines.h"

namespace harness {
namespace {

// To add an engine: a file like slurm.cpp, and its row here.
constexpr std::array kDrivers = {slurm_driver, grid_engine_driver};

}  // namespace

std::optional<std::size_t> count_in_answer(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view next_answer_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::string known_engines() {
  std::string known;
  for (const auto& row : kDrivers) known += (known.empty() ? "" : ", ") + std::string(row().name);
  return known;
}

const ClusterDriver& cluster_driver(std::string_view name) {
  for (const auto& row : kDrivers) {
    if (row().name == name) return row();
  }
  throw UsageError(fmt::format("--on {}: no such engine", printable(name)),
                   "known: " + known_engines() + "; for others see docs/CLUSTER.md");
}

}  // namespace harness
