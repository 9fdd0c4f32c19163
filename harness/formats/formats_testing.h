// For tests: a log read by a format, as short text.
#pragma once

#include <string>
#include <string_view>

#include "formats/formats.h"

namespace harness::testing_formats {

inline FormatResults read_log(std::string_view format, std::string_view log) {
  const auto reader = find_format(format)->make();
  while (!log.empty()) {
    const std::size_t end = std::min(log.find('\n'), log.size());
    reader->see(log.substr(0, end));
    log.remove_prefix(std::min(end + 1, log.size()));
  }
  return reader->finish();
}

/// "a pass, b/c fail (why)", then "; fault" where there is one.
inline std::string told(std::string_view format, std::string_view log) {
  const FormatResults all = read_log(format, log);
  std::string text;
  for (const TestResult& test : all.tests) {
    text += (text.empty() ? "" : ", ") + test.name + " " + wire::status_name(test.status);
    if (test.result) text += " (" + *test.result + ")";
  }
  if (!all.summary.fault.empty()) text += "; " + all.summary.fault;
  return text;
}

}  // namespace harness::testing_formats
