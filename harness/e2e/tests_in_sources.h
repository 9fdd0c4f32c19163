// For tests that hold a document's table of proofs against the sources.
#pragma once

#include <regex>
#include <set>
#include <string>

#include "base/files.h"
#include "e2e/e2e.h"

namespace harness {

/// "Suite.Name" of every test below harness/.
inline std::set<std::string> tests_in_sources() {
  const std::regex form(R"(\nTEST(?:_F|_P)?\((\w+),\s*(\w+)\))");
  std::set<std::string> names;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(UNIHARNESS_SOURCE_DIR) / "harness")) {
    if (!entry.path().string().ends_with("_test.cpp")) continue;
    const std::string text = read_file(entry.path());
    for (std::sregex_iterator at(text.begin(), text.end(), form), end; at != end; ++at) {
      names.insert((*at)[1].str() + "." + (*at)[2].str());
    }
  }
  return names;
}

}  // namespace harness
