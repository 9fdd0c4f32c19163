// The fold: lines into Events. A line is judged where it stands; what only several lines together
// can show (a name that came twice, a checksum) is judged here too, and kept as damage.
#include <algorithm>
#include <functional>
#include <utility>

#include "stream/crc.h"
#include "stream/first_seen.h"
#include "stream/split.h"
#include "stream/stream.h"

namespace harness {
namespace {

constexpr std::size_t kDamageTextBytes = 200;
// A log of nothing but damage must not cost many times its size.
constexpr std::size_t kMostDamage = 1000;

/// Neither printable ASCII, tab nor carriage return. One pass without branches, so that the
/// compiler can do many bytes a step.
bool has_garbage(std::string_view bytes) {
  unsigned found = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    found |= static_cast<unsigned>(byte - 0x20u > 0x5Eu) & static_cast<unsigned>(byte != '\t') &
             static_cast<unsigned>(byte != '\r');
  }
  return found != 0;
}

/// total is the sum of calls durations and avg is total / calls, truncated: they may differ by
/// less than calls.
bool total_is_far(const Profile& profile) {
  std::uint64_t product = 0;
  if (__builtin_mul_overflow(profile.calls, profile.avg, &product)) return true;
  const std::uint64_t apart = std::max(profile.total, product) - std::min(profile.total, product);
  return apart > profile.calls;
}

/// Why the numbers of a profile cannot be; nullptr where they can.
const char* impossible(const Profile& profile) {
  if (profile.min > profile.avg) return "min > avg";
  if (profile.avg > profile.max) return "avg > max";
  if (total_is_far(profile)) return "total is not calls x avg";
  return nullptr;
}

}  // namespace

struct EventFolder::State {
  enum class Phase { before, inside, after };  // of [BEGIN] and [END]

  explicit State(std::function<void(std::string_view, const Parsed&)> callback)
      : on_line(std::move(callback)) {}

  std::function<void(std::string_view, const Parsed&)> on_line;
  LineSplitter splitter;
  FastCrc32 crc;
  Events events;
  Phase phase = Phase::before;
  std::size_t offset = 0;  // of the next line in the stream
  std::uint64_t unlisted_damage = 0;
  std::chrono::nanoseconds now{0};
  FirstSeen seen_tests, seen_timings, seen_benches, seen_profiles, seen_metrics;
  std::string_view text;  // of the line at hand

  std::uint64_t line_number() const { return events.lines.size(); }

  void add_damage(std::string why) {
    if (events.damage.size() >= kMostDamage) {
      ++unlisted_damage;
      return;
    }
    events.damage.push_back(
        {line_number(), std::string(text.substr(0, kDamageTextBytes)), std::move(why)});
  }

  void take(const RawLine& raw);
  void take_parsed(Parsed& parsed);
  void count(const RawLine& raw);
  bool in_place(const Parsed& parsed);
  void check_closing(const End& end);

  /// Keeps an item under its key, which no item of its kind may share.
  template <class Item, class Key>
  void keep_once(Item& item, Key Item::* key, std::vector<Item>& items, FirstSeen& seen) {
    const auto same = [&](std::size_t i) { return items[i].*key == item.*key; };
    if (!seen.add(std::hash<Key>()(item.*key), items.size(), same)) {
      add_damage("a line of this name came before");
    }
    items.push_back(std::move(item));
  }

  // One overload for each kind of line.
  void keep(ConsoleText&) {}
  void keep(Corrupt& corrupt) { add_damage(std::move(corrupt.why)); }
  void keep(Begin& begin) { events.begin = std::move(begin); }
  void keep(TestResult& test) { keep_once(test, &TestResult::name, events.tests, seen_tests); }
  void keep(Timing& timing) { keep_once(timing, &Timing::name, events.timings, seen_timings); }
  // [BENCH] has no name: the number of calls tells one from another.
  void keep(Bench& bench) { keep_once(bench, &Bench::calls, events.benches, seen_benches); }
  void keep(Profile& profile) {
    if (const char* why = impossible(profile)) add_damage(why);
    keep_once(profile, &Profile::name, events.profiles, seen_profiles);
  }
  void keep(Metric& metric) { keep_once(metric, &Metric::name, events.metrics, seen_metrics); }
  void keep(Memory& memory) {
    if (events.memory) return add_damage("a second [MEMORY]");
    events.memory = memory;
  }
  void keep(JsonText& json) { events.json.push_back(std::move(json.text)); }
  void keep(PanicText& panic) { events.panics.push_back(std::move(panic.text)); }
  void keep(End& end) {
    check_closing(end);
    events.end = end;
    phase = Phase::after;
  }
};

/// What the line does to the line count and the checksum, which run from [BEGIN] to [END].
void EventFolder::State::count(const RawLine& raw) {
  crc.add(raw.bytes);
  if (!raw.terminated) return;
  crc.add("\n");
  ++events.counted_lines;
}

