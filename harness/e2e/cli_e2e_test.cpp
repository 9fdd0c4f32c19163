// The command line as a user and a script meet it.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/files.h"
#include "base/sha256.h"
#include "e2e/e2e.h"
#include "record/store.h"

namespace harness {
namespace {

constexpr const char* kHang = R"(name: hang
image: {kernel: hang.elf}
clock: host
boots: 1
limits: {wall: 60s, idle: 60s}
)";

/// A folder with its own copy of a guest, so that its QEMU can be told from all others by name.
fs::path folder_with_guest(const char* guest, const char* scenario) {
  const fs::path folder = fresh_folder();
  fs::copy_file(fs::path(UNIHARNESS_IMAGES) / (std::string(guest) + ".elf"),
                folder / (std::string(guest) + ".elf"));
  std::ofstream(folder / "s.yaml") << scenario;
  return folder;
}

/// Processes whose command line mentions `text`, this one left out.
std::size_t processes_mentioning(const std::string& text) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string line = command_line_of(entry.path());
    count += line.find(text) != line.npos && line.find("e2e_tests") == line.npos;
  }
  return count;
}

pid_t start_in_background(const fs::path& folder) {
  const pid_t child = fork();
  if (child == 0) {
    if (chdir(folder.c_str()) != 0) _exit(99);
    execl(UNIHARNESS_PROGRAM, UNIHARNESS_PROGRAM, "run", "s.yaml", "--out", "out", "-q", nullptr);
    _exit(98);
  }
  return child;
}

