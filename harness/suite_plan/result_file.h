// result.json: what became of one instance of a suite, small, beside its reports and written after
// them. Whether it is there, and whole, is whether the instance has run: --resume and merge read it
// and no record.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "suite/suite.h"

namespace harness {

inline constexpr char kResultFile[] = "result.json";

struct SuiteResultFile {
  std::string uniharness_version = {};
  std::string plan_sha256 = {};
  std::string name = {};                 // of the instance
  std::string image_sha256 = {};         // of what it booted; empty where there was none
  std::string options = {};              // as in PlannedInstance
  std::chrono::milliseconds started{0};  // since 1970, UTC
  std::string record_sha256 = {};        // of record.json; empty: the first attempt has no reports
  std::vector<Attempt> attempts = {};    // never empty; texts are printable

  /// From the start to the end.
  [[nodiscard]] std::chrono::nanoseconds wall() const;
  /// Whether the harness could do its job in every attempt, so that nothing is to be gained by
  /// running the instance again.
  [[nodiscard]] bool says_something_of_the_guest() const;
};

std::string render_result(const SuiteResultFile& result);
/// The inverse; `name` is the file, for messages. The text may come from anywhere: throws Error
/// (invalid_data) with the path of what is missing, unknown, of the wrong type or contradicts the
/// rest.
SuiteResultFile result_from_json(std::string_view text, const std::string& name);

/// Writes result.json into `folder`, where the reports are already; fills in record_sha256. Throws
/// Error.
void keep_result(const std::filesystem::path& folder, SuiteResultFile result);

/// What `folder` holds. Throws Error (invalid_data) where there is no result.json, where it is not
/// whole, and where record.json is not the one that it was written with: reports that were copied
/// in part, or that a loss of power took, are no result.
SuiteResultFile load_result(const std::filesystem::path& folder);

}  // namespace harness
