#include "profile/frames.h"

#include <algorithm>

#include "profile/render.h"

namespace harness::profile {
namespace {

/// The least a context must have to be among the `most` biggest; 0: all may.
std::uint64_t threshold(const std::vector<std::uint64_t>& inclusive, std::size_t most) {
  if (inclusive.size() <= most) return 0;
  std::vector<std::uint64_t> sorted = inclusive;
  std::ranges::nth_element(sorted, sorted.begin() + static_cast<std::ptrdiff_t>(most),
                           std::greater());
  return sorted[most] + 1;
}

}  // namespace

std::vector<Frame> make_frames(const CountedProfile& profile, std::size_t most) {
  const std::vector<Context>& contexts = profile.counts.contexts;
  const std::vector<std::vector<std::uint32_t>> children = children_of(profile);
  const std::uint64_t least = std::max<std::uint64_t>(1, threshold(profile.inclusive, most));
  std::vector<Frame> frames;
  struct Open {  // whose children are to be laid out, from `at` on
    std::uint32_t context;
    std::uint64_t at;
    std::size_t depth;
  };
  std::vector<Open> open = {{0, 0, 0}};
  while (!open.empty()) {
    const Open caller = open.back();
    open.pop_back();
    std::uint64_t at = caller.at;
    Frame small;
    std::vector<Open> next;
    for (const std::uint32_t child : children[caller.context]) {
      const std::uint64_t total = profile.inclusive[child];
      if (total < least) {  // sorted: so are all that follow
        small.total += total;
        small.merged += 1;
        continue;
      }
      frames.push_back({at, total, contexts[child].self, contexts[child].calls,
                        contexts[child].function, caller.depth, 0});
      next.push_back({child, at, caller.depth + 1});
      at += total;
    }
    if (small.total > 0) {
      frames.push_back({at, small.total, small.total, 0, 0, caller.depth, small.merged});
    }
    open.insert(open.end(), next.rbegin(), next.rend());
  }
  return frames;
}

}  // namespace harness::profile
