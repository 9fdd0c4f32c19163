#include "suite_plan/result_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"
#include "base/json_reading.h"
#include "base/sha256.h"
#include "base/time.h"
#include "model/verdict.h"
#include "suite/guest_tests_json.h"
#include "suite_plan/record_verdict.h"
#include "suite_plan/suite_plan.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int kResultSchema = 1;
constexpr std::size_t kResultBytes = 4u << 20;
constexpr std::size_t kResultDepth = 6;
constexpr std::uint64_t kMostStarted = 4'000'000'000'000;  // in 2096; its nanoseconds are a number
constexpr std::size_t kMostAttempts = 101;                 // --retry 100
constexpr char kResultHint[] = "run the instance again: uniharness run --resume FOLDER";
constexpr char kRecord[] = "record.json";

Json result_attempt_json(const Attempt& attempt) {
  Json json = {{"verdict", verdict_name(attempt.verdict.kind)},
               {"reason", printable_lines(attempt.verdict.reason)},
               {"evidence", printable_lines(attempt.evidence)},
               {"reported", attempt.reported},
               {"wall_ms", in_milliseconds(attempt.wall)},
               {"boots_ms", in_milliseconds(attempt.boots)}};
  write_guest_tests(attempt.tests, json);
  return json;
}

Attempt read_result_attempt(const Json& json, const JsonPlace& at) {
  require_keys(json, at, {"verdict", "reason", "evidence", "reported", "wall_ms", "boots_ms"},
               {kGuestTestsKey});
  const auto kind = verdict_of(read_shown_text(json["verdict"], at.member("verdict")));
  if (!kind || *kind == VerdictKind::interrupted) {
    at.member("verdict").refuse("not the name of a verdict that is a result");
  }
  Attempt attempt;
  attempt.verdict = {*kind, read_shown_text(json["reason"], at.member("reason"))};
  attempt.evidence = read_shown_text(json["evidence"], at.member("evidence"));
  attempt.reported = read_flag(json["reported"], at.member("reported"));
  const bool good = *kind == VerdictKind::pass || *kind == VerdictKind::skip;
  if (good && !attempt.reported) at.member("reported").refuse("a pass and a skip have a report");
  if (*kind == VerdictKind::pass && !attempt.verdict.reason.empty()) {
    at.member("reason").refuse("a pass has none");
  }
  attempt.wall =
      read_milliseconds(json["wall_ms"], at.member("wall_ms"), kMostInstanceMilliseconds);
  attempt.boots =
      read_milliseconds(json["boots_ms"], at.member("boots_ms"), kMostInstanceMilliseconds);
  attempt.tests = read_guest_tests(json, at);
  return attempt;
}

/// "" for what is no file, or none that a run writes.
std::string record_hash(const fs::path& file) {
  constexpr std::uintmax_t kMostBytes = std::uintmax_t{1} << 30;
  std::error_code error;
  if (!fs::is_regular_file(file, error) || fs::file_size(file, error) > kMostBytes) return {};
  try {
    return sha256_of_file(file);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

std::chrono::nanoseconds SuiteResultFile::wall() const {
  std::chrono::nanoseconds sum{0};
  for (const Attempt& attempt : attempts) sum += attempt.wall;
  return sum;
}

bool SuiteResultFile::says_something_of_the_guest() const {
  return std::ranges::none_of(attempts, [](const Attempt& attempt) {
    return attempt.verdict.kind == VerdictKind::harness_error;
  });
}

std::string render_result(const SuiteResultFile& result) {
  Json json = {{"uniharness_result", kResultSchema},
               {"uniharness", result.uniharness_version},
               {"plan", result.plan_sha256},
               {"name", result.name},
               {"image_sha256", result.image_sha256},
               {"options", result.options},
               {"started_ms", result.started.count()},
               {"record_sha256", result.record_sha256},
               {"attempts", Json::array()}};
  for (const Attempt& attempt : result.attempts) {
    json["attempts"].push_back(result_attempt_json(attempt));
  }
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

SuiteResultFile result_from_json(std::string_view text, const std::string& name) {
  const JsonPlace root{name, kResultHint};
  const Json json = is_valid_json(text, kResultDepth) ? Json::parse(text, nullptr, false) : Json();
  if (json.is_null() || json.is_discarded()) root.refuse("not JSON, or nested too deep");
  require_keys(json, root,
               {"uniharness_result", "uniharness", "plan", "name", "image_sha256", "options",
                "started_ms", "record_sha256", "attempts"});
  if (json["uniharness_result"] != kResultSchema) {
    root.member("uniharness_result")
        .refuse("this version reads results of schema " + std::to_string(kResultSchema));
  }
  SuiteResultFile result;
  result.uniharness_version = read_shown_text(json["uniharness"], root.member("uniharness"));
  result.plan_sha256 = read_shown_text(json["plan"], root.member("plan"));
  result.name = read_shown_text(json["name"], root.member("name"));
  result.image_sha256 = read_shown_text(json["image_sha256"], root.member("image_sha256"));
  result.options = read_shown_text(json["options"], root.member("options"));
  result.record_sha256 = read_shown_text(json["record_sha256"], root.member("record_sha256"));
  result.started = std::chrono::milliseconds(
      read_count(json["started_ms"], root.member("started_ms"), kMostStarted));
  for (const Json& attempt : read_array(json["attempts"], root.member("attempts"))) {
    result.attempts.push_back(
        read_result_attempt(attempt, root.member("attempts").item(result.attempts.size())));
  }
  if (result.attempts.empty()) root.member("attempts").refuse("at least one is expected");
  if (result.attempts.size() > kMostAttempts) root.member("attempts").refuse("too many");
  if (result.attempts.front().reported != !result.record_sha256.empty()) {
    root.member("record_sha256").refuse("does not agree with attempts[0].reported");
  }
  return result;
}

void keep_result(const fs::path& folder, SuiteResultFile result) {
  const bool reported = result.attempts.front().reported;
  result.record_sha256 = reported ? sha256_of_file(folder / kRecord) : "";
  write_atomically(folder / kResultFile, render_result(result));
}

SuiteResultFile load_result(const fs::path& folder) {
  const fs::path file = folder / kResultFile;
  std::error_code error;
  if (!fs::exists(file, error)) {
    throw Error(folder.string() + ": holds no result.json: the instance did not end there",
                kResultHint, ExitStatus::invalid_data);
  }
  SuiteResultFile result = result_from_json(read_file(file, kResultBytes), file.string());
  if (result.record_sha256.empty()) return result;
  if (record_hash(folder / kRecord) != result.record_sha256) {
    throw Error(folder.string() + ": record.json is not the one that result.json was written with",
                kResultHint, ExitStatus::invalid_data);
  }
  const Verdict& said = result.attempts.front().verdict;
  const std::optional<Verdict> recorded = verdict_in_record(folder / kRecord);
  if (!recorded || recorded->kind != said.kind ||
      printable_lines(recorded->reason) != printable_lines(said.reason)) {
    throw Error(folder.string() + ": the verdict of result.json is not that of record.json",
                kResultHint, ExitStatus::invalid_data);
  }
  return result;
}

}  // namespace harness
