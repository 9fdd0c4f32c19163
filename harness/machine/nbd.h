// The network block device protocol, as far as QEMU as a client needs it: bytes in, requests out.
// Pure.
//
// QEMU is given one end of a socket pair for a disk (-blockdev nbd with server.type=fd), and asks
// at the other end for every read, write and flush. So the harness knows each write before it is
// made, and in which order it stands to what the guest has said.
//
// Source: https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md (fixed newstyle
// negotiation, simple replies).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

struct NbdRequest {
  enum class Kind { read, write, flush, close };
  Kind kind = Kind::close;
  std::uint64_t handle = 0;
  std::uint64_t offset = 0;
  std::uint32_t length = 0;  // of a read
  std::string bytes;         // of a write
  bool durable = false;      // force unit access
};

class NbdConversation {
 public:
  /// The most that one request may read or write; QEMU splits larger ones.
  static constexpr std::uint32_t kMaxRequest = 32u << 20;

  explicit NbdConversation(std::uint64_t disk_bytes);

  /// Takes what the client sent. The requests that are whole now, in order; what is to be sent in
  /// answer to the negotiation is added to `out`. After anything that is no NBD, or a request
  /// beyond the disk, is_broken() and there are no more.
  std::vector<NbdRequest> receive(std::string_view bytes, std::string& out);
  [[nodiscard]] bool is_broken() const { return step_ == Step::broken; }

  /// The reply to a request: `data` is what was read.
  static void reply(const NbdRequest& request, bool good, std::string_view data, std::string& out);

 private:
  enum class Step { flags, options, transmission, broken };
  /// Each takes the next whole message from the front of `in_`; false where it is not whole yet.
  bool take_flags();
  bool take_option(std::string& out);
  bool take_request(std::vector<NbdRequest>& requests);

  std::uint64_t disk_bytes_;
  Step step_ = Step::flags;
  bool greeted_ = false;
  bool no_zeroes_ = false;
  std::string in_;
  std::size_t taken_ = 0;  // bytes of in_
};

}  // namespace harness
