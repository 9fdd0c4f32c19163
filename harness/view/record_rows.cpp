#include "view/record_rows.h"

#include <ctime>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/listing.h"
#include "base/parallel.h"
#include "record/brief_reason.h"
#include "record/codec.h"
#include "record/outline.h"
#include "report/digest.h"
#include "report/facts.h"
#include "report/html/sections.h"

namespace harness::view {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostReason = 200;
/// FAT keeps times to two seconds; others are finer.
constexpr std::time_t kCoarsestClock = 2;

struct stat state_of(const fs::path& file) {
  struct stat state{};
  if (::stat(file.c_str(), &state) != 0) return {};
  return state;
}

bool is_same(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool is_same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
         is_same(a.st_mtim, b.st_mtim) && is_same(a.st_ctim, b.st_ctim);
}

/// Whether a later write to the file would show in its times.
bool is_settled(const struct stat& state) {
  const std::time_t now = std::time(nullptr);
  return state.st_ino != 0 && state.st_mtim.tv_sec + kCoarsestClock < now &&
         state.st_ctim.tv_sec + kCoarsestClock < now;
}

RecordRow record_row(const RunRecord& record) {
  // An outline has no place of a crash.
  const std::string reason = is_worse_than_its_verdict(record)
                                 ? record.compared_why
                                 : without_registers(record.verdict.reason);
  return {.verdict = html::verdict_badge(record),
          .scenario = record.scenario,
          .started_at = record.started_at,
          .reason = shortened(reason, kMostReason),
          .checks = checks_text(record),
          .boots = boots_text(record)};
}

}  // namespace

RecordRows::Kept RecordRows::read(const fs::path& file, const struct stat& state) {
  Kept kept{.state = state, .settled = is_settled(state)};
  try {
    const std::string text = read_file(file);
    const std::optional<RunRecord> outline = outline_of_record(text);
    kept.row = record_row(outline ? *outline : record_from_json(text, file.string()));
  } catch (const Error& error) {
    kept.row.fault = error.what();
  }
  return kept;
}

std::vector<RecordRow> RecordRows::of(const std::vector<fs::path>& files) {
  const std::scoped_lock lock(mutex_);
  std::vector<Kept> now(files.size());
  std::vector<std::size_t> to_read;
  for (std::size_t i = 0; i < files.size(); ++i) {
    now[i].state = state_of(files[i]);
    const auto known = kept_.find(files[i].string());
    if (known != kept_.end() && known->second.settled &&
        is_same_file(known->second.state, now[i].state)) {
      now[i] = std::move(known->second);
    } else {
      to_read.push_back(i);
    }
  }
  parallel_for(to_read.size(), [&](std::size_t at) {
    const std::size_t i = to_read[at];
    now[i] = read(files[i], now[i].state);
  });
  reads_ += to_read.size();
  kept_.clear();
  std::vector<RecordRow> rows;
  rows.reserve(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    rows.push_back(now[i].row);
    kept_.insert_or_assign(files[i].string(), std::move(now[i]));
  }
  return rows;
}

std::size_t RecordRows::reads() const {
  const std::scoped_lock lock(mutex_);
  return reads_;
}

}  // namespace harness::view
