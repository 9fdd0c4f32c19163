// What readers of JUnit files ask of one, as a check for tests. The rules are those of the
// strictest reader, Jenkins' xUnit plugin (junit-10.xsd; the versions differ in how many decimals a
// time may have, three are the fewest), which accepts what Maven's Surefire writes. No schema is in
// this project; where the environment names one, it is used besides (e2e/junit_schema.h).
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "page/xml_testing.h"

namespace harness {

struct JunitRule {
  std::set<std::string> parents, required, optional;
  bool timed = false;  // "time" has at most three decimals
};

inline const std::map<std::string, JunitRule>& junit_rules() {
  static const JunitRule kRerun = {{"testcase"}, {"type"}, {"message"}};
  static const JunitRule kOutcome = {{"testcase"}, {}, {"type", "message"}};
  static const std::map<std::string, JunitRule> kRules = {
      {"testsuites", {{""}, {}, {"name", "time", "tests", "failures", "errors"}, true}},
      {"testsuite",
       {{"testsuites"},
        {"name", "tests", "failures", "errors"},
        {"skipped", "time", "timestamp", "hostname", "id", "package", "file"},
        true}},
      {"properties", {{"testsuite"}, {}, {}}},
      {"property", {{"properties"}, {"name", "value"}, {}}},
      {"testcase", {{"testsuite"}, {"name"}, {"time", "classname", "group"}, true}},
      {"failure", kOutcome},
      {"error", kOutcome},
      {"skipped", kOutcome},
      {"flakyFailure", kRerun},
      {"flakyError", kRerun},
      {"rerunFailure", kRerun},
      {"rerunError", kRerun},
      {"stackTrace", {{"flakyFailure", "flakyError", "rerunFailure", "rerunError"}, {}, {}}},
      {"system-out",
       {{"testsuite", "testcase", "flakyFailure", "flakyError", "rerunFailure", "rerunError"},
        {},
        {}}},
      {"system-err", {{"testsuite", "testcase"}, {}, {}}}};
  return kRules;
}

/// Digits, and at most three decimals.
inline bool is_junit_time(std::string_view time) {
  const std::size_t point = std::min(time.find('.'), time.size());
  const std::string_view decimals = time.substr(std::min(point + 1, time.size()));
  return point > 0 && decimals.size() <= 3 && time.find_first_not_of("0123456789.") == time.npos &&
         decimals.find('.') == time.npos;
}

/// What is wrong with one element by itself; empty where nothing is.
inline std::string junit_element_fault(const XmlElement& element) {
  const auto rule = junit_rules().find(element.name);
  if (rule == junit_rules().end()) return "an unknown element " + element.name;
  const JunitRule& is = rule->second;
  if (!is.parents.contains(element.parent)) return element.name + " in " + element.parent;
  for (const std::string& key : is.required) {
    if (!element.attributes.contains(key)) return element.name + " has no " + key;
  }
  for (const auto& [key, value] : element.attributes) {
    if (!is.required.contains(key) && !is.optional.contains(key)) {
      return element.name + " has " + key;
    }
    if (is.timed && key == "time" && !is_junit_time(value)) {
      return element.name + " has the time " + value;
    }
  }
  return "";
}

/// The first thing that breaks a rule, or "". Counts must agree with what is there. Throws where
/// the text is no XML.
inline std::string junit_fault(std::string_view document) {
  const std::vector<XmlElement> elements = XmlReader::read(document);
  std::map<std::string, std::size_t> counts;
  for (const XmlElement& element : elements) {
    if (std::string fault = junit_element_fault(element); !fault.empty()) return fault;
    ++counts[element.name];
  }
  const XmlElement& root = elements.front();
  if (root.name != "testsuites") return "the root is " + root.name;
  for (const auto& [attribute, element] :
       {std::pair{"tests", "testcase"}, {"failures", "failure"}, {"errors", "error"}}) {
    const auto at = root.attributes.find(attribute);
    if (at != root.attributes.end() && at->second != std::to_string(counts[element])) {
      return std::string(attribute) + " is " + at->second + ", there are " +
             std::to_string(counts[element]);
    }
  }
  return "";
}

}  // namespace harness
