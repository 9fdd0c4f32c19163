// How a suite is getting on, on stderr: a table that is redrawn on a terminal, elsewhere one line
// for each instance when it ends.
#pragma once

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include "run/progress.h"
#include "suite/pool.h"

namespace harness {

class SuiteProgress final : public SuiteWatcher {
 public:
  SuiteProgress(ProgressStyle style, std::size_t total);
  ~SuiteProgress() override { clear(); }
  SuiteProgress(const SuiteProgress&) = delete;
  SuiteProgress& operator=(const SuiteProgress&) = delete;

  void ended(const InstanceResult& result) override;
  void tick(std::span<const Running> running) override;
  /// The same of a suite that runs elsewhere: how many things run there, and a line for each.
  void show(std::size_t running, const std::vector<std::string>& lines);
  /// A line that stays, in every style.
  void note(const std::string& text);
  /// Removes the table.
  void clear();

 private:
  void draw(std::size_t running, const std::vector<std::string>& shown);
  [[nodiscard]] std::string erasing() const;

  ProgressStyle style_;
  std::size_t total_, done_ = 0;
  std::array<std::size_t, kOutcomeCount> counts_{};
  std::size_t lines_ = 0;  // of the table that is shown
  std::chrono::steady_clock::time_point start_, drawn_;
};

}  // namespace harness
