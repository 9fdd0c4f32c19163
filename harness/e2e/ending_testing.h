// What the tests of endings begin with: a scenario in a folder of its own, and the harness in the
// background.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "e2e/e2e.h"
#include "machine/limit_watch.h"

namespace harness {

/// A folder with a scenario and its own copy of the image, so that its QEMU can be told from all
/// others by name.
struct ScenarioFolder {
  fs::path folder = fresh_folder();

  void image(const std::string& name) const {
    fs::copy_file(fs::path(UNIHARNESS_IMAGES) / name, folder / name);
  }
  void scenario(const std::string& image, const std::string& more = "",
                const std::string& limits = "{wall: 60s, idle: 60s}") const {
    std::ofstream(folder / "s.yaml") << "name: s\nimage: {" << image << "}\nclock: host\nboots: 1\n"
                                     << "limits: " << limits << "\n"
                                     << (more.empty() ? "machine: {vga: false}\n" : more);
  }
  [[nodiscard]] CommandResult run(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"run", "s.yaml", "--out", "out"});
    return uniharness(more, folder);
  }
  /// Runs with a script in place of QEMU: serial on 0 and 1, errors on 2, QMP on 3.
  [[nodiscard]] CommandResult run_with_fake_qemu(const std::string& script) const {
    fs::create_directories(folder / "bin");
    const fs::path program = folder / "bin/qemu-system-i386";
    std::ofstream(program) << "#!/bin/sh\n" << script;
    fs::permissions(program, fs::perms::owner_all);
    return run_command({"env", "PATH=" + (folder / "bin").string() + ":" + getenv("PATH"),
                        UNIHARNESS_PROGRAM, "run", "s.yaml", "--out", "out", "-q"},
                       folder);
  }
  [[nodiscard]] Verdict verdict() const { return saved_record(folder / "out").verdict; }
  [[nodiscard]] std::vector<std::string> files(const fs::path& in) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder / in)) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }
};

inline constexpr char kGreeting[] = R"(
printf '{"QMP": {"version": {"qemu": {"major": 7, "minor": 2, "micro": 0}}}}\r\n' >&3
printf '{"event": "RESUME"}\r\n' >&3
)";

/// What the child of a fork() says is of no interest here.
inline void fall_silent() {
  const int nowhere = open("/dev/null", O_WRONLY);
  dup2(nowhere, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
}

/// The harness in the background, with a guest that computes for ever well under way in QEMU.
class Background {
 public:
  /// `prepare` is called in the child, before the harness is.
  explicit Background(const ScenarioFolder& bench, const fs::path& scratch = {},
                      void (*prepare)() = nullptr) {
    harness_ = fork();
    if (harness_ == 0) {
      fall_silent();
      if (prepare != nullptr) prepare();
      if (chdir(bench.folder.c_str()) != 0) _exit(99);
      if (!scratch.empty()) setenv("TMPDIR", scratch.c_str(), 1);
      execl(UNIHARNESS_PROGRAM, UNIHARNESS_PROGRAM, "run", "s.yaml", "--out", "out", "-q", nullptr);
      _exit(98);
    }
    // Firmware and guest have begun long before QEMU has used a quarter of a second.
    using namespace std::chrono_literals;
    const auto used = [&] { return qemu_ == 0 ? 0ms : host_share_of(qemu_).cpu; };
    for (int i = 0; i < 2000 && used() < 250ms; ++i) {
      std::this_thread::sleep_for(10ms);
      std::ifstream children("/proc/" + std::to_string(harness_) + "/task/" +
                             std::to_string(harness_) + "/children");
      children >> qemu_;
    }
  }
  ~Background() {
    if (harness_ > 0) kill(harness_, SIGKILL), wait();
  }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  [[nodiscard]] pid_t id() const { return harness_; }
  [[nodiscard]] pid_t qemu() const { return qemu_; }
  void send(int signal) const { kill(harness_, signal); }
  int wait() {
    int status = 0;
    waitpid(harness_, &status, 0);
    harness_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t harness_ = -1, qemu_ = 0;
};

}  // namespace harness
