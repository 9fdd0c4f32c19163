#include "suite/guest_tests_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

GuestTest read_guest_test(const Json& json, const JsonPlace& at) {
  require_keys(json, at, {"name", "status"}, {"details"});
  GuestTest test{.name = read_shown_text(json["name"], at.member("name"))};
  const auto* const word = std::ranges::find_if(
      wire::kStatusNames, [&](const char* name) { return json["status"] == name; });
  if (word == std::end(wire::kStatusNames)) at.member("status").refuse("not a status of a test");
  test.status = static_cast<wire::Status>(word - std::begin(wire::kStatusNames));
  if (json.contains("details")) {
    test.details = read_shown_text(json["details"], at.member("details"));
  }
  return test;
}

}  // namespace

void write_guest_tests(const std::vector<GuestTest>& tests, Json& attempt) {
  if (tests.empty()) return;
  Json array = Json::array();
  for (const GuestTest& test : tests) {
    Json one = {{"name", test.name}, {"status", wire::status_name(test.status)}};
    if (!test.details.empty()) one["details"] = printable_lines(test.details);
    array.push_back(std::move(one));
  }
  attempt[kGuestTestsKey] = std::move(array);
}

std::vector<GuestTest> read_guest_tests(const Json& attempt, const JsonPlace& at) {
  std::vector<GuestTest> tests;
  if (!attempt.contains(kGuestTestsKey)) return tests;
  const JsonPlace place = at.member(kGuestTestsKey);
  for (const Json& test : read_array(attempt[kGuestTestsKey], place)) {
    if (tests.size() == kMaxGuestTests) place.refuse("more tests than are kept");
    tests.push_back(read_guest_test(test, place.item(tests.size())));
  }
  return tests;
}

}  // namespace harness
