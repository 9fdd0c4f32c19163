#include "report/crash.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/listing.h"
#include "base/text.h"
#include "record/brief_reason.h"
#include "report/digest.h"
#include "report/test_failure.h"

namespace harness {
namespace {

/// With the digits of its machine's addresses.
std::string hex_text(std::uint64_t value) {
  return value > UINT32_MAX ? fmt::format("0x{:016x}", value) : fmt::format("0x{:08x}", value);
}

std::string place_text(const CrashFrame& frame) {
  return fmt::format("{}:{}", printable(frame.file), frame.line);
}

constexpr char kNoSymbols[] = "no symbols: image.symbols names the ELF file that has them";

/// What the line with the place says behind it, if that is more than that something failed:
/// "adds.cpp:9:5: error: 7 * 6 is 41" gives "error: 7 * 6 is 41".
std::string words_behind(std::string_view line, const std::string& place) {
  const std::size_t at = line.find(place);
  if (at == line.npos) return {};
  line.remove_prefix(at + place.size());
  line.remove_prefix(std::min(line.find_first_not_of(":0123456789"), line.size()));
  line = trimmed(line);
  return line == "Failure" ? std::string() : std::string(line);
}

/// Of first_place() where tests failed.
std::string test_place(const RunRecord& record) {
  constexpr std::size_t kMostWords = 160;
  if (!contains(record.verdict.reason, "failed tests: ")) return {};
  const std::vector<TestOverBoots> tests = failed_tests_of(record);
  for (const TestOverBoots& test : tests) {
    const TestFailure failure = failure_of(boot_of(record, test.boot), test.shown);
    if (failure.file.empty()) continue;
    const std::string place = fmt::format("{}:{}", printable(failure.file), failure.line);
    if (tests.size() > 1)
      return fmt::format("of which {} at {}", printable(test.shown.name), place);
    const auto line = std::ranges::find_if(
        failure.output, [&](const std::string& one) { return contains(one, place); });
    const std::string words =
        line == failure.output.end() ? "" : shortened(words_behind(*line, place), kMostWords);
    return "at " + place + (words.empty() ? "" : ": " + words);
  }
  if (tests.size() != 1) return {};
  const std::optional<std::string>& result = tests.front().shown.result;
  return result ? "with the result " + shortened(printable(*result), kMostWords) : std::string();
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

std::string first_place(const RunRecord& record) {
  const BootRecord* boot = shown_boot(record);
  // A bad end that was asked for is nothing to be looked into.
  if (boot != nullptr && boot->crash_site && !ending_accepted(record, *boot)) {
    const std::string place = crash_place_text(*boot->crash_site);
    if (!place.empty()) return "in " + place;
    const auto& frames = boot->crash_site->frames;
    if (frames.empty()) return {};
    const std::string address = "at " + hex_text(frames.front().address);
    return boot->crash_site->symbols.empty() ? fmt::format("{} ({})", address, kNoSymbols)
                                             : address;
  }
  return test_place(record);
}

std::string reason_beside_crash(const RunRecord& record) {
  const BootRecord* boot = shown_boot(record);
  const bool elsewhere = boot != nullptr && boot->crash_site &&
                         !(boot->crash_site->frames.empty() && boot->crash_site->registers.empty());
  return elsewhere ? without_registers(record.verdict.reason) : record.verdict.reason;
}

std::string head_reason(const RunRecord& record) {
  if (is_worse_than_its_verdict(record)) return record.compared_why;
  std::string reason = reason_beside_crash(record);
  if (reason.empty()) return reason;
  const std::string place = first_place(record);
  return place.empty() ? reason : reason + ", " + place;
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
    lines.emplace_back(kNoSymbols);
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
