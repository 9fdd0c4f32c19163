#include "history/database.h"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>
#include <unordered_map>

#include "base/error.h"
#include "history/sql.h"
#include "model/verdict.h"
#include "record/fields.h"

namespace harness::history {
namespace {

namespace fs = std::filesystem;

constexpr int kApplicationId =
    0x55484953;  // "UHIS": distinguishes our files from other SQLite databases
constexpr int kBusyMilliseconds = 10'000;

/// Another connection's lock is in the way.
struct Busy : Error {
  using Error::Error;
};

/// Does `work`, anew while a lock is in the way, for ten seconds at most. SQLite waits by itself
/// (sqlite3_busy_timeout), but not where waiting could be a deadlock: a reader that becomes a
/// writer, as in the switch to the write-ahead log, gets "busy" at once (the page of
/// sqlite3_busy_handler).
template <typename Work>
auto patiently(const Work& work) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::milliseconds(kBusyMilliseconds);
  for (auto pause = std::chrono::milliseconds(1);; pause *= 2) {
    try {
      return work();
    } catch (const Busy&) {
      if (Clock::now() + pause >= until) throw;
    }
    std::this_thread::sleep_for(pause = std::min(pause, std::chrono::milliseconds(64)));
  }
}

[[noreturn]] void damaged(const fs::path& file, const std::string& what) {
  throw Error(file.string() + ": the history is damaged: " + what,
              "nothing was changed; restore the file from a copy, or move it away and start anew "
              "(`uniharness history import` reads exports)",
              ExitStatus::invalid_data);
}

[[noreturn]] void refuse(sqlite3* connection, const fs::path& file) {
  const std::string what = connection ? sqlite3_errmsg(connection) : "out of memory";
  switch (connection ? sqlite3_errcode(connection) & 0xFF : SQLITE_NOMEM) {
    case SQLITE_NOTADB:
      throw Error(file.string() + ": is not a history, nor any SQLite database",
                  "nothing was changed; name another file with --db", ExitStatus::invalid_data);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Busy(file.string() + ": another program has kept the history locked for " +
                     std::to_string(kBusyMilliseconds / 1000) + " s",
                 "wait until it is done, or name another file with --db");
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
      throw Error(file.string() + ": cannot use the history: " + what,
                  "check that the file and its folder may be written and that the disk has room");
    default:
      damaged(file, what);
  }
}

/// A prepared statement. Texts are bound, never pasted into SQL.
class Statement {
 public:
  Statement(sqlite3* connection, const fs::path& file, const char* sql)
      : connection_(connection), file_(&file) {
    check(sqlite3_prepare_v2(connection, sql, -1, &statement_, nullptr));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(const std::string& text) {
    const int size = static_cast<int>(text.size());
    check(sqlite3_bind_text(statement_, ++bound_, text.c_str(), size, SQLITE_TRANSIENT));
    return *this;
  }
  /// SQLite's integers are signed: the upper half of the range is kept as negative numbers.
  Statement& bind(std::uint64_t number) {
    check(sqlite3_bind_int64(statement_, ++bound_, static_cast<sqlite3_int64>(number)));
    return *this;
  }
  Statement& bind(std::optional<bool> known) {
    if (known) return bind(std::uint64_t{*known});
    check(sqlite3_bind_null(statement_, ++bound_));
    return *this;
  }
  /// Whether there is a (further) row.
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) refuse(connection_, *file_);
    return code == SQLITE_ROW;
  }
  void run_again() {
    step();
    sqlite3_reset(statement_);
    bound_ = 0;
  }
  std::string text() {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column_));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_));
    ++column_;
    return bytes ? std::string(bytes, size) : std::string();
  }
  std::uint64_t number() {
    return static_cast<std::uint64_t>(sqlite3_column_int64(statement_, column_++));
  }
  std::optional<bool> known() {
    if (sqlite3_column_type(statement_, column_) != SQLITE_NULL) return number() != 0;
    ++column_;
    return std::nullopt;
  }
  bool next_row() {
    column_ = 0;
    return step();
  }

 private:
  void check(int code) {
    if (code != SQLITE_OK) refuse(connection_, *file_);
  }
  sqlite3* connection_;
  const fs::path* file_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0, column_ = 0;
};

void execute(sqlite3* connection, const fs::path& file, const char* sql) {
  if (sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    refuse(connection, file);
  }
}

