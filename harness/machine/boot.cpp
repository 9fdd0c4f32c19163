#include "machine/boot.h"

#include <poll.h>
#include <signal.h>

#include <algorithm>
#include <system_error>

#include "machine/module_files.h"
#include "process/interrupt.h"

namespace harness {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kSerialPipeBytes = 1 << 20;  // the most an unprivileged process may have
constexpr std::size_t kStderrPipeBytes = 64 << 10;
constexpr std::size_t kMaxStderr = 64 << 10;

// QEMU's descriptors after 0, 1 and 2: QMP, a plugin's if there is one, those of the capture.
constexpr int kQmpDescriptor = 3;
static_assert(kPluginDescriptor == kQmpDescriptor + 1 && kPluginAsks == kPluginDescriptor + 1);

// After serial bytes we leave the pipe alone for this long. QEMU writes each byte by itself, and a
// reader that is woken for each of them more than doubles the time of a guest that says much. It
// also bounds the marks by the boot's time.
constexpr auto kGather = 500us;
// After a panic line most guests end by themselves with their panic value.
constexpr auto kPanicGrace = 200ms;
// A capture takes some 10 ms; only a very busy host, or a QEMU that hangs, needs more.
constexpr auto kCaptureLimit = 1s;
// While the guest waits for it, nothing is lost by waiting, too: at a load of 18 on 2 cores QEMU
// took more than a second to answer.
constexpr auto kHeldCaptureLimit = 30s;

/// The host's time stamp counter; 0 where the processor has none that programs can read.
std::uint64_t host_tsc() {
#if defined(__x86_64__)
  return __builtin_ia32_rdtsc();
#else
  return 0;
#endif
}

/// Ticks a second; 0 for a time too short to tell.
std::uint64_t ticks_per_second(std::uint64_t ticks, std::chrono::nanoseconds time) {
  if (time < 1ms) return 0;
  return static_cast<std::uint64_t>(static_cast<double>(ticks) * 1e9 /
                                    static_cast<double>(time.count()));
}

std::uintmax_t file_size_or_zero(const std::filesystem::path& file) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  return error ? 0 : size;  // QEMU will say what is wrong with it
}

}  // namespace

Boot::Boot(const Job& job, const SerialSink& sink)
    : job_(job),
      sink_(sink),
      serial_log_(trace_, job.limits.serial),
      capture_(job),
      serial_in_(make_socket_pair()),
      serial_out_(make_pipe(kSerialPipeBytes)),
      stderr_(make_pipe(kStderrPipeBytes)),
      qmp_(make_socket_pair()),
      conversation_(job.steps) {
  trace_.command = qemu_command(job, CommandStyle::harnessed, kQmpDescriptor);
  trace_.bare_command = qemu_command(job, CommandStyle::bare);
  SpawnRequest request;
  request.argv = trace_.command;
  request.descriptors = {serial_in_.theirs.get(), serial_out_.write_end.get(),
                         stderr_.write_end.get(), qmp_.theirs.get()};
  if (job.plugin) {
    asks_ = make_socket_pair();
    request.descriptors.push_back(job.plugin->descriptor);
    request.descriptors.push_back(asks_.theirs.get());
  }
  if (job.record_disk) {
    disk_.emplace(job.written_disk);
    request.descriptors.push_back(disk_->theirs().get());
  }
  inherit_modules(request);
  for (const int fd : capture_.descriptors()) request.descriptors.push_back(fd);
  std::uintmax_t overlaid = job.disk.empty() ? 0 : file_size_or_zero(job.disk);
  for (const auto& disk : job.further_disks) overlaid += file_size_or_zero(disk);
  for (std::size_t unit = 1; unit < job.flash.size(); ++unit) {
    overlaid += file_size_or_zero(job.flash[unit]);
  }
  if (!job.disk.empty() || job.flash.size() > 1) {
    scratch_.emplace(overlaid);
    request.environment = {"TMPDIR=" + scratch_->path().string()};
  }

  // QEMU finds these in the socket when it first looks: the guest starts without a round trip.
  send_all(qmp_.ours.get(), qmp::go());
  start_ = Clock::now();
  start_tsc_ = host_tsc();
  child_ = std::make_unique<ChildProcess>(request);
  limits_ = std::make_unique<LimitWatch>(job.limits, job.machine.smp, job.machine.serial, start_,
                                         [qemu = child_->id()] { return host_share_of(qemu); });
  for (FileDescriptor* theirs : {&serial_in_.theirs, &serial_out_.write_end, &stderr_.write_end,
                                 &qmp_.theirs, &asks_.theirs}) {
    theirs->close();  // so that the end of QEMU is the end of the data
  }
  if (disk_) disk_->theirs().close();
}

Trace Boot::run() {
  while (!ended_) {
    wait_for_news();
    decide();
  }
  finish();
  return std::move(trace_);
}

