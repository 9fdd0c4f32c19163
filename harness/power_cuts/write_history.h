// What a guest wrote to a disk, sector by sector, and what is on the disk when the power goes.
// Pure.
//
// The model. A disk keeps what was written before a flush that has returned. Of what came after it,
// each sector is on the disk as it was then or as any later write left it, one by one: a cache
// writes back in any order, and a request of many sectors may be cut anywhere. The sector that is
// being written when the power goes may be half new. A write with force unit access is on the disk
// when it has returned.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/disk_log.h"

namespace harness {

/// One sector of one write.
struct SectorWrite {
  std::uint64_t sector = 0;
  std::size_t event = 0;   // of the log
  std::string_view bytes;  // in the log
  bool durable = false;
};

/// A disk that a power cut can leave: that of all writes before `cut`, but for these.
struct DiskState {
  std::size_t cut = 0;                   // events that had been made
  bool under_way = false;                // the last of them had not returned
  std::vector<std::size_t> lost = {};    // sector writes that are not on the disk, ascending
  std::optional<std::size_t> torn = {};  // one that is half there
  bool first_half = true;                // which half
  friend bool operator==(const DiskState&, const DiskState&) = default;
};

/// Contents of sectors that the history wrote.
using SectorContents = std::map<std::uint64_t, std::string>;

class WriteHistory {
 public:
  /// `log` outlives this. `before`: the content of a sector before the first write.
  WriteHistory(const DiskLog& log, const std::function<std::string(std::uint64_t)>& before);

  [[nodiscard]] const DiskLog& log() const { return log_; }
  [[nodiscard]] std::size_t events() const { return log_.events.size(); }
  /// Every sector of every write, in order.
  [[nodiscard]] const std::vector<SectorWrite>& writes() const { return writes_; }
  /// The first sector write of an event, or of what comes after it; writes().size() behind the
  /// last.
  [[nodiscard]] std::size_t first_write(std::size_t event) const { return first_write_[event]; }
  /// Where the sector writes begin that no flush before `cut` has made durable.
  [[nodiscard]] std::size_t first_pending(std::size_t cut) const;

  /// The sectors of which the disk of a state differs from that before the first write.
  [[nodiscard]] SectorContents contents(const DiskState& state) const;
  /// What was there before.
  [[nodiscard]] const SectorContents& before() const { return before_; }

 private:
  const DiskLog& log_;
  std::vector<SectorWrite> writes_;
  std::vector<std::size_t> first_write_;
  SectorContents before_;
};

/// The same for two states with the same disk, and for no others (SHA-256).
std::string disk_identity(const SectorContents& contents);

/// "write of 2 sectors at 4096", "flush".
std::string event_text(const DiskEvent& event);
/// "nothing lost", "sector 4098 of event 7 lost, first half of sector 4099 written".
std::string state_text(const WriteHistory& history, const DiskState& state);

/// Why the states of a log cannot be tried, or empty.
std::string fault_of(const DiskLog& log);

}  // namespace harness