/// Undone at the end of its scope unless it was committed.
class Transaction {
 public:
  Transaction(sqlite3* connection, const fs::path& file, const char* begin)
      : connection_(connection), file_(&file) {
    execute(connection, file, begin);
  }
  ~Transaction() {
    if (connection_) sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    execute(connection_, *file_, "COMMIT");
    connection_ = nullptr;
  }

 private:
  sqlite3* connection_;
  const fs::path* file_;
};

std::uint64_t number_of(sqlite3* connection, const fs::path& file, const char* sql) {
  Statement statement(connection, file, sql);
  return statement.next_row() ? statement.number() : 0;
}

/// The version of the file's tables; 0 for a file without any. Throws Error for files that are not
/// ours or newer. Inside a transaction, so that it sees the file at one moment.
std::uint64_t version_of(sqlite3* connection, const fs::path& file) {
  const auto application = number_of(connection, file, "PRAGMA application_id");
  const auto version = number_of(connection, file, "PRAGMA user_version");
  const auto tables = number_of(connection, file, "SELECT count(*) FROM sqlite_master");
  if (application == 0 && version == 0 && tables == 0) return 0;
  if (application != kApplicationId) {
    throw Error(file.string() + ": is an SQLite database of another program",
                "nothing was changed; name another file with --db", ExitStatus::invalid_data);
  }
  if (version > kSchemaVersion) {
    throw Error(file.string() + ": the history is of version " + std::to_string(version) +
                    ", and this uniharness knows versions up to " + std::to_string(kSchemaVersion),
                "nothing was changed; use the newer uniharness that wrote it",
                ExitStatus::invalid_data);
  }
  if (version == 0 || tables == 0) damaged(file, "it has no tables");
  return version;
}

void migrate(sqlite3* connection, const fs::path& file) {
  Transaction transaction(connection, file, "BEGIN IMMEDIATE");
  for (auto version = version_of(connection, file); version < kSchemaVersion; ++version) {
    execute(connection, file, kMigrations[version]);
  }
  transaction.commit();
}

void check_integrity(sqlite3* connection, const fs::path& file) {
  Statement check(connection, file, "PRAGMA quick_check(1)");
  const std::string answer = check.next_row() ? check.text() : "no answer";
  if (answer != "ok") damaged(file, answer);
}

/// Looks the file over and brings it to the shape of this version.
void prepare(sqlite3* connection, const fs::path& file, Access access) {
  execute(connection, file, "PRAGMA cell_size_check = ON; PRAGMA synchronous = NORMAL");
  std::uint64_t version = 0;
  {
    Transaction look(connection, file, "BEGIN");
    version = version_of(connection, file);
  }
  check_integrity(connection, file);
  if (version == 0 && access == Access::read) {
    throw Error(file.string() + ": the history is empty",
                "`uniharness run SCENARIO --record` adds to it", ExitStatus::invalid_data);
  }
  // The write-ahead log lets one writer and any readers work at once.
  if (access == Access::append) execute(connection, file, "PRAGMA journal_mode = WAL");
  if (version < kSchemaVersion) migrate(connection, file);
}

template <std::size_t size>
std::size_t index_in(const char* const (&names)[size], const std::string& name,
                     const fs::path& file) {
  for (std::size_t i = 0; i < size; ++i) {
    if (name == names[i]) return i;
  }
  damaged(file, "unknown word '" + name + "'");
}
Entry read_entry(Statement& row, const fs::path& file) {
  Entry entry;
  entry.identity = row.text();
  entry.scenario = row.text();
  entry.started_at = row.text();
  const std::string verdict = row.text();
  entry.uniharness_version = row.text();
  Fingerprint& print = entry.fingerprint;
  for (std::string* text : {&print.qemu_version, &print.arch, &print.model, &print.accel,
                            &print.cpu, &print.firmware}) {
    *text = row.text();
  }
  print.memory = row.number();
  print.smp = row.number();
  print.clock = static_cast<ClockKind>(index_in(EnumNames<ClockKind>::all, row.text(), file));
  print.image_sha256 = row.text();
  print.compiler = row.text();
  entry.revision.commit = row.text();
  entry.revision.dirty = row.number() != 0;
  print.options = row.text();
  entry.waits_for_disk = row.known();
  print.host = row.text();

  const auto kind = verdict_of(verdict);
  if (!kind) damaged(file, "unknown verdict '" + verdict + "'");
  entry.verdict = *kind;
  if (!is_hex(entry.identity, 64) || !is_time(entry.started_at) || entry.scenario.empty()) {
    damaged(file, "a record without identity, time or scenario");
  }
  return entry;
}

}  // namespace

