#include "stats/decide.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace harness::stats {
namespace {

bool all_positive(std::span<const double> samples) {
  return std::ranges::all_of(samples, [](double x) { return std::isfinite(x) && x > 0; });
}

bool all_equal(std::span<const double> base, std::span<const double> candidate) {
  const auto same = [&](double x) { return x == base.front(); };
  return std::ranges::all_of(base, same) && std::ranges::all_of(candidate, same);
}

double significance_level(const DecisionRules& rules) {
  const double family = static_cast<double>(std::max<std::size_t>(1, rules.family));
  return rules.alpha * rules.share / family / (rules.paired ? 2 : 1);
}

/// Why these samples cannot be compared at all, or "".
std::string refused(std::span<const double> base, std::span<const double> candidate,
                    const DecisionRules& rules) {
  if (base.size() < rules.min_samples || candidate.size() < rules.min_samples) {
    return fmt::format("too few samples: {} and {}, at least {} of each are needed", base.size(),
                       candidate.size(), fewest_samples(rules));
  }
  if (rules.paired && base.size() != candidate.size()) {
    return fmt::format("{} and {} samples are not pairs", base.size(), candidate.size());
  }
  return {};
}

std::string percent(double ratio) { return fmt::format("{:+.2f} %", (ratio - 1) * 100); }

std::string interval_text(const Interval& interval) {
  if (!std::isfinite(interval.high)) return "without bounds";
  return percent(interval.low) + " to " + percent(interval.high);
}

bool told_apart(double p, double level, const Ratio& ratio) {
  return p <= level && !ratio.interval.contains(1);
}

double width(const Ratio& ratio) { return ratio.interval.high - ratio.interval.low; }

/// Takes the figures of the pairs in place of those of all samples where they say more. Both hold
/// at the level together, so the choice may depend on the data.
void prefer_the_sharper(Decision& decision, const Ratio& ratio, double p) {
  const bool by_pairs = told_apart(p, decision.level, ratio);
  const bool by_all = told_apart(decision.p, decision.level, decision.ratio);
  if (by_pairs != by_all ? by_pairs : width(ratio) < width(decision.ratio)) {
    decision.ratio = ratio;
    decision.p = p;
  }
}

bool is_worse(double ratio, Better better) {
  return better == Better::neither || (ratio > 1) == (better == Better::lower);
}

/// The verdict where somebody said what may be lost: the whole interval must agree with it.
void hold_against_tolerance(Decision& decision, const DecisionRules& rules,
                            const std::string& change) {
  const Interval& interval = decision.ratio.interval;
  const double low = 1 - rules.tolerated, high = 1 + rules.tolerated;
  const bool beyond = interval.low > high || interval.high < low;
  const bool holds = (rules.better == Better::higher || interval.high <= high) &&
                     (rules.better == Better::lower || interval.low >= low);
  const double percents = rules.tolerated * 100;
  if (beyond && decision.p <= decision.level) {
    const bool worse = is_worse(decision.ratio.value, rules.better);
    decision.outcome = worse ? Conclusion::regression : Conclusion::improvement;
    decision.reason =
        fmt::format("{}: all of it beyond the tolerance of {:.3g} %", change, percents);
  } else if (holds) {
    decision.outcome = Conclusion::unchanged;
    decision.reason = fmt::format("{}: within the tolerance of {:.3g} %", change, percents);
  } else {
    decision.reason =
        fmt::format("{}: on both sides of the tolerance of {:.3g} %", change, percents);
  }
}

/// The verdict, from figures that are all there.
void conclude(Decision& decision, const DecisionRules& rules) {
  const Interval& interval = decision.ratio.interval;
  const std::string change = percent(decision.ratio.value) + " (" + interval_text(interval) + ")";
  const bool apart = told_apart(decision.p, decision.level, decision.ratio);
  if (rules.tolerated > 0 && std::isfinite(interval.high)) {
    hold_against_tolerance(decision, rules, change);
  } else if (apart && std::abs(decision.ratio.value - 1) >= rules.min_effect) {
    const bool worse = is_worse(decision.ratio.value, rules.better);
    decision.outcome = worse ? Conclusion::regression : Conclusion::improvement;
    decision.reason = fmt::format("{}: p = {:.2g} is within the level {:.2g}", change, decision.p,
                                  decision.level);
  } else if (interval.low >= 1 - rules.narrow && interval.high <= 1 + rules.narrow) {
    decision.outcome = Conclusion::unchanged;
    decision.reason = fmt::format("{}: within {:.2g} %", change, rules.narrow * 100);
  } else if (apart) {
    decision.reason = fmt::format("{}: a change, and not sure to be below the {:.2g} % that matter",
                                  change, rules.min_effect * 100);
  } else if (!std::isfinite(interval.high)) {
    decision.reason = fmt::format(
        "{}: too few samples to tell anything at the level {:.2g}, its share of {:.2g} among {} "
        "numbers; {} of each side at least",
        percent(decision.ratio.value), decision.level, rules.alpha, rules.family,
        fewest_samples(rules));
    decision.too_few = true;
  } else {
    decision.reason = fmt::format("{}: too wide to exclude a change", change);
  }
  decision.settled = decision.outcome != Conclusion::inconclusive;
}

}  // namespace

