// Boost.Process v2, in this file alone. Of libboost 1.81 only some parts can be used:
// docs/DECISIONS.md, "Processes and QEMU".
#include "process/command.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// With std::filesystem, Boost.Process forgets to include these itself.
#include <boost/optional.hpp>
#include <boost/type_traits/decay.hpp>
#include <boost/type_traits/is_convertible.hpp>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/process/v2/posix/default_launcher.hpp>
#include <boost/process/v2/process.hpp>
#include <boost/process/v2/start_dir.hpp>
#include <boost/process/v2/stdio.hpp>
#include <cerrno>
#include <cstring>
#include <optional>

#include "base/error.h"
#include "process/child_process.h"
#include "process/descriptor.h"
#include "process/interrupt.h"

namespace harness {
namespace {

namespace asio = boost::asio;
namespace process = boost::process::v2;
using boost::system::error_code;
using Running = process::basic_process<asio::io_context::executor_type>;

constexpr std::size_t kTailBytes = 8192;
constexpr std::size_t kPipeBytes = 64 << 10;

/// What the child does between fork and exec. The launcher finds these functions by their names and
/// calls one of them with fewer arguments than it asks for, so they accept any.
struct BeforeExec {
  pid_t parent;

  template <typename... Ignored>
  error_code on_exec_setup(const Ignored&...) const {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Had our parent died just before the line above, no signal would ever come.
    if (getppid() != parent) _exit(EXIT_FAILURE);
    // The launcher means to close all but 0 to 2, but leaves those below its own pipe open. That
    // pipe must last until exec. Before Linux 5.11 this fails: then what is not close-on-exec by
    // itself (nothing of ours, but some of libraries) is passed on.
    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    return {};
  }

  /// The launcher would call exit(), which runs our destructors and writes our buffers once more.
  template <typename... Ignored>
  void on_exec_error(const Ignored&...) const {
    _exit(EXIT_FAILURE);
  }
};

[[noreturn]] void cannot_run(const std::string& program, int error) {
  throw Error("cannot run '" + program + "': " + std::strerror(error),
              error == ENOENT ? "is it installed, and in PATH?" : "");
}

/// Starts argv with its output on `output`.
Running start(asio::io_context& context, const std::vector<std::string>& argv,
              const std::filesystem::path& folder, int output) {
  const std::optional<std::string> program = find_program(argv.at(0));
  if (!program) cannot_run(argv[0], ENOENT);
  // What has a slash is looked up in `folder`, what PATH names is not.
  const bool from_path = argv[0].find('/') == std::string::npos;

  std::vector<const char*> arguments;
  arguments.reserve(argv.size() + 1);
  for (const std::string& argument : argv) arguments.push_back(argument.c_str());
  arguments.push_back(nullptr);
  // In this form the launcher leaves argv[0] as it is; otherwise it puts the path there.
  const char** const as_given = arguments.data();

  const FileDescriptor nothing(open("/dev/null", O_RDONLY | O_CLOEXEC));
  process::posix::default_launcher launcher;
  error_code error;
  Running started =
      launcher(context.get_executor(), error,
               from_path ? std::filesystem::absolute(*program) : std::filesystem::path(*program),
               as_given, process::process_stdio{nothing.get(), output, output},
               process::process_start_dir(folder), BeforeExec{getpid()});
  if (!error) return started;
  // It does not reap a child that could not load its program.
  if (launcher.pid > 0) waitpid(launcher.pid, nullptr, 0);
  cannot_run(argv[0], error.value());
}

/// Reads the output of a command as it comes.
class Output {
 public:
  Output(asio::io_context& context, FileDescriptor pipe, CommandResult& result,
         const std::function<void(std::string_view)>& on_output)
      : pipe_(context, pipe.release()), result_(result), on_output_(on_output) {
    pipe_.non_blocking(true);  // Asio does not know that it is: it would wait in take()
  }

  void follow() {
    // Waits first and reads then: what async_read_some() has read would be lost if the context is
    // stopped before its handler runs.
    pipe_.async_wait(asio::posix::stream_descriptor::wait_read, [this](const error_code& error) {
      if (!error && (take() > 0 || would_block_)) follow();
    });
  }

  /// Takes what is in the pipe, without waiting. Not more than fits into it: what the command has
  /// left running may write for ever.
  void take_rest() {
    for (std::size_t taken = 0; taken < kPipeBytes;) {
      const std::size_t size = take();
      if (size == 0) return;
      taken += size;
    }
  }

 private:
  /// One read. 0 if nothing is there or all who could write have ended.
  std::size_t take() {
    error_code error;
    const std::size_t size = pipe_.read_some(asio::buffer(block_), error);
    would_block_ = error == asio::error::would_block;
    if (error) return 0;
    const std::string_view output(block_.data(), size);
    if (on_output_) on_output_(output);
    result_.output_tail += output;
    if (result_.output_tail.size() > 2 * kTailBytes) {
      result_.output_tail.erase(0, result_.output_tail.size() - kTailBytes);
    }
    return size;
  }

  asio::posix::stream_descriptor pipe_;
  CommandResult& result_;
  const std::function<void(std::string_view)>& on_output_;
  std::array<char, 16384> block_ = {};
  bool would_block_ = false;
};

}  // namespace

std::string CommandResult::ending() const {
  if (exit_status > 128) return "killed by signal " + std::to_string(exit_status - 128);
  return "exit status " + std::to_string(exit_status);
}

CommandResult run_command(const std::vector<std::string>& argv, const std::filesystem::path& folder,
                          const std::function<void(std::string_view)>& on_output) {
  keep_exit_statuses();
  Pipe pipe = make_pipe(kPipeBytes);
  asio::io_context context;
  Running command = start(context, argv, folder, pipe.write_end.get());
  pipe.write_end.close();

  // Until the command ends, not until its output does: what it has left running in the background
  // may keep that open for ever.
  error_code wait_error;
  command.async_wait([&](const error_code& error, int) {
    wait_error = error;
    context.stop();
  });
  CommandResult result;
  Output output(context, std::move(pipe.read_end), result, on_output);
  output.follow();
  asio::posix::stream_descriptor interrupt(context);
  if (interrupt_descriptor() >= 0) {
    interrupt.assign(fcntl(interrupt_descriptor(), F_DUPFD_CLOEXEC, 0));
    interrupt.async_wait(asio::posix::stream_descriptor::wait_read, [&](error_code error) {
      // Its process group is ours, so a Ctrl-C has reached it too; SIGTERM to us alone has not.
      if (!error) command.request_exit(error);
    });
  }
  context.run();
  output.take_rest();
  command.detach();  // it is reaped: its number may belong to another process by now
  if (wait_error) throw Error("cannot wait for '" + argv[0] + "': " + wait_error.message());

  const int status = command.native_exit_code();
  result.exit_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);
  if (result.output_tail.size() > kTailBytes) {
    result.output_tail.erase(0, result.output_tail.size() - kTailBytes);
    result.output_tail.erase(0, result.output_tail.find('\n') + 1);
  }
  return result;
}

}  // namespace harness
