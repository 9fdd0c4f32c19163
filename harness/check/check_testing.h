// Records for tests, made from serial text by the real parser; and checks as a scenario would give
// them. Changing one line of the text is how a fault is injected.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "check/table.h"
#include "model/verdict.h"
#include "stream/collector.h"
#include "stream/log_testing.h"

namespace harness::testing_record {

/// One boot that said `serial`. Its ending is pass; tests of endings set another.
inline BootRecord boot_of(std::string serial) {
  BootRecord boot;
  boot.trace.serial = std::move(serial);
  boot.events = collect_events(boot.trace.serial, {});
  return boot;
}

/// A counted run with one boot for each text.
inline RunRecord run_of(const std::vector<std::string>& serials) {
  RunRecord record;
  record.scenario = "sample";
  for (const std::string& serial : serials) {
    record.boots.push_back(boot_of(serial));
    record.boots.back().index = record.boots.size();
  }
  return record;
}

/// The text with its first `from` replaced: an injected fault. Aborts the test where it is missing.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

/// A closed session with these lines. Its plan announces nothing.
inline std::string session(const std::vector<std::string>& lines) {
  SampleLog log(0, 0);
  for (const std::string& line : lines) log.line(line);
  return log.close("pass");
}

using Params = std::map<std::string, ParamValue>;

inline CheckSpec spec_of(const std::string& kind, Params params = {}) {
  return {.kind = kind, .params = std::move(params), .at = {"s.yaml", 9, 5}};
}

/// Runs one check of the table.
inline Finding run_check(const RunRecord& record, const std::string& kind, Params params = {}) {
  return find_check(kind)->run(record, spec_of(kind, std::move(params)));
}

inline ParamValue text(const char* value) { return std::string(value); }
inline ParamValue count(std::uint64_t value) { return value; }

}  // namespace harness::testing_record
