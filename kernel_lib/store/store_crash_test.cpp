// Every state in which a power cut can leave the disk: after each sector that was written, with any
// choice of what was written since the last flush, and with any one sector half written. In each
// the store must hold what the last commit that returned had made it, or what the one under way
// makes it; and it must go on from there.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "kernel/store.h"
#include "store/disk_testing.h"

namespace kernel {
namespace {

constexpr StoreRegion kRegion{.first = 1, .sectors = 10};
constexpr StoreKey kKey{{42}};
using Content = std::map<std::uint32_t, std::string>;
using Disk = std::vector<Sector>;

Content content_of(const Store& store) {
  Content content;
  StoreRecord record;
  for (std::uint32_t at = 0; store.next(at, record);) {
    content[record.id] = std::string(reinterpret_cast<const char*>(record.bytes), record.size);
    if (record.size == 0) content.erase(record.id);
  }
  return content;
}

void put_and_commit(Store& store, const Content& records) {
  for (const auto& [id, text] : records) {
    ASSERT_EQ(store.put(1, id, text.data(), static_cast<std::uint32_t>(text.size())),
              StoreStatus::ok);
  }
  ASSERT_EQ(store.commit(), StoreStatus::ok);
}

/// What is committed one after the other: records that grow, are replaced and removed, so that the
/// log is written anew twice.
const std::vector<Content> kCommits = {
    {{1, std::string(100, 'a')}, {2, std::string(700, 'b')}},
    {{1, std::string(600, 'c')}},
    {{2, std::string(900, 'd')}, {3, "e"}},
    {{1, ""}},
    {{4, std::string(1000, 'f')}},
    {{3, std::string(300, 'g')}, {2, ""}},
    {{5, std::string(40, 'h')}},
};

/// The sector with only its first or only its second half new.
Sector half_of(const Sector& before, const Sector& after, bool first) {
  Sector torn = before;
  std::memcpy(torn.data() + (first ? 0 : 256), after.data() + (first ? 0 : 256), 256);
  return torn;
}

/// Calls `see` with each disk that a cut can leave after `cut` events of `log` on `base`.
void each_state(const Disk& base, const std::vector<MemoryDisk::Event>& log, std::size_t cut,
                const std::function<void(const Disk&)>& see) {
  Disk flushed = base;
  std::map<std::uint32_t, std::vector<Sector>> pending;  // versions since the last flush
  for (std::size_t i = 0; i < cut; ++i) {
    if (!log[i].flush) {
      pending[log[i].sector].push_back(log[i].bytes);
      continue;
    }
    for (const auto& [sector, versions] : pending) flushed[sector] = versions.back();
    pending.clear();
  }
  const std::function<void(Disk&, decltype(pending)::const_iterator, bool)> choose =
      [&](Disk& disk, auto at, bool torn) {
        if (at == pending.end()) return see(disk);
        const auto& [sector, versions] = *at;
        const Sector old = flushed[sector];
        Sector before = old;
        choose(disk, std::next(at), torn);
        for (const Sector& version : versions) {
          disk[sector] = version;
          choose(disk, std::next(at), torn);
          for (int half = 0; half < 2 && !torn; ++half) {
            disk[sector] = half_of(before, version, half == 0);
            choose(disk, std::next(at), true);
          }
          before = version;
        }
        disk[sector] = old;
      };
  Disk disk = flushed;
  choose(disk, pending.begin(), false);
}

struct History {
  std::vector<MemoryDisk::Event> events;
  std::vector<Content> contents;         // [n]: after n commits
  std::vector<std::size_t> returned_at;  // [n]: events when commit n had returned; [0] is 0
};

History run_of(const Disk& base, const std::vector<Content>& commits) {
  MemoryDisk disk(static_cast<std::uint32_t>(base.size()));
  disk.sectors = base;
  std::vector<std::uint32_t> memory(Store::memory_for(kRegion) / 4);
  Store store(disk, kRegion, kKey, memory.data());
  store.open();
  History run{.events = {}, .contents = {content_of(store)}, .returned_at = {0}};
  for (const Content& records : commits) {
    put_and_commit(store, records);
    run.contents.push_back(content_of(store));
    run.returned_at.push_back(disk.events.size());
  }
  run.events = disk.events;
  return run;
}

struct Recovered {
  StoreOpened opened;
  Content content;
};
Recovered recover(const Disk& state) {
  MemoryDisk disk(static_cast<std::uint32_t>(state.size()));
  disk.sectors = state;
  std::vector<std::uint32_t> memory(Store::memory_for(kRegion) / 4);
  Store store(disk, kRegion, kKey, memory.data());
  const StoreOpened opened = store.open();
  return {opened, content_of(store)};
}

/// Tries all states of a run. `see` gets each state once.
void try_all(const Disk& base, const History& run, const std::function<void(const Disk&)>& see) {
  std::set<Disk> seen;
  for (std::size_t cut = 0; cut <= run.events.size(); ++cut) {
    std::size_t promised = 0;
    while (promised + 1 < run.returned_at.size() && run.returned_at[promised + 1] <= cut) {
      ++promised;
    }
    each_state(base, run.events, cut, [&](const Disk& state) {
      const Recovered found = recover(state);
      const bool next = promised + 1 < run.contents.size();
      const bool good = found.content == run.contents[promised] ||
                        (next && found.content == run.contents[promised + 1]);
      ASSERT_TRUE(good) << "cut after " << cut << " events, with " << promised
                        << " commits returned: generation " << found.opened.generation << ", "
                        << kStoreRefusalNames[static_cast<int>(found.opened.refusal)];
      ASSERT_TRUE(promised == 0 || found.opened.refusal == StoreRefusal::none) << cut;
      if (seen.insert(state).second) see(state);
    });
  }
}

Disk blank_disk() { return Disk(kRegion.first + kRegion.sectors); }

TEST(StoreCrash, EveryStateIsThatBeforeOrThatAfterACommit) {
  const History run = run_of(blank_disk(), kCommits);
  std::size_t states = 0;
  try_all(blank_disk(), run, [&](const Disk&) { ++states; });
  EXPECT_GT(states, 100u);
  RecordProperty("states", static_cast<int>(states));
}

TEST(StoreCrash, FromEveryStateItGoesOnAndMayBeCutAgain) {
  const std::vector<Content> first(kCommits.begin(), kCommits.begin() + 4);
  const std::vector<Content> then = {{{9, std::string(300, 'z')}}, {{9, "y"}}};
  const History run = run_of(blank_disk(), first);
  std::size_t states = 0;
  try_all(blank_disk(), run, [&](const Disk& state) {
    try_all(state, run_of(state, then), [&](const Disk&) { ++states; });
  });
  EXPECT_GT(states, 1000u);
  RecordProperty("states", static_cast<int>(states));
}

/// A disk that loses its flushes loses the order, and the test above must see it.
TEST(StoreCrash, WithoutFlushesTheTestFindsAFault) {
  History run = run_of(blank_disk(), kCommits);
  std::vector<MemoryDisk::Event> unflushed;
  std::vector<std::size_t> returned_at;
  for (std::size_t i = 0, n = 0; i <= run.events.size(); ++i) {
    while (n < run.returned_at.size() && run.returned_at[n] == i) {
      returned_at.push_back(unflushed.size());
      ++n;
    }
    if (i < run.events.size() && !run.events[i].flush) unflushed.push_back(run.events[i]);
  }
  std::size_t lost = 0;
  each_state(blank_disk(), unflushed, returned_at[2], [&](const Disk& state) {
    if (recover(state).content != run.contents[2]) ++lost;
  });
  EXPECT_GT(lost, 0u);
}

}  // namespace
}  // namespace kernel
