// File descriptors with an owner. Every one made here is close-on-exec.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace harness {

/// Owns one descriptor, or none (-1).
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() { close(); }

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }
  void close();

 private:
  int fd_ = -1;
};

struct Pipe {
  FileDescriptor read_end;  // never blocks
  FileDescriptor write_end;
};
struct SocketPair {
  FileDescriptor ours;  // never blocks
  FileDescriptor theirs;
};

/// Each throws Error if the system has no descriptor left.
/// `capacity` is a wish: an unprivileged process gets up to /proc/sys/fs/pipe-max-size.
Pipe make_pipe(std::size_t capacity);
SocketPair make_socket_pair();
/// A file in memory that has no name and goes away with its last descriptor.
FileDescriptor make_memory_file(const char* name);

/// The first `limit` bytes of a file made by make_memory_file, or "" if it is larger.
std::string memory_file_content(const FileDescriptor& file, std::size_t limit);

enum class ReadResult { data, would_block, end };
/// One read of at most `capacity` bytes. A broken connection is an end.
ReadResult read_some(int fd, char* buffer, std::size_t capacity, std::size_t& size);

/// Sends all bytes on a socket, or as many as it takes without waiting; false if not all. A peer
/// that is gone is no signal and no exception.
bool send_all(int socket, std::string_view bytes);

/// Sends what the socket takes without waiting, and takes it from the front of `bytes`. Where the
/// peer is gone all of it is dropped: no signal, no exception.
void send_some(int socket, std::string& bytes);

}  // namespace harness
