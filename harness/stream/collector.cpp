// The fold: lines into Events. A line is judged where it stands; what only several lines together
// can show (a name that came twice, a checksum) is judged here too, and kept as damage.
#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "base/text.h"
#include "console_text/plain_line.h"
#include "console_text/prefix.h"
#include "formats/formats.h"
#include "formats/metrics.h"
#include "stream/allow.h"
#include "stream/collector.h"
#include "stream/crash.h"
#include "stream/crc.h"
#include "stream/keeper.h"
#include "stream/long_line.h"
#include "stream/split.h"

namespace harness {
namespace {

// Bytes are taken in blocks that stay in the fastest cache while they are looked at several times.
constexpr std::size_t kBlockBytes = 32 << 10;

/// A byte that is neither printable ASCII, tab nor line end. One pass without branches, so that the
/// compiler can do many bytes a step.
bool has_garbage(std::string_view bytes) {
  std::uint8_t found = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    const bool printable = static_cast<std::uint8_t>(byte - 0x20) <= 0x5E;
    found |=
        static_cast<std::uint8_t>(!(printable | (byte == '\t') | (byte == '\r') | (byte == '\n')));
  }
  return found != 0;
}

}  // namespace

struct EventCollector::State {
  enum class Part { before, inside, after };  // of [BEGIN] and [END]

  State(OnLine callback, const OutputRules& rules, const EventLimits& limits)
      : on_line(std::move(callback)),
        allowed(rules.allowances),
        foreign(rules.foreign()),
        keeper(limits) {
    if (!rules.metrics.empty()) {
      metrics = std::make_unique<MetricReader>(rules.metrics, limits.values);
    }
    for (const std::string& name : rules.formats) {
      const Format* const format = find_format(name);
      if (format) formats.push_back({name, format->make(), format->meant, format->halts});
    }
    if (!rules.tests.empty()) {
      patterns_read_all = true;
      formats.push_back(
          {std::string(kTestsFormat), make_reader(compile_patterns(rules.tests)), {}, {}});
    }
  }

  OnLine on_line;
  AllowedSpans allowed;
  bool foreign;
  /// One that reads results, and the crash words that a test of it may bring about on purpose.
  struct Reader {
    std::string name;
    std::unique_ptr<FormatReader> reader;
    std::array<std::string_view, 2> meant;
    std::array<std::string_view, 2> halts;  // behind which none of them was meant
  };
  std::vector<Reader> formats;
  /// A crash in a test whose result is still to come, and who reads that.
  std::optional<Crash> doubtful;
  const Reader* judge = nullptr;
  bool patterns_read_all = false;  // there are `tests:`, and all texts until now were read whole
  std::unique_ptr<MetricReader> metrics;  // where the scenario asks for any
  EventKeeper keeper;
  PlainLine plain;
  LongLine long_line;
  LineSplitter splitter;
  std::uint32_t crc = 0;       // of the session so far, but for `uncounted`
  std::string_view uncounted;  // bytes of the block that belong to the checksum and are not in it
  Part part = Part::before;
  std::uint64_t offset = 0;  // of the next line in the stream
  bool suspicious = false;   // the line at hand may hold garbage
  std::chrono::nanoseconds now{0};
  std::string_view text;  // of the line at hand
  LineValues values;      // of the same

  // Inlined, a line stays in registers on its way through.
  void take_block(std::string_view block);
  [[gnu::always_inline]] void take(const RawLine& raw);
  [[gnu::always_inline]] LineKind read(const RawLine& raw);
  [[gnu::always_inline]] void count(const RawLine& raw);
  void catch_up();
  [[nodiscard]] bool is_calm_panic(const RawLine& raw, LineKind kind) const;
  void read_console(std::span<const std::string_view> parts);
  void read_long(std::string_view bytes, bool last);
  void read_text(std::string_view shown);
  void look_for_crash(std::string_view shown, bool from_start);
  void settle_doubt(std::string_view shown);
  void add_found(Events& events);
  bool in_place(LineKind kind);
  void keep_begin(const RawLine& raw);
  void keep_end();
  void check_closing(const End& end);
};

/// What the line does to the line count and the checksum, which run from [BEGIN] to [END]. Lines of
/// one block lie side by side: they are added up together, which is faster.
void EventCollector::State::count(const RawLine& raw) {
  const std::string_view bytes = raw.with_end();
  if (raw.terminated) ++keeper.events().counted_lines;
  if (!raw.copied && bytes.data() == uncounted.data() + uncounted.size()) {
    uncounted = {uncounted.data(), uncounted.size() + bytes.size()};
    return;
  }
  catch_up();
  uncounted = bytes;
  if (raw.copied) catch_up();  // the copy does not outlive this line
}

void EventCollector::State::catch_up() {
  crc = extend_crc(crc, uncounted);
  uncounted = {};
}

/// Lost lines are one fault: their checksum differs too, but says nothing more.
void EventCollector::State::check_closing(const End& end) {
  const std::uint64_t counted = keeper.events().counted_lines;
  if (end.lines != counted) {
    keeper.add_damage(std::to_string(counted) + " lines arrived of " + std::to_string(end.lines));
  } else if (end.crc != crc) {
    keeper.add_damage("checksum of what arrived is " + hex8(crc));
  }
}

