#include "stream/code_ranges.h"

#include <iterator>

namespace harness {
namespace {

/// The address of the last byte: the end of a range may be no address.
std::uint64_t last_of(std::uint64_t base, std::uint64_t size) { return base + (size - 1); }

}  // namespace

bool CodeRanges::is_free(std::uint64_t base, std::uint64_t size) const {
  const auto next = alive_.upper_bound(base);
  if (next != alive_.end() && next->first <= last_of(base, size)) return false;
  if (next == alive_.begin()) return true;
  const auto before = std::prev(next);
  return last_of(before->first, before->second.size) < base;
}

std::string CodeRanges::apply(const CodeLine& line) {
  if (line.kind == CodeLine::Kind::move) return move(line);
  if (line.kind == CodeLine::Kind::retire) return retire(line);
  if (!is_free(line.base, line.size)) return "code is loaded over code that is alive";
  alive_[line.base] = {line.size, loads_++};
  return {};
}

/// It may overlap where it was.
std::string CodeRanges::move(const CodeLine& line) {
  const auto at = alive_.find(line.base);
  if (at == alive_.end()) return "no code that is alive begins where this is moved from";
  const Range range = at->second;
  if (range.size - 1 > ~line.to) return "code is moved beyond 64 bits";
  alive_.erase(at);
  const bool free = is_free(line.to, range.size);
  alive_[free ? line.to : line.base] = range;
  return free ? "" : "code is moved over code that is alive";
}

std::string CodeRanges::retire(const CodeLine& line) {
  const auto first = alive_.lower_bound(line.base);
  const auto end = alive_.upper_bound(last_of(line.base, line.size));
  const bool tail_of_one =
      first != alive_.begin() &&
      last_of(std::prev(first)->first, std::prev(first)->second.size) >= line.base;
  const bool head_of_one =
      first != end &&
      last_of(std::prev(end)->first, std::prev(end)->second.size) > last_of(line.base, line.size);
  if (tail_of_one || head_of_one) return "a part of code that is alive is retired";
  if (first == end) return "no code that is alive is there to retire";
  alive_.erase(first, end);
  return {};
}

}  // namespace harness
