#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "machine/qmp.h"

namespace harness::fuzz {
namespace {

struct Describe {
  std::string operator()(const QmpGreeting& greeting) const { return "G" + greeting.qemu_version; }
  std::string operator()(const QmpResumed&) const { return "R"; }
  std::string operator()(const QmpStopped&) const { return "T"; }
  std::string operator()(const QmpShutdown& down) const {
    return (down.by_guest ? "Sg" : "Sh") + down.reason + "|" + down.detail;
  }
  std::string operator()(const QmpReply& reply) const {
    return "A" + reply.id + (reply.error ? "!" + *reply.error : "");
  }
  std::string operator()(const QmpOther&) const { return "O"; }
  std::string operator()(const QmpGarbage& garbage) const {
    require(garbage.text.size() <= 200, "quoted garbage is cut");
    return "X" + garbage.text;
  }
};

std::vector<std::string> messages_of(std::string_view bytes, std::string_view cuts) {
  std::vector<std::string> messages;
  QmpReader reader;
  in_pieces(bytes, cuts, [&](std::string_view piece) {
    for (const QmpMessage& message : reader.add(piece)) {
      messages.push_back(std::visit(Describe{}, message));
    }
  });
  return messages;
}

}  // namespace

int fuzz_qmp(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::string_view cuts = input.text();
  const std::string bytes = blown_up(input.rest());
  require(messages_of(bytes, cuts) == messages_of(bytes, {}),
          "how the input was cut makes no difference");
  return 0;
}

}  // namespace harness::fuzz
