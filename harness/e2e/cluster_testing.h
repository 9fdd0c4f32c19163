// A suite for an engine that runs it on many machines, and clients of it.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "e2e/e2e.h"
#include "e2e/suite_testing.h"

namespace harness {

struct ClusterSuiteFolder {
  fs::path folder = fresh_folder();
  std::string path = "PATH=" + std::string(std::getenv("PATH"));
  std::vector<std::string> before;  // a command that begins all others where the engine is

  explicit ClusterSuiteFolder(int count, std::vector<std::string> where = {})
      : before(std::move(where)) {
    fs::create_directories(folder / "bin");
    for (const char* guest : {"tinyllama", "guest_panic"}) {
      const std::string file = std::string(guest) + ".elf";
      fs::copy_file(fs::path(UNIHARNESS_IMAGES) / file, folder / file);
    }
    for (int i = 0; i < count; ++i) {
      const std::string name = "s" + std::to_string(10 + i);
      std::ofstream(folder / (name + ".yaml"))
          << "name: " << name << "\nimage: {kernel: " << (i == 3 ? "guest_panic" : "tinyllama")
          << ".elf}\nboots: 1\nmachine: {model: pc, vga: false}\nlimits: {wall: 10m, idle: 10m}\n";
    }
  }

  /// From now on each guest waits while there is a file `held`.
  void hold_guests() {
    const std::string real =
        run_command({"sh", "-c", "command -v qemu-system-i386"}, "/").output_tail;
    std::ofstream(folder / "held") << "";
    std::ofstream(folder / "bin/qemu-system-i386")
        << "#!/bin/sh\necho ${SLURMD_NODENAME:-$HOSTNAME} >> " << (folder / "reached").string()
        << "\nwhile [ -e " << (folder / "held").string() << " ]; do sleep 0.1; done\nexec "
        << real.substr(0, real.find('\n')) << " \"$@\"\n";
    fs::permissions(folder / "bin/qemu-system-i386", fs::perms::owner_all);
    path = "PATH=" + (folder / "bin").string() + ":" + std::getenv("PATH");
  }
  void let_go() const { fs::remove(folder / "held"); }

  [[nodiscard]] std::vector<std::string> words(const std::vector<std::string>& arguments) const {
    std::vector<std::string> all = before;
    all.insert(all.end(), {"env", path, UNIHARNESS_PROGRAM, "run"});
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
  }
  [[nodiscard]] CommandResult run(const std::vector<std::string>& arguments) const {
    return run_command(words(arguments), folder);
  }
  /// `told`: a file for what it prints.
  [[nodiscard]] pid_t start(const std::vector<std::string>& arguments,
                            const std::string& told = "client.log") const {
    std::vector<std::string> all = words(arguments);
    const std::string script = "exec \"$@\" > " + told + " 2>&1";
    all.insert(all.begin(), {"sh", "-c", script, "sh"});
    const pid_t child = fork();
    if (child == 0) {
      std::vector<char*> pointers;
      for (const std::string& word : all) pointers.push_back(const_cast<char*>(word.c_str()));
      pointers.push_back(nullptr);
      if (chdir(folder.c_str()) != 0) _exit(99);
      execvp(pointers[0], pointers.data());
      _exit(98);
    }
    return child;
  }
  /// Lines of `reached`: a guest was to begin on these nodes. Waits until there are so many.
  [[nodiscard]] std::vector<std::string> reached(std::size_t count) const {
    std::vector<std::string> nodes;
    for (int i = 0; i < 6000 && nodes.size() < count; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      nodes.clear();
      std::ifstream in(folder / "reached");
      for (std::string node; std::getline(in, node);) nodes.push_back(node);
    }
    EXPECT_GE(nodes.size(), count);
    return nodes;
  }
  [[nodiscard]] nlohmann::json summary(const char* out) const {
    return nlohmann::json::parse(read_file(folder / out / "summary.json"));
  }
};

inline int exit_status_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Name, outcome and verdict of each instance: what does not depend on who ran it.
inline std::vector<std::string> outcomes(const nlohmann::json& summary) {
  std::vector<std::string> all;
  for (const auto& one : summary.at("instances")) {
    all.push_back(one.at("name").get<std::string>() + " " + one.at("outcome").get<std::string>());
  }
  return all;
}

/// What is in a file that may not be there.
inline std::string text_of(const fs::path& file) { return fs::exists(file) ? read_file(file) : ""; }

/// Waits until `holds_now` does, for a minute.
template <class Condition>
bool within_a_minute(const Condition& holds_now) {
  for (int i = 0; i < 600; ++i) {
    if (holds_now()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

/// The same command again, while the jobs of the client before it are there.
inline void expect_still_queued(const ClusterSuiteFolder& suite, const std::string& engine) {
  const CommandResult again = suite.run({".", "--on", engine, "-j", "2", "--out", "out", "-q"});
  EXPECT_EQ(again.exit_status, 3) << again.output_tail;
  EXPECT_TRUE(holds(again.output_tail, "is still in the queue")) << again.output_tail;
}

/// Goes on with what a client has left in `out`: all `count` come to their end, and one of them
/// fails.
inline void expect_all_come(const ClusterSuiteFolder& suite, const std::string& engine, int count) {
  const CommandResult resumed = suite.run({"--on", engine, "--resume", "out"});
  EXPECT_EQ(resumed.exit_status, 1) << resumed.output_tail;
  const std::string told =
      std::to_string(count) + " instances: " + std::to_string(count - 1) + " passed, 1 failed";
  EXPECT_TRUE(holds(resumed.output_tail, told)) << resumed.output_tail;
}

}  // namespace harness
