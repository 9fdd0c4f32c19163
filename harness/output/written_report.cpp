#include "output/written_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "base/files.h"
#include "output/finish.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// Where two texts part: the first line that differs, as each has it.
std::string first_difference(std::string_view old_text, std::string_view new_text) {
  for (std::size_t line = 1;; ++line) {
    const std::string_view before = old_text.substr(0, old_text.find('\n'));
    const std::string_view after = new_text.substr(0, new_text.find('\n'));
    if (before != after || old_text.empty() || new_text.empty()) {
      return fmt::format("line {}:\n  - {}\n  + {}\n", line, before, after);
    }
    old_text.remove_prefix(std::min(old_text.size(), before.size() + 1));
    new_text.remove_prefix(std::min(new_text.size(), after.size() + 1));
  }
}

ExitStatus check_current(const fs::path& file, const std::string& now, const std::string& command) {
  if (!fs::exists(file)) {
    throw Error("there is no report " + file.string(), "write it: " + command,
                ExitStatus::invalid_data);
  }
  const std::string before = read_file(file);
  if (before == now) {
    print_text(file.string() + ": current\n");
    return ExitStatus::pass;
  }
  print_text(file.string() + ": not current, from " + first_difference(before, now) +
             "write it anew: " + command + "\n");
  return ExitStatus::regression;
}

}  // namespace

ExitStatus deliver_document(const Document& document, const fs::path& file, bool page, bool check,
                            const std::string& command) {
  const std::string markdown = document_markdown(document);
  if (check) return check_current(file, markdown, command);
  write_named(file, markdown);
  if (page) {
    write_atomically(fs::path(file).replace_extension(".html"), document_html(document));
  }
  print_text("report: " + file.string() + (page ? " and .html\n" : "\n"));
  return ExitStatus::pass;
}

}  // namespace harness
