#include "profile/saved_numbers.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"

namespace harness::profile {
namespace {

constexpr std::size_t kMaxBytes = 64u << 20;

/// Throws nlohmann::json::exception for what is not a profile.
SavedNumbers numbers_of(const nlohmann::json& json) {
  SavedNumbers saved;
  saved.scenario = json.value("scenario", "");
  saved.image_sha256 = json.at("image_sha256").get<std::string>();
  saved.guest = json.at("guest").get<std::uint64_t>();
  for (const nlohmann::json& function : json.at("functions")) {
    if (function.contains("region")) continue;  // firmware: not the guest's own
    saved.functions.push_back(
        {function.at("name").get<std::string>(), function.at("self").get<std::uint64_t>(),
         function.at("total").get<std::uint64_t>(), function.at("calls").get<std::uint64_t>()});
  }
  std::ranges::sort(saved.functions, [](const SavedFunction& a, const SavedFunction& b) {
    return a.self != b.self ? a.self > b.self : a.name < b.name;
  });
  return saved;
}

/// nullopt for what is not a profile.
std::optional<SavedNumbers> numbers_in(std::string_view text) {
  try {
    if (!is_valid_json(text)) return std::nullopt;
    return numbers_of(nlohmann::json::parse(text));
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace

SavedNumbers read_saved_numbers(const std::filesystem::path& named) {
  std::error_code error;
  const std::filesystem::path file =
      std::filesystem::is_directory(named, error) ? named / "profile.json" : named;
  return saved_numbers_from_json(read_file(file, kMaxBytes), file.string());
}

SavedNumbers saved_numbers_from_json(std::string_view text, const std::string& name) {
  if (std::optional<SavedNumbers> numbers = numbers_in(text)) return *std::move(numbers);
  throw Error("'" + name + "' is not a profile",
              "`uniharness profile SCENARIO --out DIR` writes one: DIR/profile.json",
              ExitStatus::invalid_data);
}

}  // namespace harness::profile
