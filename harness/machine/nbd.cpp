#include "machine/nbd.h"

namespace harness {
namespace {

constexpr std::uint64_t kServerMagic = 0x4e42444d41474943;  // "NBDMAGIC"
constexpr std::uint64_t kOptionMagic = 0x49484156454f5054;  // "IHAVEOPT"
constexpr std::uint64_t kOptionReplyMagic = 0x0003e889045565a9;
constexpr std::uint32_t kRequestMagic = 0x25609513, kReplyMagic = 0x67446698;
constexpr std::uint16_t kFixedNewstyle = 1, kNoZeroes = 2;  // handshake, both sides
constexpr std::uint32_t kMaxOption = 64 << 10;

enum Option : std::uint32_t { kExportName = 1, kAbort = 2, kInfo = 6, kGo = 7 };
constexpr std::uint32_t kAck = 1, kInfoReply = 3, kUnsupported = 0x80000001;
constexpr std::uint16_t kInfoExport = 0;
// What the disk can do: flags are given, flush, force unit access.
constexpr std::uint16_t kTransmission = 1 | 1 << 2 | 1 << 3;
constexpr std::uint16_t kForceUnitAccess = 1;  // of a request
enum Command : std::uint16_t { kRead = 0, kWrite = 1, kDisconnect = 2, kFlush = 3 };
constexpr std::uint32_t kInputOutputError = 5;

void put(std::string& out, std::uint64_t value, int bytes) {
  while (bytes-- > 0) out += static_cast<char>(value >> 8 * bytes);
}

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = at; i < at + size; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return value;
}

void option_reply(std::string& out, std::uint32_t option, std::uint32_t type,
                  std::string_view data = {}) {
  put(out, kOptionReplyMagic, 8);
  put(out, option, 4);
  put(out, type, 4);
  put(out, data.size(), 4);
  out += data;
}

}  // namespace

NbdConversation::NbdConversation(std::uint64_t disk_bytes) : disk_bytes_(disk_bytes) {}

std::vector<NbdRequest> NbdConversation::receive(std::string_view bytes, std::string& out) {
  std::vector<NbdRequest> requests;
  if (!greeted_) {
    // The server speaks first.
    put(out, kServerMagic, 8);
    put(out, kOptionMagic, 8);
    put(out, kFixedNewstyle | kNoZeroes, 2);
    greeted_ = true;
  }
  in_ += bytes;
  for (bool more = true; more;) {
    switch (step_) {
      case Step::flags:
        more = take_flags();
        break;
      case Step::options:
        more = take_option(out);
        break;
      case Step::transmission:
        more = take_request(requests);
        break;
      case Step::broken:
        more = false;
        break;
    }
  }
  in_.erase(0, taken_);
  taken_ = 0;
  return requests;
}

bool NbdConversation::take_flags() {
  const std::string_view in = std::string_view(in_).substr(taken_);
  if (in.size() < 4) return false;
  no_zeroes_ = (number(in, 0, 4) & kNoZeroes) != 0;
  taken_ += 4;
  step_ = Step::options;
  return true;
}

bool NbdConversation::take_option(std::string& out) {
  const std::string_view in = std::string_view(in_).substr(taken_);
  if (in.size() < 16) return false;
  const auto option = static_cast<std::uint32_t>(number(in, 8, 4));
  const std::uint64_t length = number(in, 12, 4);
  if (number(in, 0, 8) != kOptionMagic || length > kMaxOption) {
    step_ = Step::broken;
    return false;
  }
  if (in.size() < 16 + length) return false;
  taken_ += 16 + length;
  switch (option) {
    case kExportName:
      put(out, disk_bytes_, 8);
      put(out, kTransmission, 2);
      if (!no_zeroes_) out.append(124, '\0');
      step_ = Step::transmission;
      break;
    case kInfo:
    case kGo: {
      std::string info;
      put(info, kInfoExport, 2);
      put(info, disk_bytes_, 8);
      put(info, kTransmission, 2);
      option_reply(out, option, kInfoReply, info);
      option_reply(out, option, kAck);
      if (option == kGo) step_ = Step::transmission;
      break;
    }
    case kAbort:
      option_reply(out, option, kAck);
      step_ = Step::broken;
      break;
    default:
      option_reply(out, option, kUnsupported);
      break;
  }
  return true;
}

bool NbdConversation::take_request(std::vector<NbdRequest>& requests) {
  constexpr std::size_t kHead = 28;
  const std::string_view in = std::string_view(in_).substr(taken_);
  if (in.size() < kHead) return false;
  NbdRequest request;
  const auto flags = number(in, 4, 2);
  const auto command = number(in, 6, 2);
  request.handle = number(in, 8, 8);
  request.offset = number(in, 16, 8);
  request.length = static_cast<std::uint32_t>(number(in, 24, 4));
  request.durable = (flags & kForceUnitAccess) != 0;
  const bool moves = command == kRead || command == kWrite;
  if (number(in, 0, 4) != kRequestMagic || command > kFlush ||
      (moves && (request.length > kMaxRequest || request.offset > disk_bytes_ ||
                 request.length > disk_bytes_ - request.offset))) {
    step_ = Step::broken;
    return false;
  }
  const std::size_t data = command == kWrite ? request.length : 0;
  if (in.size() < kHead + data) return false;
  taken_ += kHead + data;
  request.kind = command == kRead    ? NbdRequest::Kind::read
                 : command == kWrite ? NbdRequest::Kind::write
                 : command == kFlush ? NbdRequest::Kind::flush
                                     : NbdRequest::Kind::close;
  request.bytes = in.substr(kHead, data);
  requests.push_back(std::move(request));
  return true;
}

void NbdConversation::reply(const NbdRequest& request, bool good, std::string_view data,
                            std::string& out) {
  put(out, kReplyMagic, 4);
  put(out, good ? 0 : kInputOutputError, 4);
  put(out, request.handle, 8);
  if (good) out += data;
}

}  // namespace harness
