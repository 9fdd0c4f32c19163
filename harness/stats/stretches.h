// Whether two kinds of values are mixed in time: the runs test of Wald & Wolfowitz (On a Test
// Whether Two Samples are from the Same Population, Annals of Mathematical Statistics 11:147,
// 1940), exact. Pure.
#pragma once

#include <cstddef>
#include <vector>

namespace harness::stats {

/// How many stretches of equal neighbours there are.
std::size_t stretches_in(const std::vector<bool>& kinds);

/// The probability that as many of each kind, in an order that says nothing, make as few stretches
/// or fewer. 1 where all are of one kind.
double chance_of_so_few_stretches(const std::vector<bool>& kinds);

}  // namespace harness::stats