/// Even where all of the one side lie above all of the other, p is 2 / C(2n, n), or of pairs 2 /
/// 2^n.
std::size_t fewest_samples(const DecisionRules& rules) {
  constexpr std::size_t kMaxCount = 60;
  const double level = significance_level(rules);
  double orders = 1, signs = 1;
  for (std::size_t n = 1; n < kMaxCount; ++n) {
    const double k = static_cast<double>(n);
    orders *= (2 * k) * (2 * k - 1) / (k * k);
    signs *= 2;
    if (2 / orders <= level || (rules.paired && 2 / signs <= level)) {
      return std::max(n, rules.min_samples);
    }
  }
  return std::max(kMaxCount, rules.min_samples);
}

const char* conclusion_name(Conclusion outcome) {
  switch (outcome) {
    case Conclusion::regression:
      return "regression";
    case Conclusion::improvement:
      return "improvement";
    case Conclusion::unchanged:
      return "unchanged";
    case Conclusion::inconclusive:
      break;
  }
  return "inconclusive";
}

Decision decide(std::span<const double> base, std::span<const double> candidate,
                const DecisionRules& rules) {
  Decision decision;
  decision.level = significance_level(rules);
  if (!base.empty()) decision.base_median = median(base);
  if (!candidate.empty()) decision.candidate_median = median(candidate);
  decision.reason = refused(base, candidate, rules);
  decision.too_few = std::min(base.size(), candidate.size()) < rules.min_samples;
  if (!decision.reason.empty()) return decision;
  if (base.empty() || candidate.empty()) {
    decision.reason = "no samples";
    return decision;
  }
  if (all_equal(base, candidate)) {
    decision.ratio.interval = {1, 1};
    decision.outcome = Conclusion::unchanged;
    decision.reason = "all samples are equal";
    decision.settled = true;
    return decision;
  }
  if (!all_positive(base) || !all_positive(candidate)) {
    decision.reason = "a sample is not a number above 0: there is no ratio";
    return decision;
  }
  decision.test = mann_whitney(base, candidate);
  decision.delta = cliffs_delta(base, candidate);
  const double confidence = 1 - decision.level;
  decision.ratio = pairwise_ratio(base, candidate, confidence);
  decision.p = decision.test.p;
  if (rules.paired)
    prefer_the_sharper(decision, paired_ratio(base, candidate, confidence),
                       signed_rank_p(base, candidate));
  conclude(decision, rules);
  return decision;
}

std::vector<Look> planned_looks(std::size_t most) {
  std::vector<Look> looks;
  double unspent = 0;
  for (const Look& look :
       {Look{most / 6, 0.05}, Look{most / 3, 0.1}, Look{most * 2 / 3, 0.2}, Look{most, 0.65}}) {
    unspent += look.share;
    const bool too_few = look.samples < 10 && look.samples < most;
    if (too_few || (!looks.empty() && look.samples <= looks.back().samples)) continue;
    looks.push_back({look.samples, unspent});
    unspent = 0;
  }
  return looks;
}

}  // namespace harness::stats