/// Whether a line of the protocol may stand here. Only a panic may stand anywhere; [BOOT] stands
/// behind [END] and nowhere else.
bool EventCollector::State::in_place(LineKind kind) {
  if (kind == LineKind::boot) {
    if (part == Part::after) return true;
    keeper.add_damage("[BOOT] before [END]");
    return false;
  }
  if (part == Part::inside && kind != LineKind::begin) return true;
  if (kind == LineKind::text || kind == LineKind::panic || kind == LineKind::corrupt) return true;
  if (part == Part::before && foreign) return kind != LineKind::end;
  if (part == Part::before) {  // and it is not [BEGIN]
    keeper.add_damage("protocol line before [BEGIN]");
    return kind != LineKind::end;
  }
  if (kind == LineKind::begin) {
    keeper.add_damage("a second [BEGIN]: the guest started again");
    return false;
  }
  keeper.add_damage(kind == LineKind::end ? "a second [END]" : "protocol line after [END]");
  return kind != LineKind::end;
}

LineKind EventCollector::State::read(const RawLine& raw) {
  if (raw.piece == Piece::rest) return LineKind::text;
  if (raw.piece == Piece::head) {
    values.why = "line longer than 64 KiB";
    return LineKind::corrupt;
  }
  const LineKind kind = read_line(text, values);
  // Half a line can look like a whole one: result=5 of result=55. A panic is one by its tag, and
  // [END] is whole once its checksum has its digits.
  if (raw.terminated || kind == LineKind::text || kind == LineKind::panic ||
      kind == LineKind::end) {
    return kind;
  }
  values.why = "cut off before its line end";
  return LineKind::corrupt;
}

/// The first one that is not allowed. Of a test that runs, and may have meant it, the result
/// decides.
void EventCollector::State::look_for_crash(std::string_view shown, bool from_start) {
  if (keeper.events().crash) return;
  const auto [found, at] = find_crash_in(shown, from_start);
  if (!found || allowed.allows(shown, found->name)) return;
  const auto is_its = [&](std::string_view words) {
    return !words.empty() && found->text.starts_with(words);
  };
  const auto one = std::ranges::find_if(formats, [&](const Reader& reader) {
    return reader.reader->runs_test() && std::ranges::any_of(reader.meant, is_its);
  });
  if (one == formats.end()) {
    keeper.events().crash = keeper.crash_here(found->name, shown, at);
  } else if (!doubtful) {
    doubtful = keeper.crash_here(found->name, shown, at);
    judge = &*one;
  }
}

/// Of a crash that its test may have meant: whether this text says that it has, or has not.
void EventCollector::State::settle_doubt(std::string_view shown) {
  if (!judge->reader->runs_test()) return doubtful.reset();
  const std::string_view said = without_prefix(shown);
  const auto begins = [&](std::string_view words) {
    return !words.empty() && said.starts_with(words);
  };
  if (!std::ranges::any_of(judge->halts, begins)) return;
  if (!keeper.events().crash) keeper.events().crash = std::move(doubtful);
  doubtful.reset();
}

/// One text of console output. What it says of a test is taken before the next is looked at: a
/// crash behind a result belongs to no test.
void EventCollector::State::read_text(std::string_view shown) {
  look_for_crash(shown, true);
  const std::string_view body = formats.empty() ? shown : without_stamps(shown);
  for (const auto& [name, reader, meant, halts] : formats) {
    // A user's own patterns are meant as they are written, behind any prefix.
    reader->see(name == kTestsFormat ? without_prefix(shown) : body);
  }
  if (metrics) metrics->see(shown, keeper.line_number());
  if (doubtful) settle_doubt(shown);
}

/// Console text, in its normal form.
void EventCollector::State::read_console(std::span<const std::string_view> parts) {
  for (const auto& [name, reader, meant, halts] : formats) reader->at_line(keeper.line_number());
  for (const std::string_view shown : parts) read_text(shown);
}

/// A piece of a line that is too long, of a guest that does not know us.
void EventCollector::State::read_long(std::string_view bytes, bool last) {
  long_line.feed(bytes, last, [&](std::string_view shown, LongLine::Part part_of_text) {
    if (part_of_text == LongLine::Part::whole) return read_console({&shown, 1});
    look_for_crash(shown, false);
    // Where a text does not begin no result stands, but what patterns find is not known.
    if (!patterns_read_all) return;
    patterns_read_all = false;
    keeper.add_damage("of a text of more than 64 KiB `tests:` reads the beginning alone");
  });
}

void EventCollector::State::keep_begin(const RawLine& raw) {
  crc = 0;
  keeper.events().counted_lines = 0;
  keeper.events().begin = values.begin;
  part = Part::inside;
  count(raw);
}

void EventCollector::State::keep_end() {
  catch_up();
  crc = extend_crc(crc, text.substr(0, text.rfind(std::string(" ") + wire::field::crc + "=")));
  check_closing(values.end);
  keeper.events().end = values.end;
  part = Part::after;
}

