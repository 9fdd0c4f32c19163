#include "profile/saved_numbers.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "base/text.h"

namespace harness::profile {
namespace {

constexpr std::size_t kMaxBytes = 64u << 20;

/// What was called from firmware begins anew. Contexts whose caller comes after them, and those of
/// functions that are not listed, are no contexts.
std::vector<SavedContext> contexts_of(const nlohmann::json& json) {
  std::map<std::uint64_t, const nlohmann::json*> functions;
  for (const nlohmann::json& one : json.at("functions")) {
    functions.emplace(one.value("id", std::uint64_t{0}), &one);
  }
  std::vector<SavedContext> contexts;
  std::vector<std::size_t> places = {0};  // in `contexts`, counted from 1, by place in the file
  for (const nlohmann::json& one : json.value("contexts", nlohmann::json::array())) {
    const auto parent = one.at("parent").get<std::uint64_t>();
    const auto function = functions.find(one.at("function").get<std::uint64_t>());
    const bool known = parent < places.size() && function != functions.end();
    places.push_back(known ? places[parent] : 0);
    if (!known || function->second->contains("region")) continue;
    contexts.push_back({places.back(), function->second->at("name").get<std::string>(),
                        one.at("self").get<std::uint64_t>(), one.at("calls").get<std::uint64_t>()});
    places.back() = contexts.size();
  }
  return contexts;
}

/// Throws nlohmann::json::exception for what is not a profile.
SavedNumbers numbers_of(const nlohmann::json& json) {
  SavedNumbers saved;
  saved.scenario = json.value("scenario", "");
  saved.of = json.value("of", "");
  saved.image_sha256 = json.at("image_sha256").get<std::string>();
  saved.guest = json.at("guest").get<std::uint64_t>();
  for (const nlohmann::json& function : json.at("functions")) {
    if (function.contains("region")) continue;  // firmware: not the guest's own
    saved.functions.push_back(
        {function.at("name").get<std::string>(), function.at("self").get<std::uint64_t>(),
         function.at("total").get<std::uint64_t>(), function.at("calls").get<std::uint64_t>()});
  }
  saved.contexts = contexts_of(json);
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

std::string saved_numbers_to_json(const SavedNumbers& numbers) {
  using Json = nlohmann::ordered_json;
  Json head;
  head["schema"] = "uniharness-profile-1";
  head["scenario"] = printable(numbers.scenario);
  if (!numbers.of.empty()) head["of"] = printable(numbers.of);
  head["image_sha256"] = numbers.image_sha256;
  head["guest"] = numbers.guest;
  std::string text = head.dump(1);
  text.resize(text.size() - 2);  // "\n}"
  text += ",\n \"functions\": [";
  bool first = true;
  for (const SavedFunction& one : numbers.functions) {
    const Json json = {{"name", printable(one.name)},
                       {"self", one.self},
                       {"total", one.total},
                       {"calls", one.calls}};
    text += (first ? "\n  " : ",\n  ") + json.dump();
    first = false;
  }
  return text + "\n ]\n}\n";
}

}  // namespace harness::profile
