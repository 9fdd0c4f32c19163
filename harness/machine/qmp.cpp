#include "machine/qmp.h"

#include <nlohmann/json.hpp>

namespace harness {
namespace {

using Json = nlohmann::json;

std::string text_at(const Json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

QmpMessage greeting(const Json& body) {
  static const Json::json_pointer kVersion("/version/qemu");
  if (!body.is_object() || !body.contains(kVersion)) return QmpOther{};
  const Json& version = body.at(kVersion);
  std::string text;
  for (const char* part : {"major", "minor", "micro"}) {
    if (!version.contains(part) || !version[part].is_number_integer()) return QmpOther{};
    if (!text.empty()) text += '.';
    text += std::to_string(version[part].get<std::int64_t>());
  }
  return QmpGreeting{text};
}

QmpMessage event(const Json& message) {
  const std::string name = text_at(message, "event");
  if (name == "RESUME") return QmpResumed{};
  if (name == "STOP") return QmpStopped{};
  if (!message.contains("data")) return QmpOther{};
  const Json& data = message["data"];
  if (!data.is_object()) return QmpOther{};
  const bool stays = text_at(data, "action") == "pause" || text_at(data, "action") == "stop";
  // With any other action a SHUTDOWN follows, or the guest goes on.
  if (name == "GUEST_PANICKED" && stays) return QmpShutdown{true, "guest-panic"};
  if (name == "BLOCK_IO_ERROR" && stays) {
    return QmpShutdown{false, kHostError, "a disk of the guest failed: " + text_at(data, "reason")};
  }
  if (name != "SHUTDOWN") return QmpOther{};
  const auto guest = data.find("guest");
  const bool by_guest = guest != data.end() && guest->is_boolean() && guest->get<bool>();
  return QmpShutdown{by_guest, text_at(data, "reason")};
}

QmpMessage reply(const Json& message) {
  QmpReply result{text_at(message, "id"), std::nullopt, text_at(message, "return")};
  const auto returned = message.find("return");
  if (result.id == qmp::kStatus && returned != message.end() && returned->is_object()) {
    result.text = text_at(*returned, "status");
  }
  const auto error = message.find("error");
  if (error != message.end()) {
    result.error = error->is_object() ? text_at(*error, "desc") : std::string("unknown error");
  }
  return result;
}

/// A file name is data here: the library quotes it.
std::string command(const char* name, const char* id, const Json& arguments = {}) {
  Json message = {{"execute", name}, {"id", id}};
  if (!arguments.is_null()) message["arguments"] = arguments;
  return message.dump() + "\n";
}

}  // namespace

QmpMessage parse_qmp(std::string_view line) {
  const Json message = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!message.is_object()) return QmpGarbage{std::string(line.substr(0, 200))};
  if (message.contains("QMP")) return greeting(message["QMP"]);
  if (message.contains("event")) return event(message);
  if (message.contains("return") || message.contains("error")) return reply(message);
  return QmpOther{};
}

std::vector<QmpMessage> QmpReader::add(std::string_view bytes) {
  std::vector<QmpMessage> messages;
  while (!bytes.empty()) {
    const std::size_t newline = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, newline);
    if (line_.size() + piece.size() > kMaxLine) too_long_ = true;
    if (!too_long_) line_ += piece;
    if (newline == std::string_view::npos) break;
    bytes.remove_prefix(newline + 1);
    if (too_long_) {
      messages.emplace_back(QmpGarbage{"a line of more than 64 KiB"});
    } else if (line_.find_first_not_of(" \r") != std::string::npos) {
      messages.push_back(parse_qmp(line_));
    }
    line_.clear();
    too_long_ = false;
  }
  return messages;
}

namespace qmp {

std::string go() { return command("qmp_capabilities", "capabilities") + command("cont", kGo); }

std::string registers() {
  return command("human-monitor-command", kRegisters, {{"command-line", "info registers"}});
}

std::string status() { return command("query-status", kStatus); }

std::string quit() { return command("quit", "quit"); }

std::string stop() { return command("stop", "stop"); }

std::string save_memory(std::uint64_t address, std::uint64_t size, const std::string& file) {
  return command("pmemsave", kCells, {{"val", address}, {"size", size}, {"filename", file}});
}

std::string save_display(const std::string& file) {
  return command("screendump", kPng, {{"filename", file}, {"format", "png"}});
}

}  // namespace qmp
}  // namespace harness