void Database::Close::operator()(sqlite3* connection) const { sqlite3_close(connection); }

Database::Database(const fs::path& file, Access access) : file_(file) {
  std::error_code error;
  if (!fs::exists(file, error)) {
    if (access == Access::read) {
      throw Error("there is no history at " + file.string(),
                  "`uniharness run SCENARIO --record` makes one; --db FILE names another",
                  ExitStatus::invalid_data);
    }
    if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
  }
  sqlite3* connection = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | (access == Access::append ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
  connection_.reset(connection);
  if (code != SQLITE_OK) refuse(connection, file_);
  sqlite3_busy_timeout(connection, kBusyMilliseconds);
  // The file may come from anywhere: its schema must not run functions of its choice.
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  patiently([&] { prepare(connection, file_, access); });
}

std::size_t Database::add(std::span<const Entry> entries) {
  return patiently([&] { return add_now(entries); });
}

std::size_t Database::add_now(std::span<const Entry> entries) {
  sqlite3* const connection = connection_.get();
  Transaction transaction(connection, file_, "BEGIN IMMEDIATE");
  Statement record(connection, file_, kInsertRecord);
  Statement metric(connection, file_,
                   "INSERT INTO metrics (source, name, unit) VALUES (?, ?, ?) "
                   "ON CONFLICT DO NOTHING");
  Statement sample(connection, file_,
                   "INSERT INTO samples (record, position, boot, value, metric) VALUES (?, ?, ?, "
                   "?, (SELECT id FROM metrics WHERE source = ? AND name = ? AND unit = ?))");
  std::size_t added = 0;
  for (const Entry& entry : entries) {
    const Fingerprint& print = entry.fingerprint;
    record.bind(entry.identity).bind(entry.scenario).bind(entry.started_at);
    record.bind(std::string(verdict_name(entry.verdict))).bind(entry.uniharness_version);
    record.bind(print.qemu_version).bind(print.arch).bind(print.model).bind(print.accel);
    record.bind(print.cpu).bind(print.firmware).bind(print.memory).bind(print.smp);
    record.bind(std::string(EnumNames<ClockKind>::all[static_cast<std::size_t>(print.clock)]));
    record.bind(print.image_sha256).bind(print.compiler);
    record.bind(entry.revision.commit).bind(std::uint64_t{entry.revision.dirty});
    record.bind(print.options).bind(entry.waits_for_disk).bind(print.host).run_again();
    if (sqlite3_changes(connection) == 0) continue;
    ++added;
    const auto id = static_cast<std::uint64_t>(sqlite3_last_insert_rowid(connection));
    for (std::size_t position = 0; position < entry.metrics.size(); ++position) {
      const EntryMetric& one = entry.metrics[position];
      const std::string source = kSourceNames[static_cast<std::size_t>(one.source)];
      metric.bind(source).bind(one.name).bind(one.unit).run_again();
      for (const Sample& value : one.samples) {
        sample.bind(id).bind(std::uint64_t{position}).bind(value.boot).bind(value.value);
        sample.bind(source).bind(one.name).bind(one.unit).run_again();
      }
    }
  }
  transaction.commit();
  return added;
}

std::vector<Entry> Database::entries(const std::string& scenario, const std::string& metric) const {
  sqlite3* const connection = connection_.get();
  // Both tables as they were at one moment, whoever writes meanwhile.
  const Transaction look(connection, file_, "BEGIN");
  std::vector<Entry> all;
  std::unordered_map<std::uint64_t, std::size_t> index;
  Statement records(connection, file_, kSelectRecords);
  records.bind(scenario);
  while (records.next_row()) {
    index.emplace(records.number(), all.size());
    all.push_back(read_entry(records, file_));
  }
  Statement samples(connection, file_, kSelectSamples);
  samples.bind(metric);
  std::optional<std::pair<std::uint64_t, std::uint64_t>> last;
  while (samples.next_row()) {
    const std::uint64_t record = samples.number(), position = samples.number();
    const auto at = index.find(record);
    if (at == index.end()) continue;
    std::vector<EntryMetric>& metrics = all[at->second].metrics;
    const auto source = static_cast<Source>(index_in(kSourceNames, samples.text(), file_));
    std::string name = samples.text(), unit = samples.text();
    if (last != std::pair{record, position}) metrics.push_back({source, name, unit, {}});
    last = {record, position};
    const std::uint64_t boot = samples.number();
    metrics.back().samples.push_back({boot, samples.number()});
  }
  return all;
}

}  // namespace harness::history