int wait_for_exit(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Waits until QEMU of that folder runs, at most ten seconds.
bool qemu_appeared(const fs::path& folder) {
  for (int i = 0; i < 500; ++i) {
    if (processes_mentioning(folder / "hang.elf") > 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

TEST(Interrupt, LeavesNoQemuAndNoReport) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const fs::path folder = folder_with_guest("hang", kHang);
    const pid_t child = start_in_background(folder);
    ASSERT_TRUE(qemu_appeared(folder));
    kill(child, signal);
    EXPECT_EQ(wait_for_exit(child), 130);
    EXPECT_EQ(processes_mentioning(folder / "hang.elf"), 0u);
    EXPECT_FALSE(fs::exists(folder / "out"));
  }
}

TEST(Interrupt, KilledHarnessTakesItsQemuWithIt) {
  const fs::path folder = folder_with_guest("hang", kHang);
  const pid_t child = start_in_background(folder);
  ASSERT_TRUE(qemu_appeared(folder));
  kill(child, SIGKILL);
  wait_for_exit(child);
  // The kernel ends QEMU when its parent dies; that takes a moment.
  for (int i = 0; i < 500 && processes_mentioning(folder / "hang.elf") > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(processes_mentioning(folder / "hang.elf"), 0u);
}

TEST(Run, CountedNumbersAreIdenticalOverTenBoots) {
  const fs::path folder = fresh_folder();
  const CommandResult result = run_scenario("session20", folder, {"--boots", "10"});
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  const RunRecord record = load_record(folder);
  ASSERT_EQ(record.boots.size(), 10u);
  for (const BootRecord& boot : record.boots) {
    EXPECT_EQ(without_boot_line(boot.trace.serial),
              without_boot_line(record.boots.front().trace.serial));
  }
}

TEST(Run, DryRunPrintsACommandThatBootsTheSameGuest) {
  const std::string command =
      uniharness({"run", scenario_file("boot-multiboot"), "--dry-run"}).output_tail;
  EXPECT_TRUE(command.starts_with("qemu-system-i386 ")) << command;
  const CommandResult pasted = run_command({"sh", "-c", command}, "/");
  EXPECT_EQ(pasted.exit_status, wire::process_status(wire::Exit::pass)) << pasted.output_tail;

  const fs::path folder = fresh_folder();
  run_scenario("boot-multiboot", folder);
  EXPECT_EQ(without_boot_line(pasted.output_tail),
            without_boot_line(read_file(folder / "serial.log")));
}

TEST(Run, ImageIsNotChangedByARun) {
  const fs::path image = fs::path(UNIHARNESS_IMAGES) / "tinyllama.img";
  const std::string before = sha256_of_file(image);
  const auto written = fs::last_write_time(image);
  EXPECT_EQ(run_scenario("boot-disk", fresh_folder()).exit_status, 0);
  EXPECT_EQ(sha256_of_file(image), before);
  EXPECT_EQ(fs::last_write_time(image), written);
}

TEST(Run, NothingIsWrittenOutsideTheReportFolder) {
  const fs::path folder = fresh_folder();
  fs::create_directories(folder / "work");
  uniharness({"run", scenario_file("smoke"), "--no-build", "--out", folder / "report"},
             folder / "work");
  EXPECT_TRUE(fs::is_empty(folder / "work"));
  EXPECT_TRUE(fs::exists(folder / "report" / "report.md"));
}

TEST(Run, ReportsGoToTheScenariosFolderByDefault) {
  const fs::path folder = fresh_folder();
  uniharness({"run", scenario_file("smoke"), "--no-build"}, folder);
  for (const char* file : {"record.json", "report.md", "junit.xml", "serial.log"}) {
    EXPECT_TRUE(fs::exists(folder / "reports/smoke" / file)) << file;
  }
}

TEST(Run, ScreenshotIsAPngFile) {
  const fs::path folder = fresh_folder();
  run_scenario("boot-disk", folder);
  EXPECT_TRUE(read_file(folder / "vga.png").starts_with("\x89PNG\r\n"));
}

TEST(Run, JsonIsTheRecordAndNothingElse) {
  const fs::path folder = fresh_folder();
  const CommandResult result = run_scenario("smoke", folder, {"--json", "--quiet"});
  EXPECT_EQ(result.exit_status, 0);
  const std::string file = read_file(folder / "record.json");
  EXPECT_TRUE(file.ends_with(result.output_tail)) << result.output_tail.substr(0, 200);
}

TEST(Run, QuietPrintsTheVerdictAlone) {
  const fs::path folder = fresh_folder();
  const std::string one = run_scenario("smoke", folder / "one", {"-q"}).output_tail;
  EXPECT_TRUE(one.starts_with("PASS  smoke: ")) << one;
  EXPECT_EQ(std::ranges::count(one, '\n'), 1) << one;
  const std::string suite = uniharness({"run", scenario_file("smoke"), scenario_file("boot-pvh"),
                                        "--no-build", "-q", "--out", folder / "suite"})
                                .output_tail;
  EXPECT_TRUE(suite.starts_with("PASS  2 instances: ")) << suite;
  EXPECT_EQ(std::ranges::count(suite, '\n'), 1) << suite;
}

TEST(Run, VerboseShowsSerialOutput) {
  const CommandResult result = run_scenario("smoke", fresh_folder(), {"--verbose"});
  EXPECT_NE(result.output_tail.find("  | [TEST] fibonacci: pass"), std::string::npos);
}

TEST(Run, HostClockReportsEveryBoot) {
  const fs::path folder = fresh_folder();
  EXPECT_EQ(run_scenario("smoke", folder, {"--boots", "5"}).exit_status, 0);
  EXPECT_EQ(saved_record(folder).boots.size(), 5u);
}

TEST(Usage, MistakesExitWith2AndNameThePlace) {
  const fs::path folder = fresh_folder();
  std::ofstream(folder / "s.yaml") << "name: x\nimage: {kernel: k.elf}\nlimits: {timout: 1s}\n";
  const CommandResult result = uniharness({"run", "s.yaml"}, folder);
  EXPECT_EQ(result.exit_status, 2);
  EXPECT_NE(result.output_tail.find("s.yaml:3:"), std::string::npos) << result.output_tail;
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{},
                                                    {"rnu"},
                                                    {"run"},
                                                    {"run", "none.yaml"},
                                                    {"run", "s.yaml", "--boots", "0"},
                                                    {"replay", "nothing"}}) {
    EXPECT_EQ(uniharness(arguments, folder).exit_status, 2);
  }
}

TEST(Usage, OutputThatDoesNotArriveExitsWith3) {
  const fs::path folder = folder_with_guest("hello", "name: x\nimage: {kernel: hello.elf}\n");
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--help"},
                                                    {"--version"},
                                                    {"run", "--help"},
                                                    {"run", "s.yaml", "--dry-run"},
                                                    {"run", "s.yaml", "--list"},
                                                    {"run", "s.yaml", "-q"},
                                                    {"checks"},
                                                    {"checks", "--markdown"},
                                                    {"schema"},
                                                    {"completion", "bash"}}) {
    std::vector<std::string> command = {"sh", "-c", "exec \"$0\" \"$@\" >/dev/full",
                                        UNIHARNESS_PROGRAM};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const CommandResult result = run_command(command, folder);
    EXPECT_EQ(result.exit_status, 3) << arguments[0];
    EXPECT_EQ(result.output_tail,
              "uniharness: error: cannot write the result to the standard output\n");
  }
}

