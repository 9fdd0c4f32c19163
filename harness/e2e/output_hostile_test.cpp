// Hostile bytes through the real program: what a guest, a file name, a scenario or an argument can
// hold reaches neither the terminal nor a report as anything but text.
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <fstream>

#include "base/files.h"
#include "e2e/e2e.h"
#include "page/harmless_testing.h"
#include "page/html_testing.h"
#include "page/markdown_testing.h"
#include "page/xml_testing.h"

namespace harness {
namespace {

using namespace std::string_literals;

/// Everything at once, in text, in lines of the protocol and in a line of a megabyte.
std::string hostile_log() {
  const std::string bytes =
      "\x1b[31m\x1b]0;title\x07\x1b[2J \0\xff\xfe\x80\xC3 \xC2\x9B"
      "31m \xE2\x80\xAE\xD8\x9C\xE2\x81\xA6 \xE2\x80\xA8 \x7f\b ]]></system-out><script> &amp; "
      "|`` ``` ![x](http://evil.example) <!-- \xEF\xBF\xBF"s;
  std::string log = "SeaBIOS\r\n\r" + bytes + "\r\n";
  log += "[BEGIN] protocol=1 image=x boot=disk tests=1 metrics=0\n";
  log += "[TEST] " + bytes + ": pass\n[METRIC] a: 1 " + bytes + "\n";
  log += "[JSON] {\"\xE2\x80\xAE\": \"\xC2\x9B\x7f\"}\n";
  log += std::string(1 << 20, '\x1b') + "\n";
  log += "```\n# heading\n| a | b |\n";
  log += "[PANIC] " + bytes + "\n";
  log += bytes;
  return log;
}

constexpr const char* kScenario =
    "name: hostile\nimage: {kernel: k.elf}\nboots: 1\n"
    "checks:\n  - clean: true\n  - complete: true\n  - text: nowhere\n  - test: a\n";

fs::path folder_with_log() {
  const fs::path folder = fresh_folder();
  std::ofstream(folder / "serial.bin", std::ios::binary) << hostile_log();
  std::ofstream(folder / "s.yaml") << kScenario;
  return folder;
}

/// What the program says on a terminal, but for its own colours and its own clearing of a line.
std::string on_terminal(const std::vector<std::string>& arguments, const fs::path& folder) {
  int terminal = -1;
  // Raw: the bytes as they were written, line ends too.
  termios raw{};
  cfmakeraw(&raw);
  winsize size{.ws_row = 25, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0};
  const pid_t child = forkpty(&terminal, nullptr, &raw, &size);
  if (child == 0) {
    std::vector<char*> argv = {const_cast<char*>(UNIHARNESS_PROGRAM)};
    for (const std::string& word : arguments) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    setenv("TERM", "xterm", 1);
    unsetenv("NO_COLOR");
    if (chdir(folder.c_str()) != 0) _exit(99);
    execv(UNIHARNESS_PROGRAM, argv.data());
    _exit(98);
  }
  std::string output;
  char buffer[4096];
  // EIO: the program closed its side.
  for (ssize_t n; (n = read(terminal, buffer, sizeof buffer)) > 0;) {
    output.append(buffer, static_cast<std::size_t>(n));
  }
  close(terminal);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) < 98) << status;
  EXPECT_NE(output.find("\x1b["), output.npos) << "not taken for a terminal";
  for (std::size_t at; (at = output.find("\r\x1b[K")) != output.npos;) output.erase(at, 4);
  return without_colors(output);
}

TEST(HostileOutput, ReplayPrintsTextOnly) {
  const fs::path folder = folder_with_log();
  const std::vector<std::string> replay = {"replay", "serial.bin", "--scenario", "s.yaml"};
  const CommandResult piped = uniharness(replay, folder);
  EXPECT_EQ(piped.exit_status, 1);
  EXPECT_EQ(harm_in(piped.output_tail), "");
  EXPECT_NE(piped.output_tail.find("\\x1B]0;title\\x07"), std::string::npos) << piped.output_tail;

  const std::string shown = on_terminal(replay, folder);
  EXPECT_EQ(harm_in(shown), "");
  EXPECT_NE(shown.find("PANIC  hostile"), std::string::npos) << shown;

  std::vector<std::string> json = replay;
  json.emplace_back("--json");
  EXPECT_EQ(harm_in(uniharness(json, folder).output_tail), "");
}

