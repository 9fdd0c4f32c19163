// The tables of the history, and what is asked of them. Values are bound, never pasted in.
#pragma once

#include "history/database.h"

namespace harness::history {

// kMigrations[n] turns version n into n + 1. They are history themselves: never change one, add
// one.
inline constexpr const char* kMigrations[kSchemaVersion] = {
    R"(
CREATE TABLE records (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  scenario TEXT NOT NULL,
  started_at TEXT NOT NULL,
  verdict TEXT NOT NULL,
  uniharness_version TEXT NOT NULL,
  qemu_version TEXT NOT NULL, arch TEXT NOT NULL, model TEXT NOT NULL, accel TEXT NOT NULL,
  cpu TEXT NOT NULL, firmware TEXT NOT NULL, memory INTEGER NOT NULL, smp INTEGER NOT NULL,
  clock TEXT NOT NULL, image_sha256 TEXT NOT NULL, compiler TEXT NOT NULL
) STRICT;
CREATE INDEX records_by_time ON records (started_at, id);
CREATE TABLE metrics (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL,
  UNIQUE (source, name, unit)
) STRICT;
CREATE TABLE samples (
  record INTEGER NOT NULL REFERENCES records (id),
  position INTEGER NOT NULL,
  boot INTEGER NOT NULL,
  metric INTEGER NOT NULL REFERENCES metrics (id),
  value INTEGER NOT NULL,
  PRIMARY KEY (record, position, boot)
) STRICT, WITHOUT ROWID;
PRAGMA application_id = 0x55484953;
PRAGMA user_version = 1;
)",
    R"(
ALTER TABLE records ADD COLUMN git_commit TEXT NOT NULL DEFAULT '';
ALTER TABLE records ADD COLUMN git_dirty INTEGER NOT NULL DEFAULT 0;
PRAGMA user_version = 2;
)",
    R"(
ALTER TABLE records ADD COLUMN options TEXT NOT NULL DEFAULT '';
PRAGMA user_version = 3;
)",
    // Memory and sizes are among the numbers from here on; programs that do not know these sources
    // must refuse the file.
    R"(
ALTER TABLE records ADD COLUMN waits_for_disk INTEGER;
PRAGMA user_version = 4;
)",
    R"(
ALTER TABLE records ADD COLUMN host TEXT NOT NULL DEFAULT '';
PRAGMA user_version = 5;
)"};

inline constexpr char kSelectRecords[] =
    "SELECT id, identity, scenario, started_at, verdict, uniharness_version, qemu_version, arch, "
    "model, accel, cpu, firmware, memory, smp, clock, image_sha256, compiler, git_commit, "
    "git_dirty, options, waits_for_disk, host FROM records WHERE ?1 = '' OR scenario = ?1 ORDER BY "
    "started_at, id";
inline constexpr char kInsertRecord[] =
    "INSERT INTO records (identity, scenario, started_at, verdict, uniharness_version, "
    "qemu_version, arch, model, accel, cpu, firmware, memory, smp, clock, image_sha256, compiler, "
    "git_commit, git_dirty, options, waits_for_disk, host) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (identity) DO NOTHING";
inline constexpr char kSelectSamples[] =
    "SELECT record, position, source, name, unit, boot, value FROM samples "
    "JOIN metrics ON metrics.id = metric WHERE ?1 = '' OR name = ?1 "
    "ORDER BY record, position, boot";

}  // namespace harness::history
