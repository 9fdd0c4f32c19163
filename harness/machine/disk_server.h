// A disk that the harness itself serves to QEMU (machine/nbd.h), and whose writes it records.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "machine/nbd.h"
#include "model/disk_log.h"
#include "process/descriptor.h"

namespace harness {

class DiskServer {
 public:
  /// Serves `file`, and writes to it. Throws Error where it cannot be opened.
  explicit DiskServer(const std::filesystem::path& file);

  /// The other end of the connection, for QEMU; closed by who starts it.
  [[nodiscard]] FileDescriptor& theirs() { return sockets_.theirs; }
  /// For poll(2): readable, and where wants_to_send() writable.
  [[nodiscard]] int descriptor() const { return sockets_.ours.get(); }
  [[nodiscard]] bool wants_to_send() const { return sent_ < out_.size(); }

  /// Reads once what QEMU asks for. `said` is called before anything of it is done: how many serial
  /// bytes have come. All that the guest said before it asked lies in the pipe by then.
  template <class Said>
  ReadResult take(const Said& said) {
    std::string bytes;
    const ReadResult result = read(bytes);
    if (result == ReadResult::data) serve(bytes, said());
    return result;
  }
  void send();

  DiskLog take_log();

 private:
  ReadResult read(std::string& bytes);
  void serve(std::string_view bytes, std::uint64_t said);
  void serve(NbdRequest& request, std::uint64_t said, std::size_t unanswered_from);
  void record(DiskEvent event);

  FileDescriptor file_;
  SocketPair sockets_;
  NbdConversation conversation_;
  DiskLog log_;
  std::size_t log_bytes_ = 0;
  std::string out_;
  std::size_t sent_ = 0;
};

}  // namespace harness