TEST(Usage, MissingImageAndMissingQemuExitWith3) {
  const fs::path folder = folder_with_guest("hang", kHang);
  const CommandResult no_qemu =
      run_command({"env", "PATH=/nonexistent", UNIHARNESS_PROGRAM, "run", "s.yaml"}, folder);
  EXPECT_EQ(no_qemu.exit_status, 3) << no_qemu.output_tail;
  EXPECT_NE(no_qemu.output_tail.find("qemu-system-i386"), std::string::npos);
  fs::remove(folder / "hang.elf");
  EXPECT_EQ(uniharness({"run", "s.yaml"}, folder).exit_status, 3);
}

TEST(Usage, MachineThatQemuDoesNotKnowIsOurFailureNotTheGuests) {
  const fs::path folder = folder_with_guest(
      "hang", "name: x\nimage: {kernel: hang.elf}\nmachine: {model: nonesuch}\nboots: 1\n");
  const CommandResult result = uniharness({"run", "s.yaml", "--out", "out"}, folder);
  EXPECT_EQ(result.exit_status, 3) << result.output_tail;
  EXPECT_NE(result.output_tail.find("unsupported machine type"), std::string::npos)
      << result.output_tail;
}

TEST(Usage, HelpVersionAndListsExitWith0) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--help"},
                                                    {"--version"},
                                                    {"run", "--help"},
                                                    {"checks"},
                                                    {"checks", "--markdown"},
                                                    {"schema"},
                                                    {"schema", "record"},
                                                    {"completion", "bash"},
                                                    {"completion", "zsh"},
                                                    {"completion", "fish"}}) {
    const CommandResult result = uniharness(arguments);
    EXPECT_EQ(result.exit_status, 0);
    EXPECT_FALSE(result.output_tail.empty());
  }
}

/// The commands that a help text lists: below each heading but those of arguments and options.
std::vector<std::string> subcommands_in(const std::string& help) {
  std::vector<std::string> names;
  std::istringstream lines(help);
  std::string line;
  bool listed = false;
  while (std::getline(lines, line)) {
    if (!line.starts_with("  ")) {
      listed = line.ends_with(':') && line != "Arguments:" && line != "Options:";
    } else if (listed && line[2] != ' ') {
      // Continuation lines of a description are indented to its column.
      names.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
  }
  return names;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, line.size());
  return widest;
}

/// Whether help shows how the command is called: a line that can be pasted as it stands.
bool shows_an_example(const std::string& help, const std::vector<std::string>& words) {
  std::string call = "\n  uniharness";
  for (const std::string& word : words) call += " " + word;
  bool shown = false;
  for (std::size_t at = 0; (at = help.find("\n  uniharness ", at)) != help.npos; ++at) {
    const std::size_t end = help.find('\n', at + 1);
    const std::string next = help.substr(end + 1, 2);
    // What goes on in the next line is no command any more.
    EXPECT_TRUE(next.empty() || next[0] == '\n' || next == "  ") << help.substr(at);
    shown = shown || help.compare(at, call.size(), call) == 0;
  }
  return shown;
}

/// Checks the help of the command `words` and of all below it; returns how many those are.
int check_help(std::vector<std::string> words) {
  words.emplace_back("--help");
  const CommandResult result = uniharness(words);
  words.pop_back();
  const std::string& help = result.output_tail;
  EXPECT_EQ(result.exit_status, 0) << help;
  EXPECT_LE(widest_line(help), 80u) << help;
  // What CLI11 says by itself of types, values and validators.
  for (const char* noise : {"%%", "ENUM", "{false}", "{true}", "->", "UINT", "FLOAT", "REQUIRED",
                            " in [", "Excludes:"}) {
    EXPECT_EQ(help.find(noise), help.npos) << noise << " in:\n" << help;
  }
  EXPECT_EQ(help.find("Exit status: 0 pass") != help.npos, words.empty()) << help;
  const std::vector<std::string> below = subcommands_in(help);
  // What has commands below it shows them; these two have an example of another form, or none.
  const bool other = !words.empty() && (words[0] == "version" || words[0] == "completion");
  if (!words.empty() && !other && (below.empty() || words[0] == "history")) {
    EXPECT_TRUE(shows_an_example(help, words)) << help;
  }
  int count = 1;
  for (const std::string& name : below) {
    words.push_back(name);
    count += check_help(words);
    words.pop_back();
  }
  return count;
}

