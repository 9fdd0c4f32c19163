#include "profile/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <tuple>
#include <utility>

#include "base/format.h"
#include "base/ranked.h"
#include "base/text.h"
#include "profile/code.h"

namespace harness::profile {
namespace {

/// Those of one name stand in the order of their names, and so of their addresses.
std::map<std::string, std::vector<const SavedFunction*>> by_name(const SavedNumbers& numbers) {
  std::map<std::string, std::vector<const SavedFunction*>> all;
  for (const SavedFunction& one : numbers.functions) {
    all[without_address(one.name)].push_back(&one);
  }
  for (auto& [name, functions] : all) std::ranges::sort(functions, {}, &SavedFunction::name);
  return all;
}

std::string signed_text(std::int64_t number) {
  const auto size = static_cast<std::uint64_t>(std::llabs(number));
  return (number < 0 ? "-" : "+") + grouped(size);
}

/// "4,024", or "4,024 → 4,025".
std::string from_to(std::uint64_t before, std::uint64_t after) {
  return before == after ? grouped(after) : grouped(before) + " → " + grouped(after);
}

}  // namespace

std::vector<FunctionChange> changes_between(const SavedNumbers& base, const SavedNumbers& now) {
  auto before = by_name(base), after = by_name(now);
  for (const auto& [name, functions] : before) after.try_emplace(name);
  std::vector<FunctionChange> changes;
  for (const auto& [name, new_ones] : after) {
    const auto& old_ones = before[name];
    for (std::size_t i = 0; i < std::max(new_ones.size(), old_ones.size()); ++i) {
      FunctionChange change;
      if (i < old_ones.size()) change.before = *old_ones[i];
      if (i < new_ones.size()) change.after = *new_ones[i];
      change.name = change.after.name.empty() ? change.before.name : change.after.name;
      if (change.moved() == 0 && change.before.calls == change.after.calls) continue;
      changes.push_back(std::move(change));
    }
  }
  return ranked(std::move(changes),
                [](const FunctionChange& one) { return -std::llabs(one.moved()); });
}

std::vector<FunctionChange> causes_first(std::vector<FunctionChange> changes) {
  const auto share = [](const FunctionChange& one) {
    const auto moved = static_cast<double>(std::llabs(one.moved()));
    return moved / static_cast<double>(std::max<std::uint64_t>(one.before.self, 1));
  };
  const auto only_calls = [](const FunctionChange& one) {
    return one.moved() == 0 || (!one.before.name.empty() && one.before.calls != one.after.calls);
  };
  // One instruction more in each call is a change of the code; numbers that are printed have more
  // digits in some.
  const auto uneven = [](const FunctionChange& one) {
    const auto calls = static_cast<std::int64_t>(one.after.calls);
    return calls < 2 || one.moved() % calls != 0;
  };
  return ranked(std::move(changes), [&](const FunctionChange& one) {
    return std::tuple(only_calls(one), uneven(one), -share(one));
  });
}

std::vector<FunctionChange> causes_of(const std::set<std::int64_t>& deltas,
                                      std::vector<FunctionChange> changes) {
  return ranked(causes_first(std::move(changes)), [&](const FunctionChange& one) {
    const bool explains = one.moved() > 0 && deltas.contains(one.moved());
    return std::tuple(!explains, explains ? -one.moved() : 0, one.moved() < 0);
  });
}

std::string change_words(const FunctionChange& change) {
  const std::string what = change.before.name.empty()  ? "new: "
                           : change.after.name.empty() ? "gone: "
                                                       : "";
  const std::uint64_t calls = change.after.name.empty() ? change.before.calls : change.after.calls;
  const std::string often = change.before.calls == change.after.calls ||
                                    change.before.name.empty() || change.after.name.empty()
                                ? count_of(calls, "call")
                                : from_to(change.before.calls, change.after.calls) + " calls";
  return fmt::format(
      "{}{}: {} own instructions ({}) in {}", what, printable(brief_name(change.name)),
      from_to(change.before.self, change.after.self), signed_text(change.moved()), often);
}

std::string render_changes(const SavedNumbers& base, const SavedNumbers& now,
                           const std::string& base_name, std::size_t rows, std::size_t width) {
  const std::vector<FunctionChange> changes = changes_between(base, now);
  const auto whole = static_cast<std::int64_t>(now.guest) - static_cast<std::int64_t>(base.guest);
  std::string text = fmt::format("\nagainst {}: {} instructions of the guest's own ({})\n",
                                 printable(base_name), from_to(base.guest, now.guest),
                                 whole == 0 ? "none more, none less" : signed_text(whole));
  if (changes.empty()) return text + "no function moved\n";
  text += fmt::format("\n{:>14}  {}\n", "self moved", "function: self, calls");
  for (const FunctionChange& one : std::span(changes).first(std::min(rows, changes.size()))) {
    const std::string what = one.before.name.empty()  ? "new: "
                             : one.after.name.empty() ? "gone: "
                                                      : "";
    const std::string name = printable(brief_name(one.name));
    const std::string line =
        fmt::format("{}{}: {}, {}", what, name, from_to(one.before.self, one.after.self),
                    from_to(one.before.calls, one.after.calls));
    const std::vector<std::string> parts = wrapped(line, width > 36 ? width - 16 : 20);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      text += fmt::format("{:>14}  {}\n", i == 0 ? signed_text(one.moved()) : "", parts[i]);
    }
  }
  if (changes.size() > rows) {
    text += fmt::format("{:>14}  and {} more (--top {})\n", "", grouped(changes.size() - rows),
                        changes.size());
  }
  return text;
}

std::map<std::string, std::int64_t> moved_by_name(const std::vector<FunctionChange>& changes) {
  std::map<std::string, std::int64_t> moved;
  for (const FunctionChange& one : changes) moved[one.name] = one.moved();
  return moved;
}

}  // namespace harness::profile
