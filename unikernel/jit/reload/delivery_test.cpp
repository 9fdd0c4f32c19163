#include "reload/delivery.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/sha256.h"

namespace jit::reload {
namespace {

void put_number(std::string& bytes, uint32_t value) {
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<char>(value >> (8 * i)));
}

/// As the host packs it, with `count` and `size` as they are said to be.
std::string bundle_of(std::string name, const std::string& file, uint32_t count = 1,
                      uint32_t offset = 112, uint32_t flags = 0) {
  std::string behind = name;
  behind.resize(bundle::kNameBytes);
  put_number(behind, offset);
  put_number(behind, static_cast<uint32_t>(file.size()));
  put_number(behind, 1);
  put_number(behind, flags);
  behind += file;
  Sha256 sum;
  sum.add(reinterpret_cast<const uint8_t*>(behind.data()), static_cast<uint32_t>(behind.size()));
  char digits[Sha256::kDigits];
  sum.finish(digits);
  std::string bytes = bundle::kMagic;
  put_number(bytes, count);
  put_number(bytes, 0);
  for (uint32_t i = 0; i < bundle::kHashBytes; ++i) {
    bytes.push_back(
        static_cast<char>(std::stoi(std::string(digits + size_t{2} * i, 2), nullptr, 16)));
  }
  return bytes + behind;
}

class Delivered : public testing::Test {
 protected:
  /// What comes of the bytes, one word each time that something does.
  std::vector<std::string> give(const std::string& bytes) {
    std::vector<std::string> seen;
    for (const char byte : bytes) {
      const Delivery::State state = delivery_.put(static_cast<uint8_t>(byte));
      if (state == Delivery::whole) {
        const bundle::Program program = delivery_.program();
        seen.push_back(
            std::string(program.name.data, program.name.size) + ":" +
            std::string(reinterpret_cast<const char*>(program.file.data), program.file.size));
      } else if (state == Delivery::refused) {
        seen.push_back("refused: " + std::string(delivery_.why().data, delivery_.why().size));
      }
    }
    return seen;
  }

  uint8_t room_[512] = {};
  Delivery delivery_{{room_, sizeof room_}};
};
using Seen = std::vector<std::string>;

TEST_F(Delivered, OneBehindAnotherWithAnythingBetween) {
  EXPECT_EQ(give("noise UKB" + bundle_of("first", "a file") + "UKUKBC000\n" +
                 bundle_of("second", "another")),
            (Seen{"first:a file", "second:another"}));
}

TEST_F(Delivered, SaysHowMuchWasPassedOver) {
  give("12345" + bundle_of("a", "b"));
  EXPECT_EQ(delivery_.passed_over(), 5U);
  give("UKBC00xy" + bundle_of("a", "b"));
  EXPECT_EQ(delivery_.passed_over(), 8U);
}

TEST_F(Delivered, AnyByteThatIsNotAsSentIsFound) {
  const std::string good = bundle_of("name", "contents of a file");
  for (size_t i = bundle::kMagicBytes; i < good.size(); ++i) {
    if (i >= 12 && i < 16) continue;  // of no meaning, and not in the hash
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 4);
    Delivery fresh({room_, sizeof room_});
    bool taken = false;
    for (const char byte : bad) taken |= fresh.put(static_cast<uint8_t>(byte)) == Delivery::whole;
    EXPECT_FALSE(taken) << "byte " << i;
  }
}

TEST_F(Delivered, RefusesWhatIsNotOneProgram) {
  EXPECT_EQ(give(bundle_of("a", "b", 2)), Seen{"refused: a bundle of one program is expected"});
  EXPECT_EQ(give(bundle_of("a", "b", 1, 96)),
            Seen{"refused: a bundle whose program is not behind its table"});
  EXPECT_EQ(give(bundle_of("a", "b", 1, 0xFFFFFFF0)),
            Seen{"refused: a bundle whose program is not behind its table"});
}

TEST_F(Delivered, RefusesWhatDoesNotFitBeforeItHasCome) {
  const std::string large = bundle_of("large", std::string(1000, 'x'));
  EXPECT_EQ(give(large.substr(0, 112)), Seen{"refused: it is longer than there is room for"});
  EXPECT_EQ(give(large.substr(112) + bundle_of("small", "b")), Seen{"small:b"});
}

TEST_F(Delivered, ANameCannotSayAnythingElse) {
  EXPECT_EQ(give(bundle_of("a\n[TEST] forged: pass", "b")),
            Seen{"refused: a name of other than letters, digits, '.', '_', '-'"});
  EXPECT_EQ(give(bundle_of("\x1b[2J", "b")),
            Seen{"refused: a name of other than letters, digits, '.', '_', '-'"});
  EXPECT_EQ(give(bundle_of("", "b")),
            Seen{"refused: a name of other than letters, digits, '.', '_', '-'"});
}

TEST_F(Delivered, IsTakenUpAgainBehindOneThatWasCut) {
  // What is missing is taken from the next one; the one behind that is whole.
  const std::string one = bundle_of("one", "first file"), two = bundle_of("two", "second file");
  const Seen seen = give(one.substr(0, one.size() - 3) + two + two);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0], "refused: it is not as it was sent: its SHA-256 is another");
  EXPECT_EQ(seen[1], "two:second file");
}

TEST_F(Delivered, AFileThatEndsTooEarlyIsRefusedAndTheNextOneIsNot) {
  const std::string one = bundle_of("one", "first file");
  EXPECT_FALSE(delivery_.has_begun());
  EXPECT_EQ(give(one.substr(0, one.size() - 1)), Seen{});
  EXPECT_TRUE(delivery_.has_begun());
  EXPECT_EQ(delivery_.cut(), Delivery::refused);
  EXPECT_EQ(delivery_.why(), Text("it ends before it is whole"));
  EXPECT_EQ(give(one), Seen{"one:first file"});
  EXPECT_FALSE(delivery_.has_begun());
  EXPECT_EQ(give("nothing of the kind"), Seen{});
  EXPECT_EQ(delivery_.cut(), Delivery::refused);
  EXPECT_EQ(delivery_.why(), Text("no bundle of bitcode: UKBC0002 is not in it"));
}

}  // namespace
}  // namespace jit::reload
