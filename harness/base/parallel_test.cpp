#include "base/parallel.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace harness {
namespace {

TEST(ParallelFor, CallsEachOnce) {
  for (const std::size_t count : {0u, 1u, 3u, 8u, 1000u}) {
    std::vector<std::atomic<int>> calls(count);
    parallel_for(count, [&](std::size_t i) { ++calls[i]; });
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(calls[i], 1) << i << " of " << count;
  }
}

TEST(ParallelFor, ThrowsTheFirstByPositionAndStillDoesAll) {
  std::atomic<int> calls = 0;
  try {
    parallel_for(100, [&](std::size_t i) {
      ++calls;
      if (i % 10 == 7) throw std::runtime_error(std::to_string(i));
    });
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "7");
  }
  EXPECT_EQ(calls, 100);
}

}  // namespace
}  // namespace harness
