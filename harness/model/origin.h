// Where a run comes from: the sources that were measured, and the CI job that ran it.
#pragma once

#include <string>

namespace harness {

/// Texts are empty where it is not known.
struct Origin {
  std::string commit = {};   // of the work tree that uniharness was started in: the whole id
  bool changed = false;      // tracked files differed from it
  std::string ci = {};       // "GitHub Actions"; empty: no CI system that is known
  std::string job = {};      // what that calls it: "test, run 55"
  std::string address = {};  // of the job, on the web
};

}  // namespace harness