TEST(HostileOutput, ReportsStayIntactAndSmall) {
  const fs::path folder = folder_with_log();
  uniharness({"replay", "serial.bin", "--scenario", "s.yaml", "--out", "out"}, folder);
  for (const char* file : {"report.md", "junit.xml", "record.json", "benchmark.json"}) {
    const std::string text = read_file(folder / "out" / file);
    EXPECT_EQ(harm_in(text), "") << file;
    EXPECT_LT(text.size(), 100u << 10) << file;
  }
  EXPECT_EQ(MarkdownReader::fault_in(read_file(folder / "out/report.md")), "");
  const std::string page = read_file(folder / "out/report.html");
  EXPECT_EQ(harm_in(page), "");
  EXPECT_EQ(HtmlReader::fault_in(page), "");
  EXPECT_LT(page.size(), 600u << 10);
  EXPECT_GT(XmlReader::read(read_file(folder / "out/junit.xml")).size(), 5u);
  EXPECT_EQ(saved_record(folder / "out").verdict.kind, VerdictKind::panic);
  // The evidence itself is kept as it came, and says the same again.
  EXPECT_EQ(read_file(folder / "out/serial.log"), hostile_log());
  EXPECT_EQ(uniharness({"replay", folder / "out", "--scenario", "s.yaml"}, folder).exit_status, 1);
}

TEST(HostileOutput, LiveOutputIsTextOnly) {
  const fs::path folder = fresh_folder();
  const CommandResult live = run_scenario("misbehaving/garbage", folder / "piped", {"--verbose"});
  EXPECT_EQ(harm_in(live.output_tail), "");
  EXPECT_NE(live.output_tail.find("\\x1B[31m\\x00\\x07\\xFF\\xFE\\x80"), std::string::npos)
      << live.output_tail;
  const std::string shown = on_terminal({"run", scenario_file("misbehaving/garbage"), "--no-build",
                                         "--verbose", "--out", folder / "terminal"},
                                        folder);
  EXPECT_EQ(harm_in(shown), "") << shown;
}

TEST(HostileOutput, ErrorsQuoteNamesAsText) {
  const fs::path folder = fresh_folder();
  const std::string name = "\x1b]0;x\x07\x1b[2J\xff\xE2\x80\xAE";
  std::ofstream(folder / (name + ".yaml")) << "name: a\nimage: {kernel: nil.elf}\nboots: 1\n";
  std::ofstream(folder / (name + "-bad.yaml")) << "name: [";
  std::ofstream(folder / "s.yaml") << kScenario;
  std::ofstream(folder / (name + ".log")) << "[PANIC] x\n";
  const std::vector<std::vector<std::string>> commands = {
      {"run", name},
      {"run", name + ".yaml"},
      {"run", name + "-bad.yaml"},
      {"run", name + ".yaml", "--dry-run"},
      {"run", "s.yaml", "--build-dir", name},
      {"run", "s.yaml", "--clock", name},
      {"run", "s.yaml", "--" + name},
      {"run", "s.yaml", "--boots", name},
      {name},
      {"schema", name},
      {"replay", name},
      {"replay", name + ".log"},
      {"replay", name + ".log", "--scenario", name},
      {"replay", name + ".log", "--scenario", "s.yaml", "--out", name + "-out"},
      {"compare", name, name + ".log"},
  };
  for (const std::vector<std::string>& command : commands) {
    const CommandResult result = uniharness(command, folder);
    EXPECT_EQ(harm_in(result.output_tail), "") << command[0] << ": " << result.output_tail;
    EXPECT_FALSE(result.output_tail.empty()) << command[0];
  }
}

TEST(HostileOutput, ErrorsQuoteScenariosAsText) {
  const fs::path folder = fresh_folder();
  const std::string text = "\\e]0;x\\a\\e[2J\\u202e\\u009b";  // in YAML's own escapes
  const std::string raw = "\xE2\x80\xAE\xD8\x9C\xC2\x9B";     // where YAML takes it as it is
  const std::string lines[] = {
      "name: \"" + text + "\"",
      "\"" + text + "\": 1",
      "clock: \"" + text + "\"",
      "boots: \"" + text + "\"",
      "machine: {arch: \"" + text + "\"}",
      "limits: {wall: \"" + text + "\"}",
      "checks: [\"" + text + "\": 1]",
      "checks: [text: {pattern: \"(" + text + "\"}]",
      "checks: [vga: {text: a, color: \"" + text + "\"}]",
      "checks: [profile: {\"" + text + "\": 1}]",
      "about: !" + raw + " x",
      "about: *" + raw,
      raw + ": 1\n" + raw + ": 2",
      "about: \"\x1b[2J\"",
      "about: \xff",
      "about: a\r\x1b[2Jb: c",
  };
  for (const std::string& line : lines) {
    std::ofstream(folder / "s.yaml") << "name: a\nimage: {kernel: nil.elf}\n" << line << "\n";
    const CommandResult result = uniharness({"run", "s.yaml"}, folder);
    EXPECT_TRUE(result.exit_status == 2 || result.exit_status == 3) << line;
    EXPECT_EQ(harm_in(result.output_tail), "") << result.output_tail;
  }
}

}  // namespace
}  // namespace harness
