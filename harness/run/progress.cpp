#include "run/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/format.h"
#include "base/text.h"

namespace harness {
namespace {

bool smart_terminal(int descriptor) {
  const char* const term = std::getenv("TERM");
  return isatty(descriptor) != 0 && term != nullptr && std::string_view(term) != "dumb";
}

}  // namespace

ProgressStyle progress_style(bool quiet) {
  if (quiet) return ProgressStyle::none;
  return smart_terminal(STDERR_FILENO) ? ProgressStyle::terminal : ProgressStyle::plain;
}

void Progress::now(std::string_view text) {
  if (style_ != ProgressStyle::terminal) return;
  // Ten times a second is all an eye can follow; a step's first text is always shown.
  const auto time = std::chrono::steady_clock::now();
  if (shown_ && time - last_ < std::chrono::milliseconds(100)) return;
  last_ = time;
  shown_ = true;
  // A cut between characters, not between the bytes of one.
  const std::string line = wrapped(printable(text), terminal_width() - 1).front();
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
}

void Progress::done(std::string_view text) {
  clear();
  if (style_ == ProgressStyle::none) return;
  std::fprintf(stderr, "%s\n", printable(text).c_str());
}

void Progress::clear() {
  if (shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

void Progress::serial(std::string_view line) {
  clear();
  std::string text = printable(line);
  // A runner of GitHub Actions takes "##[error]" for a command wherever it stands in a line.
  for (std::size_t at = 0; (at = text.find("##[", at)) != text.npos;) text.insert(at + 2, " ");
  std::fprintf(stderr, "%s%s\n", prefix_.c_str(), text.c_str());
}

namespace {

/// 0: stdout is no terminal, or one that does not say.
std::size_t columns_of_stdout() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ? 0 : size.ws_col;
}

}  // namespace

bool terminal_is_there() { return columns_of_stdout() != 0; }

std::size_t terminal_width() {
  const std::size_t columns = columns_of_stdout();
  return columns == 0 ? 100 : std::clamp<std::size_t>(columns, 40, 200);
}

bool terminal_color() {
  const char* const no_color = std::getenv("NO_COLOR");
  return smart_terminal(STDOUT_FILENO) && (no_color == nullptr || *no_color == '\0');
}

}  // namespace harness
