// What QEMU sends for a disk that the harness serves.
#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "machine/nbd.h"

namespace harness::fuzz {
namespace {

std::string requests_of(std::string_view bytes, std::string_view cuts) {
  constexpr std::uint64_t kDisk = 1 << 20;
  NbdConversation nbd(kDisk);
  std::string told, out;
  in_pieces(bytes, cuts, [&](std::string_view piece) {
    for (const NbdRequest& request : nbd.receive(piece, out)) {
      require(request.offset + request.bytes.size() <= kDisk || request.bytes.empty(),
              "a write lies on the disk");
      told += std::to_string(static_cast<int>(request.kind)) + " " +
              std::to_string(request.offset) + " " + std::to_string(request.length) + " " +
              request.bytes + "\n";
    }
  });
  return told + (nbd.is_broken() ? "broken " : "") + out;
}

}  // namespace

int fuzz_nbd(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::string_view cuts = input.text();
  const std::string bytes(input.rest());
  require(requests_of(bytes, cuts) == requests_of(bytes, {}),
          "how the input was cut makes no difference");
  return 0;
}

}  // namespace harness::fuzz