void Boot::wait_for_news() {
  enum { serial, input, errors, qmp, asks, disk, process, interrupt, kCount };
  pollfd watched[kCount] = {};
  const Clock::time_point now = Clock::now();
  const bool gathering = now < gather_until_;
  watched[serial].fd = gathering ? -1 : serial_out_.read_end.get();
  watched[errors].fd = stderr_.read_end.get();
  watched[qmp].fd = qmp_.ours.get();
  watched[asks].fd = asks_.ours.get();
  watched[disk].fd = disk_ ? disk_->descriptor() : -1;
  watched[process].fd = child_->pidfd();
  // Once seen it stays readable; a boot that is being ended waits for the process alone.
  watched[interrupt].fd = killed_ ? -1 : interrupt_descriptor();
  for (pollfd& one : watched) one.events = POLLIN;
  // A guest that is slow to read what it is sent.
  watched[input] = {to_send_.empty() ? -1 : serial_in_.ours.get(), POLLOUT, 0};
  if (disk_ && disk_->wants_to_send()) watched[disk].events |= POLLOUT;

  const Clock::time_point next =
      gathering ? std::min(gather_until_, next_deadline()) : next_deadline();
  const auto left = std::max(next - now, Clock::duration::zero());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
  const timespec timeout = {seconds.count(), (left - seconds).count()};
  const int ready = ppoll(watched, kCount, killed_ ? nullptr : &timeout, nullptr);
  if (ready <= 0) return;  // a deadline, or a signal whose descriptor is readable next time

  if (watched[serial].revents != 0) take_serial();
  if (watched[input].revents != 0) send_to_guest({});
  if (watched[errors].revents != 0) take_stderr();
  if (watched[qmp].revents != 0) take_qmp();
  if (watched[asks].revents != 0) take_ask();
  if (disk_ && (watched[disk].revents & POLLOUT)) disk_->send();
  if (disk_ && (watched[disk].revents & ~POLLOUT)) take_disk(*disk_);
  ended_ = watched[process].revents != 0;
}

ReadResult Boot::take_serial() {
  std::size_t size = 0;
  const ReadResult result =
      read_some(serial_out_.read_end.get(), buffer_.data(), buffer_.size(), size);
  if (result == ReadResult::end) serial_out_.read_end.close();
  if (result != ReadResult::data) return result;

  const Clock::time_point now = Clock::now();
  limits_->heard(now);
  settle_at_ = now + kSettled;
  gather_until_ = now + kGather;
  const std::string_view kept = serial_log_.add({buffer_.data(), size}, now - start_);
  send_to_guest(conversation_.see({buffer_.data(), size}, now));
  if (kept.empty()) return result;
  if (sink_ && !sink_(kept, now - start_) && !grace_start_) grace_start_ = now;
  if (closing_line_.add(kept) && holds_at_end(job_) && !ended_) begin_capture(now);
  return result;
}

ReadResult Boot::take_stderr() {
  std::size_t size = 0;
  const ReadResult result = read_some(stderr_.read_end.get(), buffer_.data(), buffer_.size(), size);
  if (result == ReadResult::end) stderr_.read_end.close();
  if (result != ReadResult::data) return result;
  trace_.stderr_text.append(buffer_.data(), std::min(size, kMaxStderr - trace_.stderr_text.size()));
  return result;
}

/// What the guest has said lies in the pipe: it waits for the plugin, which waits for us.
ReadResult Boot::take_ask() {
  char question = 0;
  std::size_t size = 0;
  const ReadResult result = read_some(asks_.ours.get(), &question, 1, size);
  if (result == ReadResult::end) asks_.ours.close();
  if (result != ReadResult::data) return result;
  while (take_serial() == ReadResult::data) {
  }
  if (job_.plugin->asked) job_.plugin->asked();
  send_all(asks_.ours.get(), "\n");
  return result;
}

/// What the guest said before it asked lies in the pipe, and is taken first: so each write stands
/// in its place among what was said.
ReadResult Boot::take_disk(DiskServer& disk) {
  return disk.take([this] {
    while (take_serial() == ReadResult::data) {
    }
    return serial_log_.received();
  });
}

/// Looks at limits and at what is under way, and does the next step.
void Boot::decide() {
  if (ended_ || killed_) return;
  const Clock::time_point now = Clock::now();
  if (interrupted()) {
    trace_.stop = StopReason::interrupted;
    kill();
    return;
  }
  if (capture_step_ == CaptureStep::under_way) {
    const bool complete = capture_.complete() && !registers_asked_;
    if (complete || now >= capture_deadline_) end_capture(now);
    return;
  }
  trace_.stop = due_stop(now);
  trace_.waited = limits_->waited();
  if (trace_.stop == StopReason::none) return;
  const bool looks = wants_screen(job_) || (let_run_ && asks_where(job_, trace_.stop));
  if (looks && capture_step_ == CaptureStep::not_yet) {
    send_all(qmp_.ours.get(), qmp::stop());  // what it shows now is what we want to see
    begin_capture(now);
  } else {
    kill();
  }
}

