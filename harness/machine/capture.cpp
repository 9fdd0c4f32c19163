#include "machine/capture.h"

#include <algorithm>
#include <iterator>

namespace harness {
namespace {

// A text screen's picture is a few kilobytes; a graphics mode's at most some megabytes.
constexpr std::size_t kMaxPng = 16 << 20;

std::string inherited_file(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

}  // namespace

bool asks_where(const Job& job, StopReason stop) {
  constexpr StopReason kLimits[] = {StopReason::wall_limit, StopReason::idle_limit,
                                    StopReason::cpu_limit, StopReason::step_limit,
                                    StopReason::serial_limit};
  return job.where_it_was && std::ranges::find(kLimits, stop) != std::end(kLimits);
}

ScreenCapture::ScreenCapture(const Job& job) {
  if (!wants_screen(job)) {
    cells_ = State::refused;
  } else {
    cells_file_ = make_memory_file("uniharness-cells");
  }
  if (!wants_screen(job) || !job.screenshot) {
    png_ = State::refused;
  } else {
    png_file_ = make_memory_file("uniharness-png");
  }
}

std::vector<int> ScreenCapture::descriptors() const {
  std::vector<int> result;
  if (cells_file_.is_open()) result.push_back(cells_file_.get());
  if (png_file_.is_open()) result.push_back(png_file_.get());
  return result;
}

std::string ScreenCapture::commands(int first) const {
  std::string text;
  if (cells_file_.is_open()) {
    text += qmp::save_memory(kTextScreenAddress, kScreenBytes, inherited_file(first));
  }
  if (png_file_.is_open()) text += qmp::save_display(inherited_file(first + 1));
  return text;
}

void ScreenCapture::on_reply(const QmpReply& reply) {
  const State answer = reply.error ? State::refused : State::saved;
  if (reply.id == qmp::kCells) cells_ = answer;
  if (reply.id == qmp::kPng) png_ = answer;
}

void ScreenCapture::store(Trace& trace) const {
  if (cells_ == State::saved) {
    const std::string cells = memory_file_content(cells_file_, kScreenBytes);
    if (cells.size() == kScreenBytes) trace.screen.assign(cells.begin(), cells.end());
  }
  if (png_ == State::saved) trace.screenshot = memory_file_content(png_file_, kMaxPng);
}

}  // namespace harness
