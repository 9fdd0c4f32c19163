#include "report/crash.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "record/brief_reason.h"
#include "report/digest.h"

namespace harness {
namespace {

/// With the digits of its machine's addresses.
std::string hex_text(std::uint64_t value) {
  return value > UINT32_MAX ? fmt::format("0x{:016x}", value) : fmt::format("0x{:08x}", value);
}

std::string place_text(const CrashFrame& frame) {
  return fmt::format("{}:{}", printable(frame.file), frame.line);
}

}  // namespace

CrashWords crash_words(const BootRecord& boot) {
  if (!boot.events.panics.empty() || boot.events.crash) return {"crashed here", "Where it crashed"};
  if (boot.ending.kind == VerdictKind::reset) {
    return {"reset the machine here", "Where it reset the machine"};
  }
  return {"was here when it was ended", "Where it was when it was ended"};
}

std::string frame_text(const CrashFrame& frame, std::size_t number) {
  std::string text = fmt::format("#{} {}", number, hex_text(frame.address));
  if (!frame.function.empty()) {
    text += fmt::format(" {}+0x{:x}", printable(frame.function), frame.offset);
  }
  if (!frame.file.empty()) text += " at " + place_text(frame);
  return text;
}

std::string crash_place_text(const CrashSite& site) {
  const auto at = std::ranges::find_if(
      site.frames, [](const CrashFrame& frame) { return !frame.function.empty(); });
  if (at == site.frames.end()) return {};
  std::string text = printable(at->function);
  return at->file.empty() ? text : text + " at " + place_text(*at);
}

std::string crash_place_text(const RunRecord& record) {
  const BootRecord* boot = shown_boot(record);
  // A bad end that was asked for is nothing to be looked into.
  if (boot == nullptr || !boot->crash_site || ending_accepted(record, *boot)) return {};
  return crash_place_text(*boot->crash_site);
}

std::string head_reason(const RunRecord& record) {
  std::string reason = without_registers(record.verdict.reason);
  if (reason.empty()) return reason;
  const std::string place = crash_place_text(record);
  return place.empty() ? reason : reason + ", in " + place;
}

std::vector<std::string> crash_lines(const CrashSite& site) {
  std::vector<std::string> lines;
  const auto& frames = site.frames;
  for (std::size_t i = 0; i < frames.size();) {
    const std::size_t first = i++;
    while (i < frames.size() && frames[i].address == frames[first].address) ++i;
    lines.push_back(frame_text(frames[first], first));
    if (i - first > 1) lines.back() += fmt::format(" ({} times)", i - first);
  }
  if (!site.instruction.empty()) lines.push_back("instruction: " + printable(site.instruction));
  if (site.symbols.empty() && !site.frames.empty()) {
    lines.emplace_back("no symbols: image.symbols names the ELF file that has them");
  }
  return lines;
}

std::vector<std::string> register_lines(const CrashSite& site) {
  constexpr std::size_t kPerLine = 4;
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < site.registers.size(); ++i) {
    if (i % kPerLine == 0) lines.emplace_back();
    const CrashRegister& one = site.registers[i];
    lines.back() += fmt::format("{}{}={}", i % kPerLine == 0 ? "" : "  ", printable(one.name),
                                hex_text(one.value));
  }
  return lines;
}

std::vector<std::string> crash_and_register_lines(const CrashSite& site) {
  std::vector<std::string> lines = crash_lines(site);
  std::ranges::move(register_lines(site), std::back_inserter(lines));
  return lines;
}

}  // namespace harness
