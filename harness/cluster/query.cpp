#include "cluster/query.h"

#include <fcntl.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <csignal>

#include "base/listing.h"
#include "base/text.h"
#include "process/child_process.h"
#include "process/descriptor.h"
#include "process/interrupt.h"

namespace harness {
namespace {

constexpr std::size_t kMostOutput = 64 << 20;  // of 100,000 tasks and more
constexpr std::size_t kMostComplaint = 4096;
constexpr std::size_t kQueryPipeBytes = 64 << 10;

/// Reads what is there into `text`; false at the end. What is beyond `most` is read and forgotten.
bool drain(int descriptor, std::string& text, std::size_t most, bool& cut) {
  std::array<char, 16384> block;
  for (;;) {
    std::size_t size = 0;
    const ReadResult result = read_some(descriptor, block.data(), block.size(), size);
    if (result != ReadResult::data) return result == ReadResult::would_block;
    const std::size_t taken = std::min(size, most - text.size());
    text.append(block.data(), taken);
    cut = cut || taken < size;
  }
}

}  // namespace

std::string QueryResult::failure() const {
  std::string text = "no answer in time";
  if (exit_status) text = "exit status " + std::to_string(*exit_status);
  if (cut) text = "it says too much";
  const std::string said = printable(trimmed(complaint.substr(0, complaint.find('\n'))));
  return said.empty() ? text : text + ": " + shortened(said, kReasonBytes);
}

QueryResult query(const std::vector<std::string>& argv, std::chrono::milliseconds limit,
                  OnInterrupt on_interrupt) {
  using Clock = std::chrono::steady_clock;
  keep_exit_statuses();
  Pipe output = make_pipe(kQueryPipeBytes), complaint = make_pipe(kQueryPipeBytes);
  const FileDescriptor nothing(open("/dev/null", O_RDONLY | O_CLOEXEC));
  SpawnRequest request;
  request.argv = argv;
  request.descriptors = {nothing.get(), output.write_end.get(), complaint.write_end.get()};
  ChildProcess child(request);
  output.write_end.close();
  complaint.write_end.close();

  QueryResult result;
  bool ignored = false, ended = false;
  const Clock::time_point deadline = Clock::now() + limit;
  std::array<pollfd, 4> waits = {
      {{child.pidfd(), POLLIN, 0},
       {output.read_end.get(), POLLIN, 0},
       {complaint.read_end.get(), POLLIN, 0},
       {on_interrupt == OnInterrupt::stop ? interrupt_descriptor() : -1, POLLIN, 0}}};
  while (!ended) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) break;
    poll(waits.data(), waits.size(), static_cast<int>(left));
    if (on_interrupt == OnInterrupt::stop && interrupted()) break;
    if (!drain(waits[1].fd, result.output, kMostOutput, result.cut)) waits[1].fd = -1;
    if (!drain(waits[2].fd, result.complaint, kMostComplaint, ignored)) waits[2].fd = -1;
    ended = (waits[0].revents & POLLIN) != 0;
  }
  if (!ended) {
    child.send_signal(SIGKILL);
    child.wait();
    return result;
  }
  // What it wrote before it ended is all in the pipes by now.
  if (waits[1].fd >= 0) drain(waits[1].fd, result.output, kMostOutput, result.cut);
  if (waits[2].fd >= 0) drain(waits[2].fd, result.complaint, kMostComplaint, ignored);
  result.exit_status = child.wait().exit_status;
  return result;
}

}  // namespace harness
