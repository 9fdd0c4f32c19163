#include "kernel/emit.h"

namespace kernel {
namespace {

/// One entry of a list of fields: " name=value".
struct Field {
  const char* name;
  uint64_t value;
};

}  // namespace

void CountingSink::write(const char* bytes, size_t size) {
  crc_.add(bytes, size);
  for (size_t i = 0; i < size; ++i) {
    at_line_start_ = bytes[i] == '\n';
    lines_ += at_line_start_;
  }
  real_->write(bytes, size);
}

void CountingSink::start() {
  crc_ = {};
  lines_ = 0;
}

void Emitter::open(const char* tag) {
  if (!sink_->at_line_start()) out_.newline();
  out_.text(tag);
}

/// "[TAG] name:", the beginning of most lines.
void Emitter::named(const char* tag, const char* name) {
  open(tag);
  out_.text(" ").text(name).text(":");
}

void Emitter::field(const char* name, const char* text) {
  out_.text(" ").text(name).text("=").text(text);
}

void Emitter::field(const char* name, uint64_t number) {
  field(name, "");
  out_.decimal(number);
}

void Emitter::value(uint64_t number, const char* unit) {
  out_.text(" ").decimal(number).text(" ").text(unit);
}

void Emitter::begin(const char* image, wire::BootPath path, uint32_t tests, uint32_t metrics) {
  if (!sink_->at_line_start()) out_.newline();
  sink_->start();
  open(wire::kBegin);
  field(wire::field::protocol, wire::kVersion);
  field(wire::field::image, image);
  field(wire::field::boot, wire::boot_path_name(path));
  field(wire::field::tests, tests);
  field(wire::field::metrics, metrics);
  out_.newline();
}

void Emitter::test(const char* name, wire::Status status, uint64_t iterations, uint64_t result) {
  failed_ |= status == wire::Status::fail;
  named(wire::kTest, name);
  out_.text(" ").text(wire::status_name(status));
  field(wire::field::iterations, iterations);
  field(wire::field::result, result);
  out_.newline();
  if (clock_ && !first_test_) first_test_ = clock_();
}

void Emitter::timing(const char* name, uint64_t cycles) {
  named(wire::kTiming, name);
  value(cycles, wire::kCycles);
  out_.newline();
}

void Emitter::phase(const char* name, uint64_t cycles) {
  named(wire::kPhase, name);
  value(cycles, wire::kCycles);
  out_.newline();
}

void Emitter::bench(uint64_t calls, uint64_t cycles) {
  open(wire::kBench);
  value(calls, wire::kCalls);
  out_.text(":");
  value(cycles, wire::kCycles);
  out_.text(" (").decimal(calls ? cycles / calls : 0).text(" ");
  out_.text(wire::kCyclesPerCall).text(")\n");
}

void Emitter::profile(const ProfileStats& stats) {
  named(wire::kProfile, stats.name);
  const Field fields[] = {
      {wire::field::calls, stats.calls}, {wire::field::total, stats.total},
      {wire::field::self, stats.self},   {wire::field::min, stats.min},
      {wire::field::avg, stats.avg()},   {wire::field::max, stats.max},
  };
  for (const Field& f : fields) field(f.name, f.value);
  if (stats.first) field(wire::field::first, stats.first);
  out_.text(" ").text(wire::kCycles).newline();
}

void Emitter::metric(const char* name, uint64_t number, const char* unit) {
  named(wire::kMetric, name);
  value(number, unit);
  out_.newline();
}

void Emitter::memory(const MemoryReport& report) {
  open(wire::kMemory);
  const Field fields[] = {
      {wire::field::heap_used, report.heap_used},
      {wire::field::heap_peak, report.heap_peak},
      {wire::field::heap_largest, report.heap_largest},
      {wire::field::heap_total, report.heap_total},
      {wire::field::stack_used, report.stack_used},
      {wire::field::stack_total, report.stack_total},
      {wire::field::image, report.image},
  };
  for (const Field& f : fields) field(f.name, f.value);
  out_.text(" ").text(wire::kBytes).newline();
}

wire::Status Emitter::end(wire::Status status) {
  if (failed_) status = wire::Status::fail;
  open(wire::kEnd);
  const uint32_t lines = sink_->lines();
  field(wire::field::status, wire::status_name(status));
  field(wire::field::lines, lines);
  const uint32_t crc = sink_->crc();
  field(wire::field::crc, "");
  out_.hex(crc, 8).newline();
  return status;
}

void Emitter::boot(uint64_t firmware, uint64_t boot_sector) {
  sink_->start();
  open(wire::kBoot);
  field(wire::field::firmware, firmware);
  if (boot_sector) field(wire::field::boot_sector, boot_sector);
  out_.text(" ").text(wire::kCycles);
  const uint32_t crc = sink_->crc();
  field(wire::field::crc, "");
  out_.hex(crc, 8).newline();
}

void Emitter::json_string(const char* s) {
  out_.text("\"");
  for (; *s; ++s) {
    if (static_cast<unsigned char>(*s) < ' ') {
      out_.text("\\u").hex(static_cast<unsigned char>(*s), 4);
      continue;
    }
    if (*s == '"' || *s == '\\') out_.text("\\");
    out_.text(s, 1);
  }
  out_.text("\"");
}

void Emitter::json_member(const char* name, uint64_t number) {
  out_.text(",\"").text(name).text("\":").decimal(number);
}

void Emitter::profile_json(const Profiler& profiler) {
  open(wire::kJson);
  out_.text(" {\"profile\":[");
  for (unsigned i = 0; i < profiler.count(); ++i) {
    const ProfileStats& stats = profiler.stats(i);
    out_.text(i ? ",{\"name\":" : "{\"name\":");
    json_string(stats.name);
    json_member(wire::field::calls, stats.calls);
    json_member("activations", stats.activations);
    json_member(wire::field::total, stats.total);
    json_member(wire::field::self, stats.self);
    json_member(wire::field::min, stats.min);
    json_member(wire::field::avg, stats.avg());
    json_member(wire::field::max, stats.max);
    json_member(wire::field::first, stats.first);
    out_.text(",\"histogram\":{");
    const char* separator = "\"";
    for (unsigned bucket = 0; bucket < ProfileStats::kBuckets; ++bucket) {
      if (!stats.histogram[bucket]) continue;
      out_.text(separator).decimal(bucket).text("\":").decimal(stats.histogram[bucket]);
      separator = ",\"";
    }
    out_.text("}}");
  }
  out_.text("]");
  json_member("overhead", profiler.overhead());
  json_member("inner_overhead", profiler.inner_overhead());
  json_member("dropped", profiler.dropped());
  json_member("mismatched", profiler.mismatched());
  out_.text("}\n");
}

}  // namespace kernel
