#include "profile/cross_check.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace harness::profile {
namespace {

constexpr char kOverheadMetric[] = "profiler.overhead";

bool is_profiler(const std::string& brief) {
  return brief == "kernel::Profiler::begin" || brief == "kernel::Profiler::end";
}

/// Instructions that a begin and its end cost, counted; unset where there are none.
std::optional<std::uint64_t> counted_overhead(const CountedProfile& profile) {
  std::uint64_t sum = 0, pairs = 0;
  for (const FunctionTotals& one : profile.functions) {
    const std::string brief = brief_name(profile.name(one.function));
    if (is_profiler(brief)) sum += one.total;
    if (brief == "kernel::Profiler::begin") pairs += one.calls;
  }
  if (pairs == 0) return std::nullopt;
  return (sum + pairs - 1) / pairs;
}

std::optional<std::uint64_t> stated_overhead(const Events& events) {
  for (const Metric& metric : events.metrics) {
    if (metric.name == kOverheadMetric) return metric.value;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> overhead_of(const CountedProfile& profile, const Events& events) {
  const auto counted = counted_overhead(profile);
  const auto stated = stated_overhead(events);
  if (!counted) return stated;
  // Around the pair stand two calls and their arguments, which the guest counts as well.
  if (stated && *stated <= 2 * *counted) return stated;
  return counted;
}

/// What the guest's own profiler executed below activations of `function`.
std::uint64_t profiler_below(const CountedProfile& profile, std::uint32_t function) {
  const std::vector<Context>& contexts = profile.counts.contexts;
  std::vector<bool> below(contexts.size()), inside(contexts.size());
  std::uint64_t sum = 0;
  for (std::uint32_t i = 1; i < contexts.size(); ++i) {
    const std::uint32_t parent = contexts[i].parent;
    below[i] = below[parent] || contexts[i].function == function;
    inside[i] = inside[parent] || is_profiler(brief_name(profile.name(contexts[i].function)));
    if (below[i] && inside[i]) sum += contexts[i].self;
  }
  return sum;
}

const FunctionTotals* find(const CountedProfile& profile, const std::string& name,
                           CrossCheck& check) {
  const FunctionTotals* found = nullptr;
  for (const FunctionTotals& one : profile.functions) {
    if (profile.code.functions[one.function].is_region) continue;
    if (short_name(profile.name(one.function)) != name) continue;
    if (found != nullptr) {
      check.reason = "several functions have this name";
      return nullptr;
    }
    found = &one;
  }
  if (found == nullptr) check.reason = "no function of this name was executed";
  return found;
}

std::uint64_t distance(std::uint64_t a, std::uint64_t b) { return a > b ? a - b : b - a; }

/// `doubtful`: instructions by which the count itself may be off.
void compare(CrossCheck& check, std::uint64_t doubtful) {
  check.agreement = Agreement::differs;
  if (check.said_calls != check.counted_calls) {
    check.reason = "the guest says " + grouped(check.said_calls) + " calls, and " +
                   grouped(check.counted_calls) + " were made";
    return;
  }
  const std::uint64_t off = distance(check.said_total, check.counted_total);
  if (off > check.overhead * check.said_calls + doubtful) {
    check.reason = "the guest says " + grouped(check.said_total) + " instructions, and " +
                   grouped(check.counted_total) + " were executed: " + grouped(off) + " apart, " +
                   grouped(check.overhead * check.said_calls) + " is its overhead";
    return;
  }
  check.agreement = Agreement::agrees;
}

}  // namespace

std::vector<CrossCheck> cross_check(const CountedProfile& profile, const Events& events) {
  const auto overhead = overhead_of(profile, events);
  std::vector<CrossCheck> checks;
  for (const harness::Profile& said : events.profiles) {
    CrossCheck check;
    check.name = said.name;
    check.said_calls = said.calls;
    check.said_total = said.total;
    check.overhead = overhead.value_or(0);
    if (const FunctionTotals* function = find(profile, said.name, check)) {
      check.counted_calls = function->outermost;
      check.counted_total = function->total - profiler_below(profile, function->function);
      if (overhead) {
        compare(check, apart(profile.counts));
      } else {
        check.reason = std::string("the guest states no ") + kOverheadMetric;
      }
    }
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace harness::profile
