#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>
#include <vector>

#include "base/format.h"
#include "base/text.h"
#include "profile/render.h"

namespace harness::profile {
namespace {

constexpr std::size_t kMaxTreeDepth = 40;
constexpr std::size_t kLeastNameWidth = 20;

/// A function's name in the columns that `used` leaves: whole, else brief, else cut.
std::string fitted(const CountedProfile& profile, std::uint32_t function, std::size_t width,
                   std::size_t used) {
  const std::size_t room = std::max(kLeastNameWidth, width > used ? width - used : 0);
  std::string name = shown_name(profile, function);
  if (display_width(name) > room) name = printable(brief_name(profile.name(function)));
  return display_width(name) <= room ? name : wrapped(name, room - 3).front() + "...";
}

std::string summary(const CountedProfile& profile, std::uint64_t own) {
  std::string text = fmt::format("{} instructions, counted one by one: {} the guest's own",
                                 grouped(profile.counts.total), grouped(own));
  for (const FunctionTotals& one : profile.functions) {
    if (!profile.code.functions[one.function].is_region || one.self == 0) continue;
    text += fmt::format(", {} {}", grouped(one.self), shown_name(profile, one.function));
  }
  return text + "\n";
}

std::string left_out(const Counts& counts) {
  std::string text;
  const auto say = [&text](std::uint64_t number, const char* what) {
    if (number != 0) text += "note: " + grouped(number) + what + "\n";
  };
  say(counts.calls_left_out, " calls were too deep to be followed: booked beside their callers");
  say(counts.returns_alone,
      " returns belong to no open call: the guest switches stacks, or pushes return addresses; who "
      "called whom is mixed up around them, each function's own instructions are right");
  say(counts.contexts_left_out, " entries found no room in the call tree: booked without callers");
  say(counts.blocks_left_out, " pieces of code found no room: not in lines and blocks");
  say(counts.made_left_out, " functions that the guest made found no room: without their names");
  if (counts.unanswered) {
    text += "note: the host was too busy to follow what code the guest made: not all is named\n";
  }
  return text;
}

/// The numbers of one row of the table, as texts.
using Cells = std::array<std::string, 6>;

Cells cells_of(const FunctionTotals& one, std::uint64_t whole) {
  return {grouped(one.self),  fmt::format("{:.2f}", share(one.self, whole)),
          grouped(one.total), fmt::format("{:.2f}", share(one.total, whole)),
          grouped(one.calls), one.outermost == 0 ? "-" : grouped(one.total / one.outermost)};
}

/// Columns are as wide as what is in them: the name of the function has the rest of the line.
std::string table(const CountedProfile& profile, std::uint64_t whole, const TextOptions& options) {
  std::vector<std::pair<Cells, std::uint32_t>> rows;
  std::size_t left = 0;
  std::uint64_t left_self = 0;
  for (const FunctionTotals& one : profile.functions) {
    if (profile.code.functions[one.function].is_region) continue;
    if (rows.size() == options.rows) {
      ++left;
      left_self += one.self;
      continue;
    }
    rows.emplace_back(cells_of(one, whole), one.function);
  }
  const Cells heads = {"self", "%", "total", "%", "calls", "total/call"};
  std::array<std::size_t, 6> widths{};
  std::size_t used = 1;  // one blank more before the name
  for (std::size_t i = 0; i < widths.size(); ++i) {
    widths[i] = std::max(heads[i].size(), grouped(left_self).size() * (i == 0 ? 1 : 0));
    for (const auto& [cells, function] : rows) widths[i] = std::max(widths[i], cells[i].size());
    used += widths[i] + 1;
  }
  std::string text = "\n";
  const auto line = [&](const Cells& cells, const std::string& name) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      text += fmt::format("{:>{}} ", cells[i], widths[i]);
    }
    text += " " + name + "\n";
  };
  line(heads, "function");
  for (const auto& [cells, function] : rows) {
    line(cells, fitted(profile, function, options.width, used));
  }
  if (left != 0) {
    line({grouped(left_self), fmt::format("{:.2f}", share(left_self, whole)), "", "", "", ""},
         fmt::format("{} more (--top {})", left, rows.size() + left));
  }
  return text;
}

