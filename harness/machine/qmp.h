// QEMU's control channel, as far as we use it. Pure: text in, messages out; with
// record/codec.cpp the only code that knows the JSON library.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace harness {

struct QmpGreeting {
  std::string qemu_version;  // "7.2.22"
};
/// The guest runs (again).
struct QmpResumed {};
/// It stands still, whoever wanted that.
struct QmpStopped {};
/// It will do nothing more: QEMU ends, or, as it was told to, holds the guest where it is.
struct QmpShutdown {
  bool by_guest = false;
  std::string reason;       // "guest-reset", "guest-shutdown", "host-qmp-quit", ...
  std::string detail = {};  // what QEMU said beside the reason
};
/// The reason where QEMU cannot go on.
inline constexpr char kHostError[] = "host-error";
/// The answer to the command that carried this id.
struct QmpReply {
  std::string id;
  std::optional<std::string> error;  // QEMU's description, unset if the command succeeded
  std::string text = {};  // what it returned, where that is text; of kStatus the state's name
};
/// Valid JSON that is none of the above.
struct QmpOther {};
/// Not JSON, or too long. Only a broken QEMU says this.
struct QmpGarbage {
  std::string text;
};
using QmpMessage =
    std::variant<QmpGreeting, QmpResumed, QmpStopped, QmpShutdown, QmpReply, QmpOther, QmpGarbage>;

/// One line as a message. Never throws; any bytes.
QmpMessage parse_qmp(std::string_view line);

/// Cuts the stream into lines, of at most kMaxLine bytes each.
class QmpReader {
 public:
  static constexpr std::size_t kMaxLine = 64 << 10;
  std::vector<QmpMessage> add(std::string_view bytes);

 private:
  std::string line_;
  bool too_long_ = false;
};

/// Commands as text. The ids are those of the replies.
namespace qmp {
inline constexpr char kGo[] = "go";
inline constexpr char kCells[] = "cells";
inline constexpr char kPng[] = "png";
inline constexpr char kRegisters[] = "registers";
inline constexpr char kStatus[] = "status";
/// Lets a guest run that was started with -S. May be sent before QEMU exists.
std::string go();
/// Stops the guest's processors.
std::string stop();
/// Asks for the registers of processor 0, as text.
std::string registers();
/// Asks in what state the guest is: "running", "paused", "io-error", ...
std::string status();
/// Ends a QEMU that holds a guest which has ended.
std::string quit();
/// Writes `size` bytes of guest-physical memory at `address` into a file.
std::string save_memory(std::uint64_t address, std::uint64_t size, const std::string& file);
/// Writes what the display shows into a file, as PNG.
std::string save_display(const std::string& file);
}  // namespace qmp

}  // namespace harness
