#include "suite/select.h"

#include <fmt/format.h>
#include <glob.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <set>

#include "base/parallel.h"
#include "scenario/comparison_plan.h"
#include "scenario/load.h"
#include "scenario/yaml.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of_folder(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".yaml") files.push_back(at->path());
  }
  if (error) throw UsageError("'" + folder.string() + "' cannot be read: " + error.message());
  if (files.empty()) {
    throw UsageError("'" + folder.string() + "' holds no .yaml file",
                     "its folders are not searched: name the one that holds scenarios");
  }
  std::ranges::sort(files);
  return files;
}

std::vector<fs::path> files_of_glob(const std::string& pattern) {
  glob_t found{};
  // Sorted by bytes below, not by the locale.
  const int failed = glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found);
  std::vector<fs::path> files;
  for (std::size_t i = 0; failed == 0 && i < found.gl_pathc; ++i) {
    if (!fs::is_directory(found.gl_pathv[i])) files.emplace_back(found.gl_pathv[i]);
  }
  globfree(&found);
  if (files.empty()) {
    throw UsageError("no file matches '" + pattern + "'",
                     "give scenario files, e.g. 'scenarios/*.yaml'");
  }
  std::ranges::sort(files);
  return files;
}

std::vector<fs::path> files_of(const std::string& word) {
  std::error_code error;
  if (fs::is_directory(word, error)) return files_of_folder(word);
  const bool is_glob = word.find_first_of("*?[") != std::string::npos;
  if (is_glob && !fs::exists(word, error)) return files_of_glob(word);
  return {word};  // one that is not there is reported by the loader, with the nearest name
}

bool is_comparison_file(const fs::path& file) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  if (error || size > kYamlBytes) return false;
  std::string text(size, '\0');
  std::ifstream(file, std::ios::binary).read(text.data(), static_cast<std::streamsize>(size));
  return is_comparison(text);
}

/// Collects the mistakes of many files, to be reported together.
class Mistakes {
 public:
  void add(const UsageError& error) {
    if (count_++ == 0) {
      hint_ = error.hint;
      text_ = error.what();
      return;
    }
    if (count_ == 2 && !hint_.empty()) text_ += "\n  " + hint_;
    text_ += std::string("\n") + error.what();
    if (!error.hint.empty()) text_ += "\n  " + error.hint;
  }
  void throw_if_any() const {
    if (count_ == 1) throw UsageError(text_, hint_);
    if (count_ > 1) throw UsageError(text_, fmt::format("{} files have mistakes", count_));
  }

 private:
  std::string text_, hint_;
  std::size_t count_ = 0;
};

void refuse_namesakes(const std::vector<Scenario>& all) {
  std::map<std::string_view, std::string_view> file_of;
  for (const Scenario& scenario : all) {
    const auto [at, is_new] = file_of.try_emplace(scenario.name, scenario.file);
    if (is_new) continue;
    throw UsageError(fmt::format("'{}' is the name of two scenarios: {} and {}", scenario.name,
                                 at->second, scenario.file),
                     "their reports would go to one folder: give one of them another name");
  }
}

}  // namespace

std::vector<fs::path> scenario_files(std::span<const std::string> words) {
  std::vector<fs::path> files;
  std::set<fs::path> seen;
  for (const std::string& word : words) {
    for (const fs::path& file : files_of(word)) {
      std::error_code error;
      const fs::path same = fs::weakly_canonical(file, error);
      if (seen.insert(error ? file : same).second) files.push_back(file);
    }
  }
  // scenarios/*.yaml means scenarios, whoever expands it. Alone, the loader reports what is wrong
  // with it.
  if (files.size() > 1) std::erase_if(files, is_comparison_file);
  return files;
}

std::vector<Scenario> load_all(std::span<const fs::path> files) {
  struct Loaded {
    std::vector<Scenario> instances;
    std::optional<UsageError> mistake;
  };
  std::vector<Loaded> loaded(files.size());
  parallel_for(files.size(), [&](std::size_t i) {
    try {
      loaded[i].instances = load_scenarios(files[i]);
    } catch (const UsageError& error) {
      loaded[i].mistake = error;
    }
  });
  std::vector<Scenario> all;
  Mistakes mistakes;
  for (Loaded& one : loaded) {
    if (one.mistake) mistakes.add(*one.mistake);
    std::ranges::move(one.instances, std::back_inserter(all));
  }
  mistakes.throw_if_any();
  refuse_namesakes(all);
  return all;
}

Scenario the_instance(const std::string& file, std::span<const std::string> patterns) {
  std::vector<Scenario> instances = load_scenarios(file);
  std::vector<Scenario> left;
  for (Scenario& one : instances) {
    if (chosen(patterns, one.name)) left.push_back(std::move(one));
  }
  if (left.size() == 1) return std::move(left.front());
  throw UsageError(
      fmt::format("{}: {} instances are chosen, but one is expected", file, left.size()),
      fmt::format("name one of its {} with -k; `uniharness run {} --list` prints them",
                  instances.size(), file));
}

bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.find_first_of("*?") == std::string_view::npos) {
    return name.find(pattern) != std::string_view::npos;
  }
  // Greedy, with one step back: after a mismatch the latest '*' takes one character more.
  std::size_t at = 0, in = 0, star = std::string_view::npos, taken = 0;
  while (in < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      taken = in;
    } else if (at < pattern.size() && (pattern[at] == '?' || pattern[at] == name[in])) {
      ++at;
      ++in;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      in = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

bool chosen(std::span<const std::string> patterns, std::string_view name) {
  bool any_wanted = false, wanted = false;
  for (const std::string& pattern : patterns) {
    const bool excludes = pattern.starts_with('!');
    const bool hit = matches(std::string_view(pattern).substr(excludes ? 1 : 0), name);
    if (excludes && hit) return false;
    any_wanted |= !excludes;
    wanted |= !excludes && hit;
  }
  return wanted || !any_wanted;
}

}  // namespace harness
