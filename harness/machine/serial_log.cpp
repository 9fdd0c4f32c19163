#include "machine/serial_log.h"

#include <algorithm>
#include <cstring>

namespace harness {
namespace {

// A mark for each read of a boot that trickles for an hour would cost more than what it said. The
// number stays above what a record keeps of them, so that a record still knows them to be thinned.
constexpr std::size_t kMaxMarks = 40'000;
// How far from the gap a line end is looked for. Longer lines are cut by the reader anyway.
constexpr std::size_t kLongLine = 64 << 10;

}  // namespace

std::string_view SerialLog::add(std::string_view bytes, std::chrono::nanoseconds at) {
  const std::uint64_t room = limit_ - came_;
  if (bytes.size() > room) overflowed_ = true;
  bytes = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size())));
  if (bytes.empty()) return bytes;
  came_ += bytes.size();
  const std::size_t in_order = std::min(bytes.size(), kept_ - trace_.serial.size());
  trace_.serial += bytes.substr(0, in_order);
  keep_latest(bytes.substr(in_order));
  add_mark(at);
  return bytes;
}

/// The second half of the text has become a ring: what is oldest in it makes room.
void SerialLog::keep_latest(std::string_view bytes) {
  const std::size_t half = kept_ / 2, ring = kept_ - half;
  if (bytes.size() > ring) bytes.remove_prefix(bytes.size() - ring);
  while (!bytes.empty()) {
    const std::size_t piece = std::min(bytes.size(), ring - oldest_);
    std::memcpy(trace_.serial.data() + half + oldest_, bytes.data(), piece);
    oldest_ = (oldest_ + piece) % ring;
    bytes.remove_prefix(piece);
  }
}

void SerialLog::add_mark(std::chrono::nanoseconds at) {
  std::vector<SerialMark>& marks = trace_.marks;
  marks.push_back({came_, at});
  if (marks.size() < kMaxMarks) return;
  for (std::size_t i = 0; i < marks.size() / 2; ++i) marks[i] = marks[2 * i + 1];
  marks.resize(marks.size() / 2);
}

void SerialLog::finish() {
  if (came_ == trace_.serial.size()) return;
  const std::size_t half = kept_ / 2;
  std::string& text = trace_.serial;
  const auto ring = text.begin() + static_cast<std::ptrdiff_t>(half);
  std::rotate(ring, ring + static_cast<std::ptrdiff_t>(oldest_), text.end());

  // Cut at line ends, so that no two halves make a line that nobody wrote. Where the beginning ends
  // inside a line of more than 64 KiB, what follows it is taken for its rest, which no reader
  // believes either.
  std::size_t begin = half, end = half;
  if (const std::size_t at = text.rfind('\n', half - 1);
      at != text.npos && half - at <= kLongLine) {
    begin = at + 1;
    const std::size_t next = text.find('\n', half);
    if (next != text.npos && next - half < kLongLine) end = next + 1;
  }
  text.erase(begin, end - begin);
  trace_.left_out = came_ - text.size();
  trace_.left_out_at = begin;

  std::erase_if(trace_.marks, [&](const SerialMark& mark) {
    return mark.size > begin && mark.size <= begin + trace_.left_out;
  });
  for (SerialMark& mark : trace_.marks) {
    if (mark.size > begin) mark.size -= trace_.left_out;
  }
}

}  // namespace harness
