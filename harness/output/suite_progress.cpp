#include "output/suite_progress.h"

#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "base/format.h"
#include "base/text.h"
#include "report/suite_report.h"

namespace harness {
namespace {

using Clock = std::chrono::steady_clock;

struct Size {
  std::size_t rows = 24, columns = 80;
};
Size size_of_terminal() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
    return {};
  }
  return {std::max<std::size_t>(size.ws_row, 4), std::max<std::size_t>(size.ws_col, 20)};
}

/// One line that does not wrap: a wrapped one would not be removed as a whole.
std::string cut(const std::string& text, std::size_t columns) {
  return wrapped(printable(text), columns - 1).front() + "\n";
}

std::string running_line(const Running& running, Clock::time_point now) {
  std::string text =
      fmt::format("  {}  {}", running.instance->scenario.name, duration_text(now - running.since));
  if (running.retry > 0) text += fmt::format(", retry {}", running.retry);
  return text;
}

}  // namespace

SuiteProgress::SuiteProgress(ProgressStyle style, std::size_t total)
    : style_(style), total_(total), start_(Clock::now()) {}

void SuiteProgress::ended(const InstanceResult& result) {
  ++done_;
  ++counts_[static_cast<std::size_t>(result.outcome)];
  // On a terminal the table counts what went well; what did not stays to be read.
  const bool well = result.outcome == Outcome::passed || result.outcome == Outcome::skipped;
  if (style_ == ProgressStyle::none || (style_ == ProgressStyle::terminal && well)) return;
  clear();
  std::string text =
      fmt::format("[{}/{}] {}  {}", done_, total_, outcome_name(result.outcome), result.name);
  if (result.outcome != Outcome::passed) text += ": " + outcome_text(result);
  text += fmt::format(" after {}", duration_text(result.wall()));
  std::fprintf(stderr, "%s\n", printable(text).c_str());
}

void SuiteProgress::tick(std::span<const Running> running) {
  if (style_ != ProgressStyle::terminal) return;
  const Clock::time_point now = Clock::now();
  if (lines_ > 0 && now - drawn_ < std::chrono::milliseconds(90)) return;
  drawn_ = now;
  std::vector<std::string> lines;
  lines.reserve(running.size());
  for (const Running& one : running) lines.push_back(running_line(one, now));
  draw(running.size(), lines);
}

void SuiteProgress::show(std::size_t running, const std::vector<std::string>& lines) {
  if (style_ == ProgressStyle::terminal) draw(running, lines);
}

void SuiteProgress::note(const std::string& text) {
  clear();
  std::fprintf(stderr, "%s\n", printable(text).c_str());
}

void SuiteProgress::draw(std::size_t running, const std::vector<std::string>& shown) {
  const Size size = size_of_terminal();
  const Clock::time_point now = Clock::now();
  const auto count = [&](Outcome outcome) { return counts_[static_cast<std::size_t>(outcome)]; };
  std::string head = fmt::format("{}/{} done", done_, total_);
  for (const Outcome outcome : {Outcome::failed, Outcome::flaky, Outcome::quarantined}) {
    if (count(outcome) > 0) head += fmt::format(", {} {}", count(outcome), outcome_name(outcome));
  }
  head += fmt::format(", {} running, {}", running, duration_text(now - start_));
  std::string table = cut(head, size.columns);
  std::size_t lines = 1;
  const std::size_t room = size.rows - 3;
  for (const std::string& line : std::span(shown).first(std::min(room, shown.size()))) {
    table += cut(line, size.columns);
    ++lines;
  }
  // In one write with what removes the old table: it does not flicker.
  std::fputs((erasing() + table).c_str(), stderr);
  lines_ = lines;
}

std::string SuiteProgress::erasing() const {
  // Up to the first line of the table, and away with all below (ECMA-48 CPL and ED).
  return lines_ == 0 ? "" : fmt::format("\x1b[{}F\x1b[J", lines_);
}

void SuiteProgress::clear() {
  std::fputs(erasing().c_str(), stderr);
  lines_ = 0;
}

}  // namespace harness