StopReason Boot::due_stop(Clock::time_point now) {
  if (serial_log_.overflowed()) return StopReason::serial_limit;
  if (grace_start_ && now >= *grace_start_ + kPanicGrace) return StopReason::panic_line;
  if (conversation_.satisfied()) return StopReason::satisfied;
  const auto deadline = conversation_.deadline();
  if (deadline && now >= *deadline) return StopReason::step_limit;
  if (job_.settled && now >= settle_at_ && !has_unread_serial()) {
    settle_at_ = Clock::time_point::max();
    if (job_.settled()) return StopReason::idle_limit;
  }
  const StopReason due = limits_->due(now);
  return due == StopReason::idle_limit && has_unread_serial() ? StopReason::none : due;
}

/// Where the sink took its time, or this process had no processor, what the guest said meanwhile
/// waits to be read: that is no silence. Reads some of it.
bool Boot::has_unread_serial() { return take_serial() == ReadResult::data; }

Boot::Clock::time_point Boot::next_deadline() const {
  if (capture_step_ == CaptureStep::under_way) return capture_deadline_;
  if (conversation_.satisfied()) return Clock::now();
  Clock::time_point next = limits_->next();
  if (job_.settled) next = std::min(next, settle_at_);
  if (const auto deadline = conversation_.deadline()) next = std::min(next, *deadline);
  return grace_start_ ? std::min(next, *grace_start_ + kPanicGrace) : next;
}

int Boot::first_capture_descriptor() const {
  return first_module_descriptor(job_, kQmpDescriptor) + static_cast<int>(module_files_.size());
}

void Boot::inherit_modules(SpawnRequest& request) {
  module_files_ = open_module_files(job_);
  for (const FileDescriptor& file : module_files_) request.descriptors.push_back(file.get());
}

void Boot::begin_capture(Clock::time_point now) {
  if (capture_step_ != CaptureStep::not_yet) return;
  capture_step_ = CaptureStep::under_way;
  const bool held = trace_.stop == StopReason::none;
  capture_deadline_ = now + (held ? kHeldCaptureLimit : kCaptureLimit);
  std::string commands = wants_screen(job_) ? capture_.commands(first_capture_descriptor()) : "";
  if (let_run_ && asks_where(job_, trace_.stop)) {
    registers_asked_ = true;
    commands += qmp::registers();
  }
  send_all(qmp_.ours.get(), commands);
}

void Boot::end_capture(Clock::time_point now) {
  capture_step_ = CaptureStep::over;
  if (trace_.stop != StopReason::none) {
    kill();
    return;
  }
  send_to_guest("\n");  // lets the guest go
  // It could do nothing while it was held: silence and grace count from here.
  limits_->heard(now);
  if (grace_start_) grace_start_ = now;
}

void Boot::send_to_guest(const std::string& bytes) {
  to_send_ += bytes;
  if (!to_send_.empty()) send_some(serial_in_.ours.get(), to_send_);
}

void Boot::kill() {
  killed_ = true;
  child_->send_signal(SIGKILL);
}

/// The process is gone: reaps it, and reads what it left in the pipes.
void Boot::finish() {
  const ProcessEnd end = child_->wait();
  trace_.wall = Clock::now() - start_;
  trace_.tsc_hz = ticks_per_second(host_tsc() - start_tsc_, trace_.wall);
  // To the end of the data, or to where it would block, should something else hold the pipe.
  while (take_serial() == ReadResult::data) {
  }
  while (take_stderr() == ReadResult::data) {
  }
  while (take_qmp() == ReadResult::data) {
  }
  if (disk_) {
    while (take_disk(*disk_) == ReadResult::data) {
    }
    trace_.disk_log = disk_->take_log();
  }
  serial_log_.finish();

  trace_.steps_done = conversation_.done();
  trace_.exit_status = end.exit_status;
  trace_.exit_signal = end.exit_signal;
  trace_.use = end.use;
  trace_.started = greeted_ && let_run_;
  // It may have ended just before we ended it. Its own end is the better evidence.
  if (end.exit_signal != SIGKILL) trace_.stop = StopReason::none;
  if (serial_log_.overflowed()) trace_.stop = StopReason::serial_limit;
  capture_.store(trace_);
}

Trace QemuMachine::run(const Job& job, const SerialSink& sink) {
  if (interrupted()) {
    Trace trace;
    trace.command = qemu_command(job, CommandStyle::harnessed, kQmpDescriptor);
    trace.stop = StopReason::interrupted;
    return trace;
  }
  return Boot(job, sink).run();
}

}  // namespace harness
