// Opens a page in headless Chromium, as a reader would, and tells what became of it.
#pragma once

#include <unistd.h>

#include <string>

#include "base/files.h"

#include "e2e/e2e.h"

namespace harness {

/// Debian's package (ci/setup.sh installs it). Tests that need it are skipped where it is missing.
inline bool has_browser() { return fs::exists("/usr/bin/chromium"); }

struct OpenedPage {
  std::string dom;       // when everything had been loaded and all scripts had run, as HTML
  std::string messages;  // of the page's console: errors, refusals, warnings
};

/// `address`: file:// or http://. Works in `folder`, with a profile of its own that nothing else
/// uses. Chromium looks for D-Bus, a keyring and updates, and complains: that is not of the page.
inline OpenedPage open_page(const std::string& address, const fs::path& folder) {
  std::vector<std::string> command = {
      "sh",
      "-c",
      "exec timeout 100 /usr/bin/chromium \"$@\" >page.dom 2>page.log",
      "sh",
      "--headless",
      "--disable-gpu",
      "--disable-background-networking",
      "--no-first-run",
      "--enable-logging=stderr",
      "--log-level=0",
      "--user-data-dir=" + (folder / "profile").string()};
  if (::geteuid() == 0) command.emplace_back("--no-sandbox");
  command.emplace_back("--dump-dom");
  command.push_back(address);
  const CommandResult result = run_command(command, folder);
  EXPECT_EQ(result.exit_status, 0) << read_file(folder / "page.log");
  fs::remove_all(folder / "profile");
  OpenedPage page = {read_file(folder / "page.dom"), {}};
  const std::string log = read_file(folder / "page.log");
  for (std::size_t begin = 0; begin < log.size();) {
    const std::size_t end = std::min(log.find('\n', begin), log.size());
    const std::string line = log.substr(begin, end - begin);
    if (line.find(":CONSOLE") != line.npos) page.messages += line + "\n";
    begin = end + 1;
  }
  return page;
}

inline std::string address_of(const fs::path& file) {
  return "file://" + fs::absolute(file).string();
}

}  // namespace harness
