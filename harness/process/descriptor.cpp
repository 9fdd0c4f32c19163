#include "process/descriptor.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace harness {
namespace {

[[noreturn]] void fail(const char* what) {
  throw Error(std::string("cannot make ") + what + ": " + strerror(errno),
              "raise the limit on open files (ulimit -n)");
}

}  // namespace

void FileDescriptor::close() {
  // On Linux the descriptor is gone even where close() reports EINTR: never try again.
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

Pipe make_pipe(std::size_t capacity) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail("a pipe");
  Pipe made{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
  // The status flags belong to one end each: this leaves the writer's end as it is.
  if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) fail("a pipe");
  fcntl(ends[0], F_SETPIPE_SZ, static_cast<int>(capacity));
  return made;
}

SocketPair make_socket_pair() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) fail("a socket pair");
  SocketPair made{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
  if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) fail("a socket pair");
  return made;
}

FileDescriptor make_memory_file(const char* name) {
  FileDescriptor made(memfd_create(name, MFD_CLOEXEC));
  if (!made.is_open()) fail("a memory file");
  return made;
}

std::string memory_file_content(const FileDescriptor& file, std::size_t limit) {
  struct stat info = {};
  if (fstat(file.get(), &info) != 0) return {};
  const auto size = static_cast<std::size_t>(info.st_size);
  if (size > limit) return {};
  std::string content(size, '\0');
  const ssize_t got = pread(file.get(), content.data(), size, 0);
  content.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return content;
}

ReadResult read_some(int fd, char* buffer, std::size_t capacity, std::size_t& size) {
  for (;;) {
    const ssize_t got = read(fd, buffer, capacity);
    if (got > 0) {
      size = static_cast<std::size_t>(got);
      return ReadResult::data;
    }
    if (got == 0) return ReadResult::end;
    if (errno == EINTR) continue;
    return errno == EAGAIN ? ReadResult::would_block : ReadResult::end;
  }
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void send_some(int socket, std::string& bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK) bytes.clear();
    if (sent < 0) return;
    bytes.erase(0, static_cast<std::size_t>(sent));
  }
}

}  // namespace harness
