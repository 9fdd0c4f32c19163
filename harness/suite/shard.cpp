#include "suite/shard.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <tuple>

#include "base/files.h"
#include "record/outline.h"

namespace harness {
namespace {

using std::chrono::nanoseconds;

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Shard> parse_shard(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto index = whole_number(text.substr(0, slash));
  const auto count = whole_number(text.substr(slash + 1));
  if (!index || !count || *index == 0 || *index > *count) return std::nullopt;
  return Shard{*index, *count};
}

KnownDuration last_duration(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "record.json";
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return std::nullopt;
  try {
    const std::optional<RunRecord> record = outline_of_record(read_file(file));
    if (!record) return std::nullopt;  // of another version, or damaged: as good as none
    nanoseconds sum{0};
    for (const BootRecord& boot : record->boots) sum += boot.trace.wall;
    return sum;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::vector<nanoseconds> estimates(const std::vector<KnownDuration>& known) {
  std::vector<nanoseconds> values;
  for (const KnownDuration& one : known) {
    if (one) values.push_back(*one);
  }
  nanoseconds typical{1};  // where nothing is known, all weigh the same
  if (!values.empty()) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    typical = *middle;
  }
  std::vector<nanoseconds> all;
  all.reserve(known.size());
  for (const KnownDuration& one : known) all.push_back(one.value_or(typical));
  return all;
}

std::vector<std::size_t> longest_first(const std::vector<nanoseconds>& durations) {
  std::vector<std::size_t> order(durations.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return durations[a] != durations[b] ? durations[a] > durations[b] : a < b;
  });
  return order;
}

std::vector<std::size_t> assign_shards(const std::vector<std::string>& names,
                                       const std::vector<nanoseconds>& durations,
                                       std::size_t count) {
  struct Part {
    nanoseconds work{0};
    std::size_t size = 0;
  };
  std::vector<Part> parts(count);
  std::vector<std::size_t> shard_of(durations.size());
  std::vector<std::size_t> order(durations.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {},
                    [&](std::size_t i) { return std::tuple(-durations[i], names[i], i); });
  for (const std::size_t i : order) {
    const auto least = std::ranges::min_element(
        parts, {}, [](const Part& part) { return std::tuple(part.work, part.size); });
    least->work += durations[i];
    ++least->size;
    shard_of[i] = static_cast<std::size_t>(least - parts.begin()) + 1;
  }
  return shard_of;
}

}  // namespace harness
