#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "model/line_text.h"
#include "model/verdict.h"
#include "report/exports/exports.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kHost = 1, kGuest = 2;  // processes of the trace

double microseconds(std::chrono::nanoseconds time) {
  return static_cast<double>(time.count()) / 1000;
}

Json named(const char* what, int pid, std::uint64_t tid, const std::string& name) {
  return {{"name", what}, {"ph", "M"}, {"pid", pid}, {"tid", tid}, {"args", {{"name", name}}}};
}

Json span(const std::string& name, int pid, std::uint64_t tid, double begin, double length) {
  return {{"name", printable(name)}, {"ph", "X"},  {"ts", begin},
          {"dur", length},           {"pid", pid}, {"tid", tid}};
}

/// What the guest said by lines of the protocol, when it arrived.
void add_lines(const BootRecord& boot, double begin, Json& events) {
  constexpr std::size_t kMostLines = 1000, kMaxName = 100;
  std::size_t added = 0;
  for (const Line& line : boot.events.lines) {
    if (!line.protocol || line.end > boot.trace.serial.size()) continue;
    if (added++ == kMostLines) return;
    const std::string_view text = line_text(line, boot.trace.serial);
    events.push_back({{"name", printable(text.substr(0, kMaxName))},
                      {"ph", "i"},
                      {"s", "t"},
                      {"ts", begin + microseconds(line.at)},
                      {"pid", kHost},
                      {"tid", boot.index}});
  }
}

void add_boot(const BootRecord& boot, double begin, Json& events) {
  const Trace& trace = boot.trace;
  events.push_back(named("thread_name", kHost, boot.index, fmt::format("boot {}", boot.index)));
  Json whole = span(fmt::format("boot {}: {}", boot.index, verdict_name(boot.ending.kind)), kHost,
                    boot.index, begin, microseconds(trace.wall));
  if (!boot.ending.reason.empty()) whole["args"] = {{"reason", printable(boot.ending.reason)}};
  events.push_back(std::move(whole));
  if (trace.resumed > trace.resumed.zero() && trace.resumed <= trace.wall) {
    events.push_back(span("QEMU starts", kHost, boot.index, begin, microseconds(trace.resumed)));
  }
  add_lines(boot, begin, events);
  if (boot.events.phases.empty()) return;
  events.push_back(named("thread_name", kGuest, boot.index, fmt::format("boot {}", boot.index)));
  double at = 0;
  for (const Phase& phase : boot.events.phases) {
    const double length = static_cast<double>(phase.cycles) / 1000;
    events.push_back(span(phase.name, kGuest, boot.index, at, length));
    at += length;
  }
}

}  // namespace

std::string render_trace_events(const RunRecord& record) {
  Json events = Json::array();
  events.push_back(named("process_name", kHost, 0, printable(record.scenario) + ", host time"));
  events.push_back(named("process_name", kGuest, 0,
                         fmt::format("{}, guest's clock: 1 ns shows 1 of its {}",
                                     printable(record.scenario), unit_of(record))));
  double begin = 0;  // one boot after the other
  for (const BootRecord& boot : record.boots) {
    add_boot(boot, begin, events);
    begin += microseconds(boot.trace.wall);
  }
  const Json json = {{"traceEvents", std::move(events)}, {"displayTimeUnit", "ns"}};
  return json.dump(1) + "\n";
}

}  // namespace harness
