#include "doctor/accel_cache.h"

#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "process/child_process.h"

namespace harness::doctor {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::size_t kMaxAnswers = 16;
constexpr std::size_t kMaxBytes = 64 << 10;

/// The answers of a file, an empty object where it holds none.
Json answers_in(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return Json::object();
  try {
    Json json = Json::parse(read_file(file, kMaxBytes), nullptr, false);
    return json.is_object() ? json : Json::object();
  } catch (const Error&) {
    return Json::object();  // unreadable is as good as not there: it is only a cache
  }
}

std::string text_at(const Json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

}  // namespace

std::string accel_key(const std::string& arch) {
  const std::string program = "qemu-system-" + arch;
  const std::string path = find_program(program).value_or(program);
  struct stat file{};
  if (stat(path.c_str(), &file) != 0) file = {};
  utsname host{};
  uname(&host);
  return fmt::format("{} {} {} | {} {} | kvm {}", path, file.st_size, file.st_mtim.tv_sec,
                     host.release, host.machine, access("/dev/kvm", R_OK | W_OK) == 0);
}

std::optional<ChosenAccel> cached_accel(const fs::path& file, const std::string& key) {
  const Json answers = answers_in(file);
  const auto at = answers.find(key);
  if (at == answers.end() || !at->is_object()) return std::nullopt;
  ChosenAccel chosen{text_at(*at, "accel"), text_at(*at, "why")};
  if (chosen.accel != "tcg" && chosen.accel != "kvm") return std::nullopt;
  return chosen;
}

void cache_accel(const fs::path& file, const std::string& key, const ChosenAccel& chosen) {
  Json answers = answers_in(file);
  answers.erase(key);
  while (answers.size() >= kMaxAnswers) answers.erase(answers.begin());
  answers[key] = {{"accel", chosen.accel}, {"why", chosen.why}};
  write_atomically(file, answers.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace harness::doctor
