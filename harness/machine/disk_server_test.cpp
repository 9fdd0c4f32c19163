// What a client of the disk asks for at once, and what it asks for one after the other.
#include "machine/disk_server.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <fstream>
#include <string>

#include "base/folder_testing.h"

namespace harness {
namespace {

std::string be(std::uint64_t value, int bytes) {
  std::string text;
  while (bytes-- > 0) text += static_cast<char>(value >> 8 * bytes);
  return text;
}

std::string request(std::uint16_t command, std::uint64_t offset, const std::string& data = {}) {
  return be(0x25609513, 4) + be(0, 2) + be(command, 2) + be(1, 8) + be(offset, 8) +
         be(data.size(), 4) + data;
}
std::string write_of(std::uint64_t sector) {
  return request(1, sector * 512, std::string(512, 'w'));
}
const std::string kFlush = request(3, 0);

struct ServedDisk : testing::Test {
  TestFolder folder;
  std::filesystem::path file = folder.path / "disk.img";

  DiskServer server = [this] {
    std::ofstream(file, std::ios::binary) << std::string(64 << 10, '.');
    return DiskServer(file);
  }();

  ServedDisk() { ask(be(3, 4) + "IHAVEOPT" + be(7, 4) + be(6, 4) + be(0, 4) + be(0, 2)); }
  void ask(const std::string& bytes) {
    ASSERT_EQ(::send(server.theirs().get(), bytes.data(), bytes.size(), 0),
              static_cast<ssize_t>(bytes.size()));
    ASSERT_EQ(server.take([] { return std::uint64_t{0}; }), ReadResult::data);
  }
};

TEST_F(ServedDisk, AFlushKnowsWhichWritesHadAnAnswer) {
  ask(write_of(1));
  ask(kFlush);
  ask(write_of(2) + write_of(3) + kFlush);
  ask(kFlush);
  const DiskLog log = server.take_log();
  ASSERT_EQ(log.events.size(), 6u);
  EXPECT_EQ(log.events[1].unanswered, 0u);
  EXPECT_EQ(log.events[4].unanswered, 2u);
  EXPECT_EQ(log.events[5].unanswered, 0u);
}

}  // namespace
}  // namespace harness