/// Lost lines are one fault: their checksum differs too, but says nothing more.
void EventFolder::State::check_closing(const End& end) {
  if (end.lines != events.counted_lines) {
    add_damage(std::to_string(events.counted_lines) + " lines arrived of " +
               std::to_string(end.lines));
  } else if (end.crc != crc.value()) {
    add_damage("checksum of what arrived is " + hex8(crc.value()));
  }
}

/// Whether a line of the protocol may stand here. Only a panic may stand anywhere.
bool EventFolder::State::in_place(const Parsed& parsed) {
  if (std::holds_alternative<ConsoleText>(parsed) || std::holds_alternative<PanicText>(parsed) ||
      std::holds_alternative<Corrupt>(parsed)) {
    return true;
  }
  const bool begin = std::holds_alternative<Begin>(parsed);
  if (phase == Phase::before && !begin) {
    add_damage("protocol line before [BEGIN]");
    return !std::holds_alternative<End>(parsed);
  }
  if (phase != Phase::before && begin) {
    add_damage("a second [BEGIN]: the guest started again");
    return false;
  }
  if (phase == Phase::after) {
    const bool end = std::holds_alternative<End>(parsed);
    add_damage(end ? "a second [END]" : "protocol line after [END]");
    return !end;
  }
  return true;
}

void EventFolder::State::take(const RawLine& raw) {
  text = raw.bytes;
  if (raw.terminated && text.ends_with('\r')) text.remove_suffix(1);

  Line& line = events.lines.emplace_back();
  line.begin = offset;
  line.end = offset + text.size();
  line.at = now;
  line.terminated = raw.terminated;
  offset += raw.bytes.size() + (raw.terminated ? 1 : 0);

  Parsed parsed = ConsoleText{};
  if (raw.piece == Piece::whole) {
    parsed = parse_line(text);
    // Half a line can look like a whole one: result=5 of result=55. A panic is one by its tag, and
    // [END] is whole once its checksum has its digits.
    if (!raw.terminated && !std::holds_alternative<ConsoleText>(parsed) &&
        !std::holds_alternative<PanicText>(parsed) && !std::holds_alternative<End>(parsed)) {
      parsed = Corrupt{"cut off before its line end"};
    }
  } else if (raw.piece == Piece::head) {
    parsed = Corrupt{"line longer than 64 KiB"};
  }
  line.protocol =
      !std::holds_alternative<ConsoleText>(parsed) && !std::holds_alternative<Corrupt>(parsed);
  if (on_line) on_line(text, parsed);

  if (phase == Phase::before && std::holds_alternative<Begin>(parsed)) {
    crc = FastCrc32();
    events.counted_lines = 0;
    keep(std::get<Begin>(parsed));
    phase = Phase::inside;
    count(raw);
  } else if (phase == Phase::inside && std::holds_alternative<End>(parsed)) {
    crc.add(text.substr(0, text.rfind(std::string(" ") + wire::field::crc + "=")));
    keep(std::get<End>(parsed));
  } else {
    if (phase == Phase::inside) count(raw);
    if (in_place(parsed)) std::visit([this](auto& kind) { keep(kind); }, parsed);
  }
  if (phase != Phase::before && !events.garbage && has_garbage(raw.bytes)) {
    events.garbage = true;
    events.garbage_line = line_number();
  }
}

EventFolder::EventFolder(std::function<void(std::string_view, const Parsed&)> on_line)
    : state_(std::make_shared<State>(std::move(on_line))) {}

void EventFolder::add(std::string_view bytes, std::chrono::nanoseconds at) {
  if (bytes.empty()) return;
  state_->now = at;
  state_->splitter.feed(bytes);
  while (const auto line = state_->splitter.next()) state_->take(*line);
}

Events EventFolder::finish() {
  if (const auto line = state_->splitter.rest()) state_->take(*line);
  state_->events.computed_crc = state_->crc.value();
  if (state_->unlisted_damage > 0) {
    state_->text = {};
    state_->events.damage.push_back(
        {state_->line_number(), "",
         std::to_string(state_->unlisted_damage) + " more damaged lines that are not listed"});
  }
  return std::move(state_->events);
}

Events fold(std::string_view serial, const std::vector<SerialMark>& marks) {
  EventFolder folder;
  std::size_t done = 0;
  std::chrono::nanoseconds at{0};
  for (const SerialMark& mark : marks) {
    const std::size_t size = std::min(mark.size, serial.size());
    if (size <= done) continue;
    at = mark.at;
    folder.add(serial.substr(done, size - done), at);
    done = size;
  }
  folder.add(serial.substr(done), at);
  return folder.finish();
}

}  // namespace harness
