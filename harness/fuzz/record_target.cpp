#include <algorithm>

#include "base/error.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "page/harmless_testing.h"
#include "record/codec.h"
#include "record/outline.h"

namespace harness::fuzz {

namespace {

/// Whether a list would show the same of both.
bool is_same_row(const RunRecord& a, const RunRecord& b) {
  const auto same_wall = [](const BootRecord& one, const BootRecord& other) {
    return one.trace.wall == other.trace.wall;
  };
  return a.scenario == b.scenario && a.started_at == b.started_at && a.compared == b.compared &&
         a.compared_why == b.compared_why && a.verdict.kind == b.verdict.kind &&
         a.verdict.reason == b.verdict.reason &&
         std::ranges::equal(a.findings, b.findings, {}, &Finding::status, &Finding::status) &&
         std::ranges::equal(a.boots, b.boots, same_wall);
}

}  // namespace

int fuzz_record(const std::uint8_t* data, std::size_t size) {
  const auto outline = outline_of_record(view(data, size));
  std::string once;
  try {
    const RunRecord record = record_from_json(view(data, size), "record.json");
    require(!outline || is_same_row(*outline, record), "an outline says what the record says");
    once = record_to_json(record);
  } catch (const Error& error) {
    require(error.status == ExitStatus::invalid_data, "a bad record is invalid data");
    require(std::string_view(error.what()).starts_with("record.json: "), "the file is named");
    return 0;
  }
  require(harm_in(once).empty(), "record.json is harmless text");
  // What we have written we must be able to read, and it must mean the same.
  try {
    const std::string twice = record_to_json(record_from_json(once, "record.json"));
    require(twice == once, "a record that was read and written stays as it is");
  } catch (const Error& error) {
    require(false, "a record that was written can be read:", error.what());
  }
  return 0;
}

}  // namespace harness::fuzz