/// "[PANIC] OK": the crash words know a module's tag, where it is not ours.
bool EventCollector::State::is_calm_panic(const RawLine& raw, LineKind kind) const {
  return kind == LineKind::panic && raw.terminated && !has_controls(text) && !find_crash(text);
}

void EventCollector::State::take(const RawLine& raw) {
  text = raw.bytes;
  if (raw.terminated && text.ends_with('\r')) text.remove_suffix(1);
  keeper.begin_line(text);
  LineKind kind = read(raw);
  // What only looks like ours is text of a guest that does not know us.
  if (foreign && part == Part::before && (kind == LineKind::corrupt || is_calm_panic(raw, kind))) {
    kind = LineKind::text;
  }
  keeper.note_place(offset, now, kind, raw.terminated);
  offset += raw.with_end().size();
  allowed.see(text, raw.piece == Piece::rest);
  if (kind == LineKind::text && raw.piece == Piece::whole) {
    read_console(plain.parts(text));
  } else if (kind == LineKind::text && (raw.piece == Piece::head || long_line.is_open())) {
    read_long(raw.bytes, raw.terminated);
  }

  if (part == Part::before && kind == LineKind::begin) {
    keep_begin(raw);
  } else if (part == Part::inside && kind == LineKind::end) {
    keep_end();
  } else {
    if (part == Part::inside) count(raw);
    if (in_place(kind)) keeper.keep(kind, values);
  }
  Events& events = keeper.events();
  if (suspicious && part != Part::before && !events.garbage && has_garbage(raw.bytes)) {
    events.garbage = true;
    events.garbage_line = keeper.line_number();
  }
  if (on_line) on_line(text, kind, raw.piece == Piece::rest);
}

void EventCollector::State::take_block(std::string_view block) {
  const bool garbage = !keeper.events().garbage && has_garbage(block);
  suspicious |= garbage;
  const std::uint64_t before = keeper.line_number();
  splitter.feed(block);
  while (const auto line = splitter.next()) take(*line);
  // What the splitter holds now came with this block alone, unless no line ended in it.
  if (keeper.line_number() != before) suspicious = garbage;
  catch_up();
}

/// The numbers of `metrics:`. What is wrong with them stands among the other damage, by line.
void EventCollector::State::add_found(Events& events) {
  if (!metrics) return;
  MetricReader::Result result = metrics->finish();
  for (const FoundMetric& found : result.found) {
    if (std::ranges::find(events.metrics, found.name, &Metric::name) == events.metrics.end()) {
      continue;
    }
    result.protocol_errors.push_back(
        {keeper.line_number(), found.name, "a [METRIC] line has this name, too"});
  }
  events.found = std::move(result.found);
  for (ProtocolError& one : result.protocol_errors) {
    const auto behind =
        std::ranges::upper_bound(events.protocol_errors, one.line, {}, &ProtocolError::line);
    events.protocol_errors.insert(behind, std::move(one));
  }
}

EventCollector::EventCollector(OnLine on_line, const OutputRules& rules, const EventLimits& limits)
    : state_(std::make_shared<State>(std::move(on_line), rules, limits)) {}

void EventCollector::add(std::string_view bytes, std::chrono::nanoseconds at) {
  state_->now = at;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kBlockBytes))) {
    state_->take_block(bytes.substr(0, kBlockBytes));
  }
}

void EventCollector::expect(std::size_t bytes) { state_->keeper.expect(bytes); }

bool EventCollector::crashed() const {
  const Events& events = state_->keeper.events();
  return events.crash.has_value() || !events.panics.empty();
}

Events EventCollector::finish() {
  if (const auto line = state_->splitter.rest()) state_->take(*line);
  if (state_->long_line.is_open()) state_->read_long({}, true);
  state_->catch_up();
  state_->keeper.events().computed_crc = state_->crc;
  const std::uint64_t behind = state_->keeper.line_number() + 1;
  if (!state_->keeper.events().crash) state_->keeper.events().crash = std::move(state_->doubtful);
  Events events = std::move(state_->keeper).finish();
  state_->add_found(events);
  for (const auto& [name, reader, meant, halts] : state_->formats) {
    reader->at_line(behind);  // what did not end was ended there
    FormatResults results = reader->finish();
    results.summary.name = name;
    events.formats.push_back(std::move(results.summary));
    std::ranges::move(results.tests, std::back_inserter(events.tests));
  }
  return events;
}

Events collect_events(std::string_view serial, const std::vector<SerialMark>& marks,
                      const OutputRules& rules, const EventLimits& limits) {
  EventCollector collector({}, rules, limits);
  collector.expect(serial.size());
  std::size_t done = 0;
  std::chrono::nanoseconds at{0};
  for (const SerialMark& mark : marks) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(mark.size, serial.size()));
    if (size <= done) continue;
    at = mark.at;
    collector.add(serial.substr(done, size - done), at);
    done = size;
  }
  collector.add(serial.substr(done), at);
  return collector.finish();
}

}  // namespace harness
