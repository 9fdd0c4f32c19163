// What others call the architectures of kArchitectures.
#pragma once

#include <string_view>

namespace harness {

/// "arm64" -> "aarch64"; "" for a name that no one uses, or that is ours already. To add one: a
/// row.
constexpr std::string_view architecture_synonym(std::string_view name) {
  constexpr struct {
    std::string_view other, ours;
  } kSynonyms[] = {{"arm64", "aarch64"}, {"amd64", "x86_64"}, {"x86-64", "x86_64"},
                   {"x64", "x86_64"},    {"x86", "i386"},     {"i686", "i386"},
                   {"armv7", "arm"},     {"arm32", "arm"},    {"riscv", "riscv64"},
                   {"rv64", "riscv64"}};
  for (const auto& one : kSynonyms) {
    if (one.other == name) return one.ours;
  }
  return "";
}

}  // namespace harness
