// The history on disk: one SQLite file, safe with several writers. database.cpp is the only file
// that knows SQLite.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "history/entry.h"

struct sqlite3;

namespace harness::history {

/// Version of the tables, kept in the file's user_version. A file of an older version is brought up
/// to this one when it is opened; one of a newer version is refused.
inline constexpr int kSchemaVersion = 5;

enum class Access {
  read,   // there must be a history already
  append  // made where there is none, its folder too
};

class Database {
 public:
  /// Throws Error: invalid_data where the file is no history, is damaged (SQLite's quick_check), or
  /// is of a newer version; harness_error where it cannot be opened or stays locked by another
  /// program for ten seconds. A refused file is left as it is.
  Database(const std::filesystem::path& file, Access access);

  /// Adds those entries that are not there already (by their identity), all or, where it throws
  /// Error, none. Returns how many were new.
  std::size_t add(std::span<const Entry> entries);

  /// In the order of time, then of adding. With `scenario` or `metric` not empty, only entries of
  /// that scenario, only metrics of that name. Throws Error (invalid_data) where the file holds
  /// what cannot be.
  [[nodiscard]] std::vector<Entry> entries(const std::string& scenario = {},
                                           const std::string& metric = {}) const;

 private:
  std::size_t add_now(std::span<const Entry> entries);

  struct Close {
    void operator()(sqlite3* connection) const;
  };
  std::filesystem::path file_;
  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace harness::history
