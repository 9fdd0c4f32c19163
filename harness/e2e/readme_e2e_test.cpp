// What README.md shows is what the program says: its examples are run, and their lines must come,
// in their order. Times and QEMU's version are another machine's: any stands for any other.
#include <algorithm>
#include <regex>
#include <sstream>

#include "e2e/e2e.h"

namespace harness {
namespace {

/// "boot 1/2: pass after 222.9 ms" and "QEMU 7.2.22" as every machine says them.
std::string of_any_machine(const std::string& line) {
  static const std::regex kTime(R"([0-9][0-9.,]* (ms|s)\b)"), kQemu(R"(QEMU [0-9.]+)");
  return std::regex_replace(std::regex_replace(line, kTime, "TIME"), kQemu, "QEMU");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// A command of README.md and what it is said to print.
struct Example {
  std::string command;
  std::vector<std::string> output;
};

/// Of its blocks of ```console.
std::vector<Example> examples_of(const std::vector<std::string>& readme) {
  std::vector<Example> examples;
  bool inside = false;
  for (const std::string& line : readme) {
    if (line.starts_with("```")) {
      inside = line == "```console";
    } else if (inside && line.starts_with("$ ")) {
      examples.push_back({line.substr(2), {}});
    } else if (inside && !examples.empty()) {
      examples.back().output.push_back(line);
    }
  }
  return examples;
}

/// A place of the sources as it is said in this folder, wherever the compiler saw it: a shared
/// cache of compiled files keeps the path of whoever filled it, and a longer one breaks the line.
std::string with_near_places(const std::string& text) {
  static const std::regex kPlace(R"(\s+at\s+/\S*/(unikernel|kernel_lib)/)");
  return std::regex_replace(text, kPlace, " at $1/");
}

/// Each of `expected` must be a line of `text`, in their order. "..." stands for lines, and at the
/// end of a line for the rest of it.
void expect_lines(const std::vector<std::string>& expected, const std::string& text) {
  const std::vector<std::string> lines = lines_of(with_near_places(text));
  std::size_t at = 0;
  for (const std::string& one : expected) {
    std::string wanted = of_any_machine(one);
    if (wanted.empty() || wanted.find_first_not_of(' ') == wanted.find("...")) continue;
    const bool begins = wanted.ends_with("...");
    if (begins) wanted.resize(wanted.size() - 3);
    const auto fits = [&](const std::string& line) {
      return begins ? of_any_machine(line).starts_with(wanted) : of_any_machine(line) == wanted;
    };
    std::size_t next = at;
    while (next < lines.size() && !fits(lines[next])) ++next;
    EXPECT_LT(next, lines.size()) << "README.md shows '" << one << "', which did not come:\n"
                                  << text;
    if (next < lines.size()) at = next + 1;
  }
}

/// Two lines of an example depend on how it is run here: what was built before it, and the folder.
std::vector<std::string> without_build_and_folder(std::vector<std::string> lines) {
  std::erase_if(lines, [](const std::string& line) {
    return line.starts_with("build ") || line.starts_with("report: ");
  });
  return lines;
}

std::vector<std::string> readme() {
  return lines_of(read_file(fs::path(UNIHARNESS_SOURCE_DIR) / "README.md"));
}

TEST(Readme, ItsExamplesSayWhatTheProgramSays) {
  const fs::path folder = fresh_folder();
  fs::copy_file(fs::path(UNIHARNESS_IMAGES) / "foreign_suite.elf", folder / "my-kernel.elf");
  const std::vector<Example> examples = examples_of(readme());
  ASSERT_GE(examples.size(), 4u);
  for (const Example& example : examples) {
    SCOPED_TRACE(example.command);
    std::istringstream in(example.command);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    ASSERT_GE(words.size(), 3u);
    ASSERT_EQ(words.front(), "uniharness");
    words.erase(words.begin());
    if (words.back().starts_with("my-kernel.")) {
      expect_lines(example.output, uniharness(words, folder).output_tail);
      continue;
    }
    words.insert(words.end(), {"--no-build", "--out", folder / "report"});
    expect_lines(without_build_and_folder(example.output),
                 uniharness(words, UNIHARNESS_SOURCE_DIR).output_tail);
  }
}

TEST(Readme, ItsReportIsThatOfSession20) {
  const fs::path folder = fresh_folder();
  ASSERT_EQ(run_scenario("session20", folder).exit_status, 0);
  std::vector<std::string> excerpt;
  bool continued = false;  // a line of a paragraph goes on in the next, for Markdown
  for (const std::string& line : readme()) {
    if (!line.starts_with(">")) continue;
    const std::string text = line.substr(std::min<std::size_t>(line.size(), 2));
    const bool plain = !text.empty() && !text.starts_with("|");
    if (plain && continued) {
      excerpt.back() += " " + text;
    } else {
      excerpt.push_back(text);
    }
    continued = plain;
  }
  ASSERT_GE(excerpt.size(), 8u);
  expect_lines(excerpt, read_file(folder / "report.md"));
}

}  // namespace
}  // namespace harness
