#include "compiler/candidates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace jit {
namespace {

/// By the library, as a witness: in the tests, variables are numbered as they stand.
std::vector<uint32_t> witness(std::vector<Candidate> all) {
  std::ranges::sort(all, [](const Candidate& a, const Candidate& b) {
    return a.priority != b.priority ? a.priority > b.priority : a.variable < b.variable;
  });
  std::vector<uint32_t> order;
  for (const Candidate& one : all) order.push_back(one.variable);
  return order;
}
std::vector<uint32_t> sorted(std::vector<Candidate> all) {
  std::vector<Candidate> room(all.size());
  const Candidate* const first =
      sort_candidates(all.data(), room.data(), static_cast<uint32_t>(all.size()), Arena());
  std::vector<uint32_t> order;
  for (size_t i = 0; i < all.size(); ++i) order.push_back(first[i].variable);
  return order;
}

TEST(Candidates, ComeByPriorityAndThoseOfOneStayInOrder) {
  std::mt19937 random(1);
  for (uint32_t size = 0; size < 300; ++size) {
    for (const uint32_t different : {1U, 3U, 1'000'000U}) {
      std::vector<Candidate> all;
      for (uint32_t v = 0; v < size; ++v) {
        all.push_back({static_cast<uint32_t>(random()) % different, v});
      }
      ASSERT_EQ(sorted(all), witness(all)) << size << " of " << different;
    }
  }
}

TEST(Candidates, HaveNumbersUpToTheLargest) {
  const std::vector<Candidate> all = {{0, 0}, {~0U, 1}, {~0U - 1, 2}, {1, 3}, {~0U, 4}};
  EXPECT_EQ(sorted(all), (std::vector<uint32_t>{1, 4, 2, 3, 0}));
}

}  // namespace
}  // namespace jit
