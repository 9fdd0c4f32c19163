#include "scenario/file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <utility>
#include <vector>

#include "base/shell.h"
#include "base/text.h"
#include "scenario/yaml.h"

namespace harness {
namespace {

/// The file beside a missing one that was probably meant, or "".
std::string nearest_file(const std::filesystem::path& file) {
  std::vector<std::string> names;
  std::error_code error;
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().filename().string());
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  return nearest(file.filename().string(), views);
}

/// An image in the place of the scenario is the first mistake with a kernel of one's own.
void refuse_binary(std::string_view text, const std::filesystem::path& file) {
  constexpr struct {
    std::string_view magic, what;
  } kKinds[] = {{"\x7F"
                 "ELF",
                 "an ELF file"},
                {"QFI\xFB", "a qcow2 disk"}};
  std::string_view what = text.substr(0, 4096).find('\0') != text.npos ? "a binary file" : "";
  for (const auto& kind : kKinds) {
    if (text.starts_with(kind.magic)) what = kind.what;
  }
  if (what.empty()) return;
  throw UsageError(
      Place{file.string(), 0, 0}, fmt::format("is {}, not a scenario", what),
      fmt::format("write a scenario for it: uniharness init {}", shell_quoted({file.string()})));
}

/// A file that this tool wrote, in the place of the scenario. To add one: a row.
void refuse_own_file(std::string_view text, const std::filesystem::path& file) {
  constexpr struct {
    std::string_view key, what, next;  // FILE and FOLDER in `next` stand for it and for its folder
  } kKinds[] = {
      {"uniharness_version", "the record of a run", "judge it again: uniharness replay FOLDER"},
      {"uniharness_baseline", "a baseline",
       "compare a scenario with it: uniharness gate SCENARIO --baseline FILE"},
      {"uniharness_plan", "a plan", "run it: uniharness run --plan FILE"},
  };
  constexpr std::size_t kHead = 200;
  const std::string_view head = text.substr(0, kHead);
  if (!head.starts_with('{')) return;
  const std::string folder = file.has_parent_path() ? file.parent_path().string() : ".";
  for (const auto& kind : kKinds) {
    if (!contains(head, fmt::format("\"{}\":", kind.key))) continue;
    std::string next(kind.next);
    for (const auto& [word, name] : {std::pair{"FILE", file.string()}, {"FOLDER", folder}}) {
      const std::size_t at = next.find(word);
      if (at != next.npos) next.replace(at, std::strlen(word), shell_quoted({name}));
    }
    throw UsageError(Place{file.string(), 0, 0}, fmt::format("is {}, not a scenario", kind.what),
                     next);
  }
}

}  // namespace

std::string scenario_text(const std::filesystem::path& file) {
  const Place whole{file.string(), 0, 0};
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) {
    throw UsageError(whole, "is a folder, not a scenario file", "name one of its .yaml files");
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    const int why = errno;
    if (why != ENOENT) {
      throw UsageError(whole, fmt::format("is unreadable: {}", std::strerror(why)),
                       why == EACCES ? fmt::format("see its owner and mode: ls -l {}",
                                                   shell_quoted({file.string()}))
                                     : "");
    }
    const std::string near = nearest_file(file);
    throw UsageError(whole, fmt::format("cannot be read: {}", std::strerror(why)),
                     near.empty()
                         ? "give the path of a scenario file, e.g. scenarios/smoke.yaml"
                         : fmt::format("did you mean {}?", (file.parent_path() / near).string()));
  }
  // A byte over the bound is enough for parse_yaml to refuse the file.
  std::string text;
  char piece[8 << 10];
  while (text.size() <= kYamlBytes && (stream.read(piece, sizeof piece), stream.gcount() > 0)) {
    text.append(piece, static_cast<std::size_t>(stream.gcount()));
  }
  refuse_binary(text, file);
  refuse_own_file(text, file);
  return text;
}

}  // namespace harness
