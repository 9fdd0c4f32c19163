// For tests: a log read by a format, as short text.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "console_text/plain_line.h"
#include "console_text/prefix.h"
#include "formats/formats.h"

namespace harness::testing_formats {

inline FormatResults read_log(FormatReader& reader, std::string_view log) {
  PlainLine plain;
  while (!log.empty()) {
    const std::size_t end = std::min(log.find('\n'), log.size());
    for (const std::string_view part : plain.parts(log.substr(0, end))) {
      reader.see(without_stamps(part));
    }
    log.remove_prefix(std::min(end + 1, log.size()));
  }
  return reader.finish();
}
inline FormatResults read_log(std::string_view format, std::string_view log) {
  return read_log(*find_format(format)->make(), log);
}

/// How good a verdict these results allow; the higher the worse.
enum class Rank { pass, skip, worse };

inline Rank rank_of(const FormatResults& all) {
  if (!all.summary.found || !all.summary.fault.empty()) return Rank::worse;
  for (const TestResult& test : all.tests) {
    if (test.status == wire::Status::fail) return Rank::worse;
  }
  if (all.summary.status == wire::Status::fail) return Rank::worse;
  return all.summary.status == wire::Status::skip ? Rank::skip : Rank::pass;
}

/// "a pass, b/c fail (why)", then "; fault" where there is one.
inline std::string text_of(const FormatResults& all) {
  std::string text;
  for (const TestResult& test : all.tests) {
    text += (text.empty() ? "" : ", ") + test.name + " " + wire::status_name(test.status);
    if (test.result) text += " (" + *test.result + ")";
  }
  if (!all.summary.fault.empty()) text += "; " + all.summary.fault;
  return text;
}
inline std::string told(std::string_view format, std::string_view log) {
  return text_of(read_log(format, log));
}

}  // namespace harness::testing_formats
