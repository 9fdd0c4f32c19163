// Bundles of programs for the guest: the writer of unikernel/jit/bundle/bundle.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace harness {

struct PackedProgram {
  std::string name;  // at most 47 characters of letters, digits, '.', '_' and '-'
  std::string file;  // the bitcode
  std::int32_t argument = 1;
  bool must_pass = true;
  bool same_answers = false;  // as the program that it replaces: for the guest `reload`
};

/// The bundle's bytes. Throws UsageError for a name that does not fit, or comes twice.
std::string pack(const std::vector<PackedProgram>& programs);

}  // namespace harness
