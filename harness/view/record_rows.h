// What the list of runs shows of their records, kept from look to look: reading ten thousand of
// them takes many seconds, and a list is made again whenever one run has ended.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "page/markup.h"

namespace harness::view {

/// The cells of a record's row that depend on nothing but the record.
struct RecordRow {
  html::Markup verdict = {};
  std::string scenario = {}, started_at = {}, reason = {}, checks = {}, boots = {};
  std::string fault = {};  // why it cannot be read; the others are empty then
};

/// Safe for several threads. A file is read again unless it is the one that was read: by device,
/// inode, size, and both times, which must be older than the last look at it by more than a file
/// system's clock is coarse.
class RecordRows {
 public:
  /// One row for each file. Rows of other files are forgotten: what is kept is bounded by what is
  /// asked for.
  std::vector<RecordRow> of(const std::vector<std::filesystem::path>& files);

  /// How many files were read so far.
  [[nodiscard]] std::size_t reads() const;

 private:
  struct Kept {
    struct stat state{};
    bool settled = false;
    RecordRow row = {};
  };
  static Kept read(const std::filesystem::path& file, const struct stat& state);

  mutable std::mutex mutex_;
  std::unordered_map<std::string, Kept> kept_;
  std::size_t reads_ = 0;
};

}  // namespace harness::view
