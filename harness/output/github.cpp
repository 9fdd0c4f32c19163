#include "output/github.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string_view>
#include <system_error>

namespace harness {
namespace {

std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

}  // namespace

bool in_github_step() { return variable("GITHUB_ACTIONS") == "true"; }

std::string without_commands(const std::string& text) {
  std::random_device random;
  std::string token = "uniharness";
  for (int i = 0; i < 4; ++i) token += fmt::format("-{:08x}", random());
  const bool ends = text.empty() || text.back() == '\n';
  return "::stop-commands::" + token + "\n" + text + (ends ? "" : "\n") + "::" + token + "::\n";
}

void add_to_step_summary(const std::string& markdown) {
  constexpr std::size_t kLimit = 1 << 20;
  const std::filesystem::path file = variable("GITHUB_STEP_SUMMARY");
  if (file.empty()) return;
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if ((error ? 0 : size) + markdown.size() + 1 > kLimit) return;
  std::ofstream(file, std::ios::app | std::ios::binary) << markdown << "\n";
}

}  // namespace harness
