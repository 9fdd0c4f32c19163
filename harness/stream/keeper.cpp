#include "stream/keeper.h"

#include <string>
#include <utility>

#include "stream/impossible.h"

namespace harness {
namespace {

constexpr std::size_t kDamageTextBytes = 200;
// A log of nothing but damage must not cost many times its size.
constexpr std::size_t kMaxDamage = 1000;

}  // namespace

void EventKeeper::add_damage(std::string_view why, ProtocolErrorKind kind) {
  if (events_.protocol_errors.size() >= kMaxDamage) {
    ++unlisted_damage_;
    return;
  }
  events_.protocol_errors.push_back(
      {line_number_, std::string(text_.substr(0, kDamageTextBytes)), std::string(why), kind});
}

Crash EventKeeper::crash_here(std::string_view name, std::string_view shown, std::size_t at) const {
  const std::string_view text = shown.substr(at < kDamageTextBytes / 2 ? 0 : at);
  return {line_number_, std::string(name), std::string(text.substr(0, kDamageTextBytes))};
}

/// By four, not two: less is copied, and what is not used is never touched.
void EventKeeper::grow_lines() {
  const std::size_t wanted = std::max<std::size_t>(4 * events_.lines.size(), 64);
  events_.lines.reserve(std::min(wanted, limits_.lines));
}

void EventKeeper::expect(std::size_t bytes) {
  constexpr std::size_t kShortLine = 16;  // memory that is not touched costs nothing
  events_.lines.reserve(std::min(bytes / kShortLine + 1, limits_.lines));
}

bool EventKeeper::has_room(std::size_t bytes) {
  if (full_) return false;
  full_ = values_kept_ >= limits_.values || bytes > limits_.text - text_kept_;
  if (full_) {
    add_damage(values_kept_ >= limits_.values ? kTooManyValues : kTooMuchText,
               ProtocolErrorKind::value_limit);
    return false;
  }
  ++values_kept_;
  text_kept_ += bytes;
  return true;
}

/// Keeps an item under its key, which no item of its kind may share.
template <class Item, class Key>
void EventKeeper::keep_once(const Item& item, Key Item::* key, std::vector<Item>& items,
                            std::unordered_set<Key>& seen, std::size_t bytes) {
  if (!has_room(bytes)) return;
  if (!seen.insert(item.*key).second) add_damage("a line of this name came before");
  items.push_back(item);
}

void EventKeeper::keep_text(std::string_view text, std::vector<std::string>& texts) {
  if (has_room(text.size())) texts.emplace_back(text);
}

/// It comes last and tells what was first.
void EventKeeper::keep_boot(const BeforeKernel& boot) {
  std::vector<Phase>& phases = events_.phases;
  if (!phases.empty() && phases.front().before_kernel) return add_damage("a second [BOOT]");
  auto at = phases.insert(phases.begin(), {"firmware", boot.firmware, true});
  if (boot.boot_sector) phases.insert(at + 1, {"boot sector", *boot.boot_sector, true});
}

/// Added where [BEGIN]'s own plan is kept: who counts what came need not know of two kinds.
void EventKeeper::keep_plan(const MorePlanned& more) {
  if (!events_.begin) return;  // a third-party guest
  const auto add = [&](std::uint64_t& planned, std::uint64_t count) {
    if (__builtin_add_overflow(planned, count, &planned)) add_damage("a plan over 64 bits");
  };
  add(events_.begin->tests, more.tests);
  add(events_.begin->metrics, more.metrics);
}

/// Beyond the limit lines are not held against each other: those before are not all known.
void EventKeeper::keep_code(const CodeLine& code) {
  if (code_full_) return;
  code_full_ = events_.code.size() >= limits_.code;
  if (code_full_) return add_damage(kTooMuchCode, ProtocolErrorKind::value_limit);
  if (const std::string why = code_ranges_.apply(code); !why.empty()) return add_damage(why);
  events_.code.push_back(code);
  events_.code.back().line = line_number_;
}

void EventKeeper::keep(LineKind kind, const LineValues& values) {
  switch (kind) {
    case LineKind::corrupt:
      return add_damage(values.why);
    case LineKind::plan:
      return keep_plan(values.plan);
    case LineKind::test: {
      TestResult test = values.test;
      test.line = line_number_;
      const std::size_t bytes = test.name.size() + (test.result ? test.result->size() : 0);
      return keep_once(test, &TestResult::name, events_.tests, seen_tests_, bytes);
    }
    case LineKind::timing:
      return keep_once(values.timing, &Timing::name, events_.timings, seen_timings_,
                       values.timing.name.size());
    case LineKind::bench:  // has no name: the number of calls tells one from another
      return keep_once(values.bench, &Bench::calls, events_.benches, seen_benches_, 0);
    case LineKind::profile:
      if (const std::string why = impossible(values.profile); !why.empty()) add_damage(why);
      return keep_once(values.profile, &Profile::name, events_.profiles, seen_profiles_,
                       values.profile.name.size());
    case LineKind::metric:
      return keep_once(values.metric, &Metric::name, events_.metrics, seen_metrics_,
                       values.metric.name.size() + values.metric.unit.size());
    case LineKind::memory:
      if (events_.memory) return add_damage("a second [MEMORY]");
      events_.memory = values.memory;
      return;
    case LineKind::phase:
      return keep_once(values.phase, &Phase::name, events_.phases, seen_phases_,
                       values.phase.name.size());
    case LineKind::boot:
      return keep_boot(values.boot);
    case LineKind::code:
      return keep_code(values.code);
    case LineKind::json:
      return keep_text(values.rest, events_.json);
    case LineKind::panic:
      // The first one is the verdict, whatever came before it.
      if (events_.panics.empty()) return void(events_.panics.emplace_back(values.rest));
      return keep_text(values.rest, events_.panics);
    case LineKind::text:
    case LineKind::begin:
    case LineKind::end:
      return;
  }
}

Events EventKeeper::finish() && {
  if (unlisted_damage_ > 0) {
    events_.protocol_errors.push_back(
        {line_number_, "",
         std::to_string(unlisted_damage_) + " more damaged lines that are not listed"});
  }
  return std::move(events_);
}

}  // namespace harness
