#include "history/entry.h"

#include <nettle/sha2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace harness::history {
namespace {

class Digest {
 public:
  Digest() { sha256_init(&context_); }
  /// Text with its length in front, so that no two lists of texts are one string of bytes.
  void add(std::string_view text) {
    const std::string size = std::to_string(text.size()) + ":";
    update(size);
    update(text);
  }
  void add(std::int64_t number) { add(std::to_string(number)); }
  [[nodiscard]] std::string hex() {
    std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest;
    sha256_digest(&context_, digest.size(), digest.data());
    std::string text;
    for (const std::uint8_t byte : digest) {
      constexpr char kDigits[] = "0123456789abcdef";
      text += kDigits[byte >> 4];
      text += kDigits[byte & 15];
    }
    return text;
  }

 private:
  void update(std::string_view text) {
    sha256_update(&context_, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
  }
  sha256_ctx context_;
};

/// Of what a replay does not change: checks and verdict may, bytes and times do not.
std::string identity_of(const RunRecord& record) {
  Digest digest;
  digest.add(record.scenario);
  digest.add(record.started_at);
  for (const BootRecord& boot : record.boots) {
    digest.add(static_cast<std::int64_t>(boot.index));
    digest.add(boot.trace.wall.count());
    digest.add(boot.trace.use.user.count());
    digest.add(boot.trace.serial);
  }
  return digest.hex();
}

/// As record.json keeps texts: a record from memory and the same from a file are one entry.
Fingerprint printable_fingerprint(Fingerprint fingerprint) {
  for (std::string Fingerprint::* text :
       {&Fingerprint::qemu_version, &Fingerprint::arch, &Fingerprint::model, &Fingerprint::accel,
        &Fingerprint::cpu, &Fingerprint::firmware, &Fingerprint::image_sha256,
        &Fingerprint::compiler, &Fingerprint::options, &Fingerprint::host}) {
    fingerprint.*text = printable(fingerprint.*text);
  }
  return fingerprint;
}

void add_sample(std::vector<EntryMetric>& metrics, const EntryMetric& of, Sample sample) {
  auto at = std::ranges::find_if(metrics, [&](const EntryMetric& metric) {
    return metric.source == of.source && metric.name == of.name && metric.unit == of.unit;
  });
  if (at == metrics.end()) at = metrics.insert(metrics.end(), of);
  at->samples.push_back(sample);
}

/// The boot that a sample is kept with. Where each boot's numbers are its own, their names say
/// which it was, and there is one sample of each.
std::uint64_t sample_boot(const RunRecord& record, std::size_t i) {
  return boot_name_end(record, record.boots[i]).empty() ? i + 1 : 1;
}

/// What compare takes besides the lines of the guest, by the names that it has there.
void add_memory_and_sizes(std::vector<EntryMetric>& metrics, const RunRecord& record,
                          std::size_t warm_up) {
  for (std::size_t i = warm_up; i < record.boots.size(); ++i) {
    const std::string end = boot_name_end(record, record.boots[i]);
    const std::optional<Memory>& memory = record.boots[i].events.memory;
    for (const auto& [name, member] : kMemoryNumbers) {
      if (memory) {
        add_sample(metrics, {Source::memory, name + end, "bytes", {}},
                   {sample_boot(record, i), (*memory).*member});
      }
    }
    if (!end.empty() && i > warm_up) continue;  // sizes are of the image, and not of a boot
    for (const auto& [name, member] : kSizeNumbers) {
      const std::optional<std::uint64_t>& size = record.sizes.*member;
      if (size) {
        add_sample(metrics, {Source::size, name, "bytes", {}}, {sample_boot(record, i), *size});
      }
    }
  }
}

bool has_waited_for_disk(const RunRecord& record) {
  return std::ranges::any_of(collect_samples(record), [&](const MetricSamples& metric) {
    return waits_for_disk(metric, record);
  });
}

}  // namespace

Entry entry_of(const RunRecord& record, const Revision& revision) {
  return entry_of(record, revision, warm_up_boots(record));
}

Entry entry_of(const RunRecord& record, const Revision& revision, std::size_t warm_up) {
  if (record.scenario.empty() || !is_time(record.started_at)) {
    throw Error("the record does not say which scenario it is of, or when it ran",
                "only records of `uniharness run` can be kept in the history",
                ExitStatus::invalid_data);
  }
  Entry entry;
  entry.identity = identity_of(record);
  entry.scenario = printable(record.scenario);
  entry.started_at = record.started_at;
  entry.uniharness_version = printable(record.uniharness_version);
  entry.verdict = record.verdict.kind;
  entry.revision = revision;
  entry.fingerprint = printable_fingerprint(record.fingerprint);
  for (std::size_t i = warm_up; i < record.boots.size(); ++i) {
    // One boot at a time: only so is it known which boot a sample came from.
    RunRecord one;
    one.fingerprint.clock = record.fingerprint.clock;
    Events& events = one.boots.emplace_back().events;
    events.timings = record.boots[i].events.timings;
    events.benches = record.boots[i].events.benches;
    events.profiles = record.boots[i].events.profiles;
    events.metrics = record.boots[i].events.metrics;
    events.found = record.boots[i].events.found;
    events.phases = record.boots[i].events.phases;
    const std::string end = boot_name_end(record, record.boots[i]);
    for (const MetricSamples& metric : collect_samples(one)) {
      add_sample(entry.metrics,
                 {static_cast<Source>(metric.source),
                  printable(metric.name) + end,
                  printable(metric.unit),
                  {}},
                 {sample_boot(record, i), metric.samples.front()});
    }
  }
  add_memory_and_sizes(entry.metrics, record, warm_up);
  entry.waits_for_disk = has_waited_for_disk(record);
  return entry;
}

bool is_time(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:ddZ";
  return text.size() == kForm.size() && std::ranges::equal(text, kForm, [](char c, char form) {
           return form == 'd' ? is_digit(c) : c == form;
         });
}

bool is_hex(std::string_view text, std::size_t size) {
  return text.size() == size && text.find_first_not_of("0123456789abcdef") == text.npos;
}

}  // namespace harness::history
