#include "profile/made_code.h"

#include <fmt/format.h>

#include <map>

#include "stream/limits.h"

namespace harness::profile {
namespace {

/// Gives each name that several have a mark, which `mark` makes of the function and of how many of
/// this name came before.
template <class Mark>
void tell_apart(std::vector<Function>& functions, Mark mark) {
  std::map<std::string, std::uint32_t> seen, before;
  for (const Function& function : functions) ++seen[function.name];
  for (Function& function : functions) {
    if (seen[function.name] < 2) continue;
    const std::uint32_t number = ++before[function.name];
    function.name += mark(function, number);
  }
}

}  // namespace

void MadeCode::add(std::string_view serial) {
  splitter_.feed(serial);
  while (const auto raw = splitter_.next()) {
    std::string_view line = raw->bytes;
    if (raw->piece != Piece::whole || !line.starts_with(wire::kCode)) continue;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (read_line(line, values_) == LineKind::code) take(values_.code);
  }
}

void MadeCode::take(const CodeLine& line) {
  if (lines_ == EventLimits().code) {  // from here on not all is known
    if (line.kind == CodeLine::Kind::load) ++left_out_;
    return;
  }
  ++lines_;
  if (!ranges_.apply(line).empty() || line.kind != CodeLine::Kind::load) return;
  if (functions_.size() == most_) {
    ++left_out_;
    return;
  }
  functions_.push_back({line.name + " [" + line.tier + "]", line.base, false, 0, line.tier});
}

std::vector<plugin::Range> MadeCode::alive() const {
  std::vector<plugin::Range> ranges;
  constexpr std::uint32_t kFlags = plugin::kEntry | plugin::kFollowed | plugin::kGuest;
  for (const auto& [base, range] : ranges_.alive()) {
    // The last byte of all is not worth a case of its own.
    if (range.load >= functions_.size() || base + range.size < base) continue;
    ranges.push_back(
        {base, base + range.size, first_ + static_cast<std::uint32_t>(range.load), kFlags});
  }
  return ranges;
}

std::vector<Function> MadeCode::functions() const {
  std::vector<Function> functions = functions_;
  tell_apart(functions, [](const Function& one, std::uint32_t) {
    return fmt::format(" @0x{:x}", one.address);
  });
  tell_apart(functions,
             [](const Function&, std::uint32_t number) { return fmt::format(" #{}", number); });
  return functions;
}

}  // namespace harness::profile
