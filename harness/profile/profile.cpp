#include "profile/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/text.h"

namespace harness::profile {
namespace {

std::vector<std::uint64_t> inclusive_of(const std::vector<Context>& contexts) {
  std::vector<std::uint64_t> sums(contexts.size());
  for (std::size_t i = contexts.size(); i-- > 0;) {  // children stand behind their parents
    sums[i] += contexts[i].self;
    if (i != 0) sums[contexts[i].parent] += sums[i];
  }
  return sums;
}

/// Whether the function of context `at` is active in a context around it.
bool is_nested(const std::vector<Context>& contexts, std::uint32_t at) {
  const std::uint32_t function = contexts[at].function;
  for (std::uint32_t up = contexts[at].parent; up != 0; up = contexts[up].parent) {
    if (contexts[up].function == function) return true;
  }
  return false;
}

/// Whether the same caller and callee stand in the chain around context `at`.
bool is_nested_pair(const std::vector<Context>& contexts, std::uint32_t at) {
  const std::uint32_t caller = contexts[contexts[at].parent].function;
  for (std::uint32_t up = contexts[at].parent; up != 0; up = contexts[up].parent) {
    const std::uint32_t around = contexts[up].parent;
    if (contexts[up].function == contexts[at].function && around != 0 &&
        contexts[around].function == caller) {
      return true;
    }
  }
  return false;
}

std::vector<FunctionTotals> totals_of(const CountedProfile& profile) {
  const std::vector<Context>& contexts = profile.counts.contexts;
  std::vector<FunctionTotals> all(profile.code.functions.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    all[i].function = i;
    all[i].self = profile.counts.functions[i];
  }
  for (std::uint32_t i = 1; i < contexts.size(); ++i) {
    FunctionTotals& function = all[contexts[i].function];
    function.calls += contexts[i].calls;
    if (is_nested(contexts, i)) continue;
    function.outermost += contexts[i].calls;
    function.total += profile.inclusive[i];
  }
  std::erase_if(all, [](const FunctionTotals& one) { return one.total == 0 && one.calls == 0; });
  std::ranges::sort(all, [](const FunctionTotals& a, const FunctionTotals& b) {
    return std::tie(b.self, b.total, a.function) < std::tie(a.self, a.total, b.function);
  });
  return all;
}

std::vector<Edge> edges_of(const CountedProfile& profile) {
  const std::vector<Context>& contexts = profile.counts.contexts;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Edge> edges;
  for (std::uint32_t i = 1; i < contexts.size(); ++i) {
    const std::uint32_t parent = contexts[i].parent;
    if (parent == 0) continue;
    const std::uint32_t caller = contexts[parent].function, callee = contexts[i].function;
    Edge& edge = edges.try_emplace({caller, callee}, Edge{caller, callee, 0, 0}).first->second;
    edge.calls += contexts[i].calls;
    if (!is_nested_pair(contexts, i)) edge.total += profile.inclusive[i];
  }
  std::vector<Edge> sorted;
  sorted.reserve(edges.size());
  for (const auto& [key, edge] : edges) sorted.push_back(edge);
  std::ranges::sort(sorted, [](const Edge& a, const Edge& b) {
    return std::tie(a.caller, b.total, a.callee) < std::tie(b.caller, a.total, b.callee);
  });
  return sorted;
}

/// Code without a symbol is called by what of it was executed.
void name_unnamed(GuestCode& code, const Counts& counts) {
  const std::size_t first = code.functions.size();
  std::vector<std::uint64_t> begins = counts.unnamed, ends = counts.unnamed;
  for (const Block& block : counts.blocks) {
    if (block.function < first || block.count == 0) continue;
    const std::size_t at = block.function - first;
    begins[at] = std::min(begins[at], block.address);
    ends[at] = std::max(ends[at], block.address + block.bytes);
  }
  for (std::size_t i = 0; i < counts.unnamed.size(); ++i) {
    Function function{fmt::format("[code 0x{:x}-0x{:x}]", begins[i], ends[i]), counts.unnamed[i]};
    function.is_unnamed = true;
    code.functions.push_back(std::move(function));
  }
}

std::string unequal(const std::string& what, std::uint64_t sum, std::uint64_t total) {
  return what + " add up to " + grouped(sum) + " instructions, and the plugin counted " +
         grouped(total);
}

}  // namespace

CountedProfile make_profile(GuestCode code, Counts counts) {
  CountedProfile profile;
  profile.code = std::move(code);
  profile.counts = std::move(counts);
  name_unnamed(profile.code, profile.counts);
  profile.inclusive = inclusive_of(profile.counts.contexts);
  profile.functions = totals_of(profile);
  profile.edges = edges_of(profile);
  return profile;
}

std::optional<std::string> disagreement(const CountedProfile& profile) {
  const Counts& counts = profile.counts;
  std::uint64_t functions = 0;
  for (const std::uint64_t self : counts.functions) functions += self;
  if (functions != counts.total) return unequal("the functions", functions, counts.total);
  if (profile.inclusive[0] != counts.total) {
    return unequal("the contexts", profile.inclusive[0], counts.total);
  }
  std::uint64_t blocks = 0;
  for (const Block& block : counts.blocks) blocks += block.executed();
  if (counts.blocks_left_out == 0 && blocks != counts.total) {
    return unequal("the blocks", blocks, counts.total);
  }
  return std::nullopt;
}

std::uint64_t apart(const Counts& counts) {
  if (!counts.qemu) return 0;
  const QemuCount& qemu = *counts.qemu;
  return qemu.ours > qemu.instructions ? qemu.ours - qemu.instructions
                                       : qemu.instructions - qemu.ours;
}

std::optional<std::string> doubt(const Counts& counts) {
  if (!counts.qemu) {
    return "this QEMU does not tell its own count of instructions: the total stands alone";
  }
  const QemuCount& qemu = *counts.qemu;
  if (qemu.ours != qemu.instructions) {
    return "QEMU's own count is " + grouped(apart(counts)) +
           (qemu.ours > qemu.instructions ? " less" : " more") + " of " + grouped(qemu.ours) +
           ": some instructions failed, and were counted as executed, or were tried again";
  }
  if (!qemu.at_end) {
    return "QEMU was stopped: its own count is equal for the first " + grouped(qemu.ours) +
           ", and not known for the rest";
  }
  return std::nullopt;
}

}  // namespace harness::profile
