#include "profile/tier_gains.h"

#include <fmt/core.h>
#include <wire/tier.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "base/text.h"
#include "report/json_lines.h"

namespace harness::profile {
namespace {

constexpr std::size_t kMostGains = 1000;
constexpr std::size_t kMostName = 64;  // a [CODE] line has no longer ones
constexpr std::uint64_t kMeasuring = 1000;
constexpr double kSameShare = 0.02;
constexpr double kSameGain = 5;  // points

/// The one function of that name and tier that was called; nullptr where there is none, or several.
const FunctionTotals* function_of(const CountedProfile& profile, const std::string& name,
                                  const std::string& tier) {
  const std::string shown = name + " [" + tier + "]";
  const FunctionTotals* found = nullptr;
  for (const FunctionTotals& one : profile.functions) {
    const Function& function = profile.code.functions[one.function];
    if (function.tier != tier || one.outermost == 0) continue;
    if (function.name != shown && !function.name.starts_with(shown + " @0x")) continue;
    if (found != nullptr) return nullptr;
    found = &one;
  }
  return found;
}

/// Instructions below the function that are no part of it: in a function of the guest's that is
/// named `beside`, and in all that this one called.
std::uint64_t work_beside(const CountedProfile& profile, std::uint32_t function,
                          const std::string& beside) {
  if (beside.empty()) return 0;
  const std::vector<Context>& contexts = profile.counts.contexts;
  enum : std::uint8_t { outside, below, counted };
  std::vector<std::uint8_t> where(contexts.size(), outside);
  std::uint64_t sum = 0;
  for (std::size_t c = 1; c < contexts.size() && c < profile.inclusive.size(); ++c) {
    where[c] = where[contexts[c].parent];
    const std::string& name = profile.name(contexts[c].function);
    if (where[c] == below && (name == beside || name.starts_with(beside + "("))) {
      where[c] = counted;
      sum += profile.inclusive[c];
    }
    if (where[c] == outside && contexts[c].function == function) where[c] = below;
  }
  return sum;
}

std::uint64_t a_call(const CountedProfile& profile, const FunctionTotals& function,
                     const std::string& beside) {
  return (function.total -
          std::min(function.total, work_beside(profile, function.function, beside))) /
         function.outermost;
}

double percent_less(std::uint64_t after, std::uint64_t before) {
  return before == 0 ? 0 : 100.0 * (1 - static_cast<double>(after) / static_cast<double>(before));
}

void hold_against_count(TierGain& one, const CountedProfile& profile, const std::string& beside) {
  const FunctionTotals* const version = function_of(profile, one.name, "t2");
  const FunctionTotals* const general = function_of(profile, one.of, "t1");
  if (version == nullptr) {
    one.reason = "no one function of that name was called";
    return;
  }
  one.calls = version->outermost;
  one.counted = a_call(profile, *version, beside);
  const std::uint64_t apart = std::max(one.said, one.counted) - std::min(one.said, one.counted);
  if (static_cast<double>(apart) >
      kSameShare * static_cast<double>(one.counted) + static_cast<double>(kMeasuring)) {
    one.agreement = TierGain::Agreement::differs;
    one.reason = "a call takes something else than the guest has measured";
    return;
  }
  if (general == nullptr || one.said_before == 0) {
    one.reason = "what it was before is not known";
    return;
  }
  one.counted_before = a_call(profile, *general, beside);
}

/// Those of which a call takes what was said, and what it took before is counted as well. Of a
/// function with code for several arguments, calls with any of them were counted: its mean is not
/// what one of them took before.
void hold_gains(std::vector<TierGain>& gains) {
  std::map<std::string, int> versions;
  for (const TierGain& one : gains) versions[one.of] += one.counted > 0 ? 1 : 0;
  for (TierGain& one : gains) {
    if (!one.reason.empty()) continue;
    const double said = percent_less(one.said, one.said_before),
                 counted = percent_less(one.counted, one.counted_before);
    if (std::abs(said - counted) <= kSameGain) {
      one.agreement = TierGain::Agreement::agrees;
    } else if (versions[one.of] > 1) {
      one.reason = "what it was before is a mean of calls with several arguments";
    } else {
      one.agreement = TierGain::Agreement::differs;
      one.reason =
          "the gain is another: it has other calls than the one that was measured, or was "
          "measured wrongly";
    }
  }
}

bool is_whole_number(const nlohmann::json& object, const char* name) {
  const auto at = object.find(name);
  return at != object.end() && at->is_number_unsigned();
}

std::string percent(std::uint64_t after, std::uint64_t before) {
  return before == 0 ? "no figure before"
                     : fmt::format("{:.1f} % less", percent_less(after, before));
}

}  // namespace

std::vector<TierGain> tier_gains(const CountedProfile& profile, const Events& events) {
  std::vector<TierGain> gains;
  for (const std::string& line : events.json) {
    const nlohmann::json object = object_of_line(line, wire::tier::kObject);
    if (object.is_null()) continue;
    TierGain one;
    if (gains.size() == kMostGains) {
      one.name = "the rest";
      one.agreement = TierGain::Agreement::differs;
      one.reason = fmt::format("more than {} of them: what follows was not held against the count",
                               grouped(kMostGains));
      gains.push_back(std::move(one));
      break;
    }
    one.name = text_in(object, wire::tier::kName, kMostName);
    one.of = text_in(object, wire::tier::kOf, kMostName);
    one.said = number_in(object, wire::tier::kTicks);
    one.said_before = number_in(object, wire::tier::kBefore);
    hold_against_count(one, profile, text_in(object, wire::tier::kBeside, kMostName));
    if (!is_whole_number(object, wire::tier::kTicks) ||
        !is_whole_number(object, wire::tier::kBefore)) {
      one.agreement = TierGain::Agreement::differs;
      one.reason = "what it says is no number of instructions";
    }
    gains.push_back(std::move(one));
  }
  hold_gains(gains);
  return gains;
}

std::string render_tier_gains(const std::vector<TierGain>& gains) {
  if (gains.empty()) return "";
  std::string text =
      "\ncode for arguments that repeat, by a call: counted, and as the guest says\n";
  for (const TierGain& one : gains) {
    text += fmt::format("\n{}\n", printable(one.name));
    if (one.counted > 0) {
      text += fmt::format("  counted {:>13}, {} {}: {}; {} calls\n", grouped(one.counted),
                          printable(one.of), grouped(one.counted_before),
                          percent(one.counted, one.counted_before), grouped(one.calls));
    }
    text += fmt::format("  said    {:>13}, {} {}: {}\n", grouped(one.said), printable(one.of),
                        grouped(one.said_before), percent(one.said, one.said_before));
    if (one.agreement == TierGain::Agreement::agrees) continue;
    text += fmt::format("  {}: {}\n",
                        one.agreement == TierGain::Agreement::differs ? "differs" : "unchecked",
                        one.reason);
  }
  return text;
}

bool has_difference(const std::vector<TierGain>& gains) {
  return std::ranges::any_of(
      gains, [](const TierGain& one) { return one.agreement == TierGain::Agreement::differs; });
}

}  // namespace harness::profile
