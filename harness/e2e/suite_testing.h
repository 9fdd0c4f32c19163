// A folder with scenarios and guests, for tests that run suites.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "e2e/e2e.h"

namespace harness {

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A folder with its own copies of guests: their QEMUs can be told from all others by name.
struct Suite {
  fs::path folder = fresh_folder();
  explicit Suite(const std::vector<std::string>& guests) {
    for (const std::string& guest : guests) {
      fs::copy_file(fs::path(UNIHARNESS_IMAGES) / (guest + ".elf"), folder / (guest + ".elf"));
    }
  }
  void scenario(const std::string& name, const std::string& guest, const std::string& more = "",
                const std::string& limits = "{wall: 60s, idle: 5s}") const {
    std::ofstream(folder / (name + ".yaml"))
        << "name: " << name << "\nimage: {kernel: " << guest << ".elf}\nboots: 1\n"
        << "machine: {model: pc, vga: false}\n"
        << "limits: " << limits << "\nclock: host\n"
        << more;
  }
  [[nodiscard]] CommandResult run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "run");
    return uniharness(arguments, folder);
  }
  [[nodiscard]] std::string summary() const { return read_file(folder / "reports/summary.json"); }
  /// QEMUs of this folder that are running.
  [[nodiscard]] std::size_t qemus() const {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator("/proc")) {
      const std::string line = command_line_of(entry.path());
      count += holds(line, "qemu-system") && holds(line, folder.string() + "/");
    }
    return count;
  }
};

}  // namespace harness
