// What is happening now, on stderr: one line that is rewritten on a terminal, plain lines that
// stay elsewhere.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace harness {

enum class ProgressStyle { none, plain, terminal };
/// What suits this process's stderr.
ProgressStyle progress_style(bool quiet);

class Progress {
 public:
  /// `prefix` stands before each line of guest output.
  explicit Progress(ProgressStyle style, std::string prefix = "  | ")
      : style_(style), prefix_(std::move(prefix)) {}
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// A step begins: shown on a terminal only, until the next call.
  void now(std::string_view text);
  /// A step ended: a line that stays.
  void done(std::string_view text);
  /// Removes the transient line, so that something else can be printed.
  void clear();
  /// Guest output, made harmless, a line at a time.
  void serial(std::string_view line);

 private:
  ProgressStyle style_;
  std::string prefix_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point last_;
};

/// Columns of the terminal on stdout; 100 where it is none.
std::size_t terminal_width();
/// Whether stdout is a terminal, and says how wide it is.
bool terminal_is_there();
/// Whether stdout takes colours: a terminal that is not dumb, and NO_COLOR is not set
/// (https://no-color.org).
bool terminal_color();

}  // namespace harness
