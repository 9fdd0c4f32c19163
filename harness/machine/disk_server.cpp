#include "machine/disk_server.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.h"

namespace harness {
namespace {

FileDescriptor opened(const std::filesystem::path& file) {
  FileDescriptor descriptor(::open(file.c_str(), O_RDWR | O_CLOEXEC));
  if (!descriptor.is_open()) {
    throw Error("cannot open the disk " + file.string() + ": " + std::strerror(errno), "");
  }
  return descriptor;
}

std::uint64_t size_of(const FileDescriptor& file) {
  struct stat status{};
  return fstat(file.get(), &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

bool read_at(int fd, std::string& bytes, std::uint64_t offset) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t got =
        pread(fd, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

bool write_at(int fd, std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t put = pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
    offset += static_cast<std::uint64_t>(put);
  }
  return true;
}

}  // namespace

DiskServer::DiskServer(const std::filesystem::path& file)
    : file_(opened(file)), sockets_(make_socket_pair()), conversation_(size_of(file_)) {
  log_.disk_bytes = size_of(file_);
  conversation_.receive({}, out_);  // the greeting
  send();
}

ReadResult DiskServer::read(std::string& bytes) {
  bytes.resize(256 << 10);
  std::size_t size = 0;
  const ReadResult result = read_some(sockets_.ours.get(), bytes.data(), bytes.size(), size);
  if (result == ReadResult::end) sockets_.ours.close();
  bytes.resize(size);
  return result;
}

void DiskServer::serve(std::string_view bytes, std::uint64_t said) {
  // What comes together is answered together: none of it had an answer when the last of it was
  // sent.
  const std::size_t first = log_.events.size();
  for (NbdRequest& request : conversation_.receive(bytes, out_)) serve(request, said, first);
  send();
}

void DiskServer::serve(NbdRequest& request, std::uint64_t said, std::size_t unanswered_from) {
  switch (request.kind) {
    case NbdRequest::Kind::read: {
      std::string data(request.length, '\0');
      const bool good = read_at(file_.get(), data, request.offset);
      NbdConversation::reply(request, good, data, out_);
      break;
    }
    case NbdRequest::Kind::write: {
      const bool good = write_at(file_.get(), request.bytes, request.offset);
      NbdConversation::reply(request, good, {}, out_);
      record({.kind = DiskEvent::Kind::write,
              .offset = request.offset,
              .bytes = std::move(request.bytes),
              .durable = request.durable,
              .said = said});
      break;
    }
    case NbdRequest::Kind::flush:
      NbdConversation::reply(request, true, {}, out_);
      record({.kind = DiskEvent::Kind::flush,
              .bytes = {},
              .said = said,
              .unanswered = log_.events.size() - unanswered_from});
      break;
    case NbdRequest::Kind::close:
      break;
  }
}

void DiskServer::record(DiskEvent event) {
  if (log_.overflowed || log_.events.size() == kMaxLogEvents ||
      event.bytes.size() > kMaxLogBytes - log_bytes_) {
    log_.overflowed = true;
    return;
  }
  log_bytes_ += event.bytes.size();
  log_.events.push_back(std::move(event));
}

void DiskServer::send() {
  while (wants_to_send() && sockets_.ours.is_open()) {
    const ssize_t sent = ::send(sockets_.ours.get(), out_.data() + sent_, out_.size() - sent_,
                                MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return;  // later, or never: its end is seen where it is read from
    sent_ += static_cast<std::size_t>(sent);
  }
  out_.clear();
  sent_ = 0;
  // QEMU then reports that its disk is gone.
  if (conversation_.is_broken()) sockets_.ours.close();
}

DiskLog DiskServer::take_log() { return std::exchange(log_, {}); }

}  // namespace harness
