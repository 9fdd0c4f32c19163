#include "base/error.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "page/harmless_testing.h"
#include "record/codec.h"

namespace harness::fuzz {

int fuzz_record(const std::uint8_t* data, std::size_t size) {
  std::string once;
  try {
    once = record_to_json(record_from_json(view(data, size), "record.json"));
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