TEST(Usage, HelpOfEveryCommandIsPlainText) { EXPECT_GE(check_help({}), 20); }

TEST(Usage, ClockIsGivenByName) {
  const CommandResult result = uniharness({"run", scenario_file("smoke"), "--clock", "wall"});
  EXPECT_EQ(result.exit_status, 2);
  EXPECT_EQ(result.output_tail.find("->"), std::string::npos) << result.output_tail;
  EXPECT_NE(result.output_tail.find("counted"), std::string::npos) << result.output_tail;
}

struct Mistake {
  std::vector<std::string> words;
  const char* said;
};

TEST(Usage, MistakesAreAnsweredWithWhatWasMeant) {
  const Mistake mistakes[] = {
      {{"rnu"}, "unknown command 'rnu': did you mean 'run'?"},
      {{"bitcode", "verfy"}, "unknown command 'verfy': did you mean 'verify'?"},
      {{"help", "gaet"}, "unknown command 'gaet': did you mean 'gate'?"},
      {{"run", "--bots", "3"}, "unknown option '--bots': did you mean '--boots'?"},
      {{"profile", "x", "--jobs", "3"}, "unknown option '--jobs': it is an option of run, import"},
      {{"run", "x", "--boots", "0"}, "--boots: '0' is not a whole number from 1 to 1,000"},
      {{"run", "x", "--boots", "two"}, "--boots: 'two' is not a whole number from 1 to 1,000"},
      {{"run", "x", "--boots"}, "a value is missing: --boots N"},
      {{"run", "x", "--out", "a", "--out", "b"}, "--out is given twice"},
      {{"gate", "x"}, "uniharness gate needs --baseline FILE"},
      {{"init", "x", "--arch", "arm64"}, "did you mean 'aarch64'?"},
      {{"doctor", "x"}, "'x' is one argument too many"},
  };
  for (const Mistake& mistake : mistakes) {
    const CommandResult result = uniharness(mistake.words);
    EXPECT_EQ(result.exit_status, 2) << mistake.said;
    EXPECT_TRUE(result.output_tail.starts_with("uniharness: error: ")) << result.output_tail;
    EXPECT_NE(result.output_tail.find(mistake.said), std::string::npos) << result.output_tail;
  }
}

TEST(Usage, HelpAndVersionAreWordsToo) {
  EXPECT_EQ(uniharness({"version"}).output_tail, uniharness({"--version"}).output_tail);
  EXPECT_EQ(uniharness({"help"}).output_tail, uniharness({"--help"}).output_tail);
  EXPECT_EQ(uniharness({"help", "bitcode", "run"}).output_tail,
            uniharness({"bitcode", "run", "--help"}).output_tail);
}

TEST(Usage, APlaceInAFileStandsFirst) {
  const fs::path folder = fresh_folder();
  std::ofstream(folder / "s.yaml") << "name: x\nimage: {kernel: k.elf}\nlimits: {timout: 1s}\n";
  const std::string said = uniharness({"run", "s.yaml"}, folder).output_tail;
  EXPECT_TRUE(said.starts_with("s.yaml:3:10: error: unknown key 'timout'")) << said;
}

TEST(Replay, BareSerialLogIsJudgedByItsLines) {
  const fs::path folder = fresh_folder();
  run_scenario("smoke", folder / "live");
  fs::copy_file(folder / "live/serial.log", folder / "saved.log");
  const std::vector<std::string> command = {"replay", folder / "saved.log", "--scenario",
                                            scenario_file("smoke")};
  EXPECT_EQ(uniharness(command).exit_status, 0);

  // One changed digit, and the checksum tells.
  std::string log = read_file(folder / "saved.log");
  log.replace(log.find("result=55"), 9, "result=56");
  std::ofstream(folder / "saved.log") << log;
  EXPECT_EQ(uniharness(command).exit_status, 5);
}

}  // namespace
}  // namespace harness
