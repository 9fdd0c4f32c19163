// Whether all boots printed the same, byte for byte, from [BEGIN] to [END]. Under the counted clock
// this is the proof that the clock counts: a run whose boots differ has no exact numbers at all.
#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "base/text.h"
#include "check/checks.h"
#include "check/support.h"

namespace harness {
namespace {

/// What a boot said from the start of [BEGIN] to the end of [END]; to the last byte where it has
/// no [END], all of it where it has no [BEGIN].
std::string_view session_of(const BootRecord& boot) {
  const std::string_view serial = boot.trace.serial;
  const std::size_t begin = session_begin(boot);
  std::size_t end = serial.size();
  if (const auto line = find_tag(boot, wire::kEnd)) {
    end = std::clamp(boot.events.lines[*line].end, begin, serial.size());
  }
  return serial.substr(begin, end - begin);
}

/// A boot that a limit of the harness cut short may have said less, but nothing else: where the
/// cut falls is the host's doing.
bool same(const BootRecord& a, const BootRecord& b, std::string_view said_a,
          std::string_view said_b) {
  const BootRecord& shorter = said_a.size() < said_b.size() ? a : b;
  if (said_a.size() != said_b.size() && shorter.trace.stop != StopReason::none) {
    const std::size_t common = std::min(said_a.size(), said_b.size());
    return said_a.substr(0, common) == said_b.substr(0, common);
  }
  return said_a == said_b;
}

/// The line that begins at `begin`; of a long one what stands around `difference`.
std::string shown_line(std::string_view text, std::size_t begin, std::size_t difference) {
  constexpr std::size_t kBefore = 20, kShort = 60;
  const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  std::size_t left_out = difference - begin;
  if (left_out <= kShort) return quote(line);
  left_out -= kBefore;
  // Not from within a character of UTF-8.
  while (left_out > 0 && (static_cast<unsigned char>(line[left_out]) & 0xC0) == 0x80) --left_out;
  return quote("..." + std::string(line.substr(left_out)));
}

std::string first_difference(std::string_view a, std::string_view b, const BootRecord& first,
                             const BootRecord& other) {
  const auto [at, unused] = std::ranges::mismatch(a, b);
  const auto offset = static_cast<std::size_t>(at - a.begin());
  const std::string_view common = a.substr(0, offset);
  const std::size_t newline = common.rfind('\n');
  const std::size_t line_begin = newline == std::string_view::npos ? 0 : newline + 1;
  return fmt::format("line {} of the session differs: boot {} says {}, boot {} says {}",
                     1 + std::ranges::count(common, '\n'), first.index,
                     shown_line(a, line_begin, offset), other.index,
                     shown_line(b, line_begin, offset));
}

}  // namespace

Finding check_identical(const RunRecord& record, const CheckSpec& spec) {
  Finding finding{.check = title_of(spec), .figure = {}, .reason = {}, .at = spec.at};
  if (record.boots.empty()) return finding;
  const BootRecord& first = record.boots.front();
  const std::string_view said = session_of(first);
  for (const BootRecord& boot : record.boots) {
    const std::string_view other = session_of(boot);
    if (same(first, boot, said, other)) continue;
    // In host time boots may differ; the scenario asked that they do not.
    finding.status = record.fingerprint.clock == ClockKind::counted ? FindingStatus::invalid
                                                                    : FindingStatus::fail;
    finding.reason = first_difference(said, other, first, boot);
    break;
  }
  finding.figure = fmt::format("{}, {}", count_of(record.boots.size(), "boot"),
                               amount(said.size(), wire::kBytes));
  return finding;
}

}  // namespace harness
