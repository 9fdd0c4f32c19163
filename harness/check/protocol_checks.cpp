// How the session went: its ending, whether all of it arrived, its tests, and the way it booted.
#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "base/text.h"
#include "check/checks.h"
#include "check/support.h"
#include "model/verdict.h"
#include "record/brief_reason.h"

namespace harness {
namespace {

constexpr bool is_clean(char byte) {
  return (byte >= 0x20 && byte < 0x7F) || byte == '\t' || byte == '\n' || byte == '\r';
}

std::string damage_text(const ProtocolError& damage) {
  return fmt::format("line {} is damaged ({}): {}", damage.line, printable(damage.why),
                     quote(damage.text));
}

/// Fewer than planned is a loss, more is a plan that is wrong.
std::optional<Fault> plan_fault(std::string_view noun, std::uint64_t planned,
                                std::uint64_t arrived) {
  if (planned == arrived) return std::nullopt;
  return Fault{
      arrived < planned ? FindingStatus::fail : FindingStatus::invalid,
      fmt::format("[BEGIN] announced {}, {} arrived", count_of(planned, noun), grouped(arrived))};
}

std::uint64_t metrics_of(const Events& events) {
  return events.timings.size() + events.benches.size() + events.profiles.size() +
         events.metrics.size();
}

/// The first thing that is missing or wrong between [BEGIN] and [END].
std::optional<Fault> completeness_fault(const Events& events) {
  const auto missing = [&](const char* tag, const char* meaning) {
    const std::string why = events.protocol_errors.empty()
                                ? std::string()
                                : "; " + damage_text(events.protocol_errors.front());
    return Fault{FindingStatus::fail,
                 fmt::format("{} was expected and did not arrive: {}{}", tag, meaning, why)};
  };
  if (!events.begin) return missing(wire::kBegin, "the guest never opened its session");
  if (!events.end) return missing(wire::kEnd, "the output is cut short");
  if (events.end->lines != events.counted_lines) {
    return Fault{FindingStatus::invalid,
                 fmt::format("{} arrived, [END] says {}", count_of(events.counted_lines, "line"),
                             grouped(events.end->lines))};
  }
  if (events.end->crc != events.computed_crc) {
    return Fault{FindingStatus::invalid,
                 fmt::format("the checksum of what arrived is {:08X}, [END] says {:08X}",
                             events.computed_crc, events.end->crc)};
  }
  if (!events.protocol_errors.empty()) {
    return Fault{FindingStatus::invalid, damage_text(events.protocol_errors.front())};
  }
  if (auto fault = plan_fault("test", events.begin->tests, events.tests.size())) return fault;
  return plan_fault("metric", events.begin->metrics, metrics_of(events));
}

/// How often each kind of ending was seen, as words: "pass in 2 boots".
std::string endings_text(const RunRecord& record) {
  std::string words;
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const VerdictRow& row = kVerdictTable[i];
    const auto count = std::ranges::count_if(
        record.boots, [&](const BootRecord& boot) { return boot.ending.kind == row.kind; });
    if (count == 0) continue;
    if (!words.empty()) words += ", ";
    words += fmt::format("{} in {}", row.name, count_of(static_cast<std::uint64_t>(count), "boot"));
  }
  return words;
}

}  // namespace

Finding check_ending(const RunRecord& record, const CheckSpec& spec) {
  const std::string wanted = text_param(spec, "is");
  Finding finding = over_boots(record, spec, title_of(spec, wanted), [&](const BootRecord& boot) {
    if (verdict_of(wanted) == boot.ending.kind) return Seen{};
    const std::string why = boot.ending.reason.empty()
                                ? ""
                                : " (" + printable(without_registers(boot.ending.reason)) + ")";
    return failed(
        fmt::format("the ending is {}{}, must be {}", verdict_name(boot.ending.kind), why, wanted));
  });
  finding.figure = endings_text(record);
  return finding;
}

Finding check_clean(const RunRecord& record, const CheckSpec& spec) {
  return over_boots(record, spec, title_of(spec), [](const BootRecord& boot) {
    // Firmware may send terminal escapes before the guest speaks; they are not the guest's.
    const std::size_t begin = session_begin(boot);
    const std::string_view serial = std::string_view(boot.trace.serial).substr(begin);
    const auto bad = std::ranges::find_if_not(serial, is_clean);
    if (bad == serial.end()) return Seen{.numbers = {{"checked", serial.size(), "bytes"}}};
    const std::size_t at = begin + static_cast<std::size_t>(bad - serial.begin());
    const auto line =
        1 + std::ranges::count(boot.trace.serial.begin(),
                               boot.trace.serial.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    const auto first = boot.trace.serial.rfind('\n', at);
    const std::size_t column = first == std::string::npos ? at + 1 : at - first;
    return failed(fmt::format("line {}, column {} holds byte 0x{:02X}, which is not text", line,
                              column, static_cast<unsigned char>(*bad)));
  });
}

Finding check_complete(const RunRecord& record, const CheckSpec& spec) {
  return over_boots(record, spec, title_of(spec), [](const BootRecord& boot) {
    const Events& events = boot.events;
    return Seen{.numbers = {{"lines", events.counted_lines},
                            {"tests", events.tests.size()},
                            {"metrics", metrics_of(events)}},
                .fault = completeness_fault(events)};
  });
}

Finding check_test(const RunRecord& record, const CheckSpec& spec) {
  const std::string name = text_param(spec, "name");
  const auto* stated = param<std::string>(spec, "status");
  const std::string wanted = stated ? *stated : wire::status_name(wire::Status::pass);
  return over_boots(record, spec, title_of(spec, name), [&](const BootRecord& boot) {
    const std::vector<const TestResult*> found = rows_named(boot.events.tests, name);
    if (auto fault = arrival_fault(boot, wire::kTest, name, found.size())) {
      return Seen{.fault = std::move(fault)};
    }
    const TestResult& test = *found.front();
    Seen seen{.words = wire::status_name(test.status)};
    if (test.result) seen.words += ", result " + quote(*test.result);
    if (test.iterations) {
      seen.numbers.push_back({"iterations", *test.iterations, {}, range_param(spec, "iterations")});
    }
    if (wire::status_name(test.status) != wanted) {
      seen.fault = Fault{FindingStatus::fail, fmt::format("status is {}, must be {}",
                                                          wire::status_name(test.status), wanted)};
    } else if (param<Range>(spec, "iterations") && !test.iterations) {
      seen.fault = Fault{FindingStatus::fail, "iterations was expected and did not arrive"};
    } else if (const auto* result = param<std::string>(spec, "result");
               result && test.result != *result) {
      const std::string got = test.result ? "is " + quote(*test.result) : "did not arrive";
      seen.fault =
          Fault{FindingStatus::fail, fmt::format("result {}, must be {}", got, quote(*result))};
    }
    return seen;
  });
}

Finding check_entry(const RunRecord& record, const CheckSpec& spec) {
  const std::string wanted = text_param(spec, "via");
  return over_boots(record, spec, title_of(spec, wanted), [&](const BootRecord& boot) {
    if (!boot.events.begin) return failed("[BEGIN] was expected and did not arrive");
    const std::string via = wire::boot_path_name(boot.events.begin->boot);
    Seen seen{.words = via};
    if (via != wanted) {
      seen.fault = Fault{FindingStatus::fail,
                         fmt::format("the image was entered via {}, must be {}", via, wanted)};
    }
    return seen;
  });
}

}  // namespace harness
