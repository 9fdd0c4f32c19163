// The heart of the protocol: whatever happens to one byte of a session, it is seen.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "stream/collector.h"
#include "stream/log_testing.h"

namespace harness {
namespace {

bool is_whole(const std::string& log) {
  const Events events = collect_events(log, {});
  return events.begin && events.end && events.protocol_errors.empty();
}

/// A session between firmware's text and text that follows it; first and last are the offsets of
/// the '[' of [BEGIN] and of the last digit of [END].
struct Subject {
  std::string log;
  std::size_t first, last;
};
Subject subject() {
  const std::string before = "SeaBIOS (version 1.16)\nBooting from Hard Disk...\n";
  SampleLog log = sample_session();
  const std::string session = add_code(log).close("pass");
  return {before + session + "bye\n", before.size(), before.size() + session.size() - 2};
}

TEST(Mutation, TheUnchangedSessionIsWhole) { EXPECT_TRUE(is_whole(subject().log)); }

TEST(Mutation, EveryChangedByteIsSeen) {
  const Subject original = subject();
  for (std::size_t at = original.first; at <= original.last; ++at) {
    const auto was = static_cast<unsigned char>(original.log[at]);
    std::string replacements = {'\n', '\r', ' ', '[', ']', '0', '9', 'A', 'x', '\0', '\xff'};
    for (unsigned bit = 0; bit < 8; ++bit) {
      replacements += static_cast<char>(was ^ (1u << bit));
    }
    for (const char replacement : replacements) {
      if (replacement == original.log[at]) continue;
      std::string changed = original.log;
      changed[at] = replacement;
      ASSERT_FALSE(is_whole(changed))
          << "byte " << at << " '" << original.log[at] << "' became " << int{replacement};
    }
  }
}

TEST(Mutation, EveryLostByteIsSeen) {
  const Subject original = subject();
  for (std::size_t at = original.first; at <= original.last; ++at) {
    ASSERT_FALSE(is_whole(std::string(original.log).erase(at, 1))) << "byte " << at << " lost";
  }
}

TEST(Mutation, EveryInsertedByteIsSeen) {
  const Subject original = subject();
  for (std::size_t at = original.first + 1; at <= original.last; ++at) {
    for (const char extra : {original.log[at], '\n', '\r', ' ', '0', '1', 'x', '[', '\0'}) {
      ASSERT_FALSE(is_whole(std::string(original.log).insert(at, 1, extra)))
          << "byte " << int{extra} << " before byte " << at;
    }
  }
}

TEST(Mutation, EveryTwoNeighboursSwappedAreSeen) {
  const Subject original = subject();
  for (std::size_t at = original.first; at < original.last; ++at) {
    std::string changed = original.log;
    std::swap(changed[at], changed[at + 1]);
    if (changed != original.log) ASSERT_FALSE(is_whole(changed)) << "bytes " << at << ", next";
  }
}

TEST(Mutation, EveryLogThatEndsEarlyIsSeen) {
  const Subject original = subject();
  for (std::size_t size = 0; size <= original.last; ++size) {
    ASSERT_FALSE(is_whole(original.log.substr(0, size))) << "cut after " << size << " bytes";
  }
}

TEST(Mutation, LostBlocksAreSeen) {
  const Subject original = subject();
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    const std::size_t at = original.first + random() % (original.last - original.first);
    const std::size_t size = 1 + random() % (original.last - at + 1);
    ASSERT_FALSE(is_whole(std::string(original.log).erase(at, size)));
  }
}

TEST(Mutation, RandomBytesAreSurvivedAndNeverASession) {
  std::mt19937 random(4);
  const std::string session = subject().log;
  for (int round = 0; round < 300; ++round) {
    std::string noise;
    while (noise.size() < 2000) {
      // Scraps of a real session reach deeper into the parser than noise alone.
      if (random() % 3 == 0) {
        noise += session.substr(random() % session.size(), random() % 80);
      } else {
        noise += static_cast<char>(random());
      }
    }
    EXPECT_FALSE(is_whole(noise));
  }
}

}  // namespace
}  // namespace harness
