#include "stream/impossible.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace harness {

std::string impossible(const Profile& profile) {
  const std::uint64_t calls = profile.calls, total = profile.total;
  const std::uint64_t min = profile.min, avg = profile.avg, max = profile.max;
  if (min > avg || avg > max) {
    return fmt::format("min {}, avg {}, max {} are not in rising order", grouped(min), grouped(avg),
                       grouped(max));
  }
  if (profile.first && (*profile.first < min || *profile.first > max)) {
    return fmt::format("first {} is not from min {} to max {}", grouped(*profile.first),
                       grouped(min), grouped(max));
  }
  std::uint64_t product = 0;
  const bool overflow = __builtin_mul_overflow(calls, avg, &product);
  if (overflow || std::max(total, product) - std::min(total, product) > calls) {
    return fmt::format("total {} is not {} calls x avg {}", grouped(total), grouped(calls),
                       grouped(avg));
  }
  return {};
}

}  // namespace harness