struct TreePrinter {
  const CountedProfile& profile;
  std::vector<std::vector<std::uint32_t>> children;
  std::uint64_t whole;
  const TextOptions& options;
  std::string text = {};

  // Recursion is bounded by kMaxTreeDepth.
  void print(std::uint32_t at, std::size_t depth) {
    const Context& context = profile.counts.contexts[at];
    const std::uint64_t total = profile.inclusive[at];
    if (share(total, whole) < options.least_share || depth > kMaxTreeDepth) return;
    text += fmt::format("{:>14} {:>6.2f} {:>9}  {}{}\n", grouped(total), share(total, whole),
                        grouped(context.calls), std::string(2 * depth, ' '),
                        fitted(profile, context.function, options.width, 34 + 2 * depth));
    for (const std::uint32_t child : children[at]) print(child, depth + 1);
  }
};

std::string tree(const CountedProfile& profile, std::uint64_t whole, const TextOptions& options) {
  TreePrinter printer{profile, children_of(profile), whole, options};
  printer.text = fmt::format("\n{:>14} {:>6} {:>9}  {}\n", "total", "%", "calls", "call tree");
  for (const std::uint32_t child : printer.children[0]) {
    if (!profile.code.functions[profile.counts.contexts[child].function].is_region) {
      printer.print(child, 0);
    }
  }
  return printer.text;
}

}  // namespace

std::string render_cross_check(const std::vector<CrossCheck>& checks) {
  if (checks.empty()) return "";
  constexpr const char* kWords[] = {"agrees", "DIFFERS", "unchecked"};
  std::string text = fmt::format("\n{:>9}  {:>9} {:>14} {:>14} {:>9}  {}\n", "", "calls", "said",
                                 "counted", "overhead", "the guest's own profile");
  for (const CrossCheck& check : checks) {
    text += fmt::format(
        "{:>9}  {:>9} {:>14} {:>14} {:>9}  {}\n", kWords[static_cast<std::size_t>(check.agreement)],
        grouped(check.said_calls), grouped(check.said_total), grouped(check.counted_total),
        grouped(check.overhead * check.said_calls), printable(check.name));
    if (!check.reason.empty()) text += fmt::format("{:>11}{}\n", "", check.reason);
  }
  return text;
}

std::uint64_t guest_instructions(const CountedProfile& profile) {
  std::uint64_t sum = 0;
  for (const FunctionTotals& one : profile.functions) {
    if (!profile.code.functions[one.function].is_region) sum += one.self;
  }
  return sum;
}

std::uint64_t guest_and_below(const CountedProfile& profile) {
  const std::vector<Context>& contexts = profile.counts.contexts;
  std::vector<bool> inside(contexts.size());
  std::uint64_t sum = 0;
  for (std::uint32_t i = 1; i < contexts.size(); ++i) {
    const bool around = inside[contexts[i].parent];
    inside[i] = around || !profile.code.functions[contexts[i].function].is_region;
    if (inside[i] && !around) sum += profile.inclusive[i];
  }
  return sum;
}

std::vector<std::vector<std::uint32_t>> children_of(const CountedProfile& profile) {
  const std::vector<Context>& contexts = profile.counts.contexts;
  std::vector<std::vector<std::uint32_t>> children(contexts.size());
  for (std::uint32_t i = 1; i < contexts.size(); ++i) children[contexts[i].parent].push_back(i);
  for (auto& siblings : children) {
    std::ranges::sort(siblings, [&](std::uint32_t a, std::uint32_t b) {
      return std::tie(profile.inclusive[b], a) < std::tie(profile.inclusive[a], b);
    });
  }
  return children;
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string shown_name(const CountedProfile& profile, std::uint32_t function) {
  return printable(profile.name(function));
}

std::string render_text(const CountedProfile& profile, const TextOptions& options) {
  const std::uint64_t own = guest_instructions(profile);
  std::string text = summary(profile, own);
  if (const auto why = doubt(profile.counts)) text += "note: " + *why + "\n";
  text += left_out(profile.counts);
  const std::uint64_t whole = guest_and_below(profile);
  text += table(profile, whole, options);
  if (options.tree) text += tree(profile, whole, options);
  return text;
}

}  // namespace harness::profile
