// The guest that runs a Llama: takes model and tokenizer from wherever they were put beside the
// kernel, streams a text, and says where every instruction of it went.
//
// Options, each a fw_cfg file (QEMU's -fw_cfg name=opt/uniharness/llama/steps,string=64):
//   prompt       text to continue; none: the model begins one
//   steps        positions to compute, 256 where not given
//   temperature  0 (always the best token, the default) to 10, with up to three decimals
//   top_p        0 to 1, 0.9 where not given
//   seed         of the generator for temperatures above 0, 1 where not given
#include <wire/boot_data.h>

#include "engine/bundle.h"
#include "inference.h"
#include "kernel/boot_data.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "kernel/profile.h"
#include "kernel/system.h"

namespace {

using kernel::Console;
using kernel::System;
using llama::Operator;

// ---- options ----------------------------------------------------------------------------------

/// "12", "0.75": a number in thousandths. Digits beyond the third decimal are ignored; false for
/// anything else.
bool read_number(const char* text, size_t size, uint64_t& thousandths) {
  uint64_t value = 0;
  unsigned decimals = 0;
  bool point = false, digit = false;
  for (size_t i = 0; i < size; ++i) {
    const char c = text[i];
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      digit = true;
      if (point && decimals == 3) continue;
      if (value > (UINT64_MAX / 10000 - 9) / 10) return false;
      value = value * 10 + static_cast<uint64_t>(c - '0');
      decimals += point;
    } else if (!(c == '\n' && i + 1 == size)) {
      return false;
    }
  }
  for (; decimals < 3; ++decimals) value *= 10;
  thousandths = value;
  return digit;
}

/// One option; `value` stays as it is where it is not given.
bool read_option(Console& out, const char* name, uint64_t least, uint64_t most, uint64_t& value) {
  char text[32];
  const size_t size = kernel::read_boot_text(name, text, sizeof text);
  if (size == 0) return true;
  uint64_t number = 0;
  if (read_number(text, size, number) && number >= least && number <= most) {
    value = number;
    return true;
  }
  out.text("option ").text(name).text(" must be a number from ").decimal(least / 1000);
  out.text(" to ").decimal(most / 1000).newline();
  return false;
}

bool read_request(Console& out, uint32_t seq_len, llama::Request& request) {
  uint64_t steps = uint64_t{seq_len < request.steps ? seq_len : request.steps} * 1000;
  uint64_t temperature = request.temperature, top_p = request.top_p, seed = request.seed * 1000;
  constexpr uint64_t kMaxSeed = 1'000'000'000'000;
  const bool good =
      read_option(out, "opt/uniharness/llama/steps", 1000, uint64_t{seq_len} * 1000, steps) &&
      read_option(out, "opt/uniharness/llama/temperature", 0, 10'000, temperature) &&
      read_option(out, "opt/uniharness/llama/top_p", 0, 1000, top_p) &&
      read_option(out, "opt/uniharness/llama/seed", 0, kMaxSeed * 1000, seed);
  request.steps = static_cast<uint32_t>(steps / 1000);
  request.temperature = static_cast<uint32_t>(temperature);
  request.top_p = static_cast<uint32_t>(top_p);
  request.seed = seed / 1000;
  request.prompt_size = static_cast<uint32_t>(
      kernel::read_boot_text("opt/uniharness/llama/prompt", request.prompt, sizeof request.prompt));
  return good;
}

// ---- loading ----------------------------------------------------------------------------------

struct Loaded {
  kernel::DataSource source = kernel::DataSource::none;
  uint64_t bytes = 0;  // of the bundle
  llama::Model model;
  llama::Tokenizer tokenizer;
};

bool refused(Console& out, const llama::Fault& fault) {
  if (!fault) return false;
  out.text(fault.what).text(": ").decimal(fault.found).text(", must be ").decimal(fault.needed);
  out.newline();
  return true;
}

bool load(Console& out, kernel::Heap& memory, Loaded& loaded) {
  const kernel::BootData data = kernel::find_boot_data();
  loaded.source = data.source;
  loaded.bytes = data.size;
  if (data.source == kernel::DataSource::none) {
    out.text("there is no model: give one with -initrd, or -fw_cfg name=");
    out.text(wire::kDataFile).text(",file=..., or on the disk\n");
    return false;
  }
  const auto* file = static_cast<const uint8_t*>(data.address);
  if (file == nullptr || reinterpret_cast<uintptr_t>(file) % 16 != 0) {
    const uint64_t room = data.size + wire::kSectorBytes;  // a disk is read by whole sectors
    void* copy = room <= memory.total() ? memory.allocate(static_cast<size_t>(room)) : nullptr;
    if (copy == nullptr) {
      out.text("there is no memory for a model of ").decimal(data.size).text(" bytes\n");
      return false;
    }
    if (!kernel::read_boot_data(data, copy)) {
      out.text("the model cannot be read from ");
      out.text(kernel::kDataSourceNames[static_cast<uint8_t>(data.source)]).newline();
      return false;
    }
    file = static_cast<const uint8_t*>(copy);
  }
  llama::Bundle bundle;
  if (refused(out, llama::read_bundle(file, data.size, bundle))) return false;
  if (refused(out, llama::read_checkpoint(bundle.model, bundle.model_size, loaded.model))) {
    return false;
  }
  const uint32_t vocab = loaded.model.config.vocab;
  auto* entries = static_cast<llama::Tokenizer::Entry*>(
      memory.allocate(vocab * sizeof(llama::Tokenizer::Entry)));
  auto* order = static_cast<uint32_t*>(memory.allocate(vocab * sizeof(uint32_t)));
  if (!entries || !order) {
    out.text("there is no memory for the vocabulary\n");
    return false;
  }
  return !refused(
      out, loaded.tokenizer.read(bundle.tokenizer, bundle.tokenizer_size, vocab, entries, order));
}

// ---- reporting --------------------------------------------------------------------------------

/// `own`: what of its time is not that of parts which have a line of their own.
void emit_span(System& system, const char* name, const llama::Span& span, uint64_t own) {
  kernel::ProfileStats stats;
  stats.name = name;
  stats.calls = stats.activations = span.calls;
  stats.total = span.total;
  stats.self = own;
  stats.min = span.min;
  stats.max = span.max;
  system.emit.profile(stats);
}

/// How often each operator ran, as it must be.
uint64_t expected_calls(Operator op, const llama::Config& config, const llama::Outcome& outcome) {
  const uint64_t positions = outcome.positions;
  const uint64_t sampled = positions - (outcome.prompt_tokens - 1);
  switch (op) {
    case Operator::norm:
      return 2 * config.layers * positions;
    case Operator::embedding:
      return positions;
    case Operator::final_norm:
    case Operator::classifier:
    case Operator::sampling:
      return sampled;
    case Operator::text:
      return positions - (outcome.ended ? 1 : 0);
    default:
      return config.layers * positions;
  }
}

llama::Span all_layers(const llama::OperatorTimer& timer, uint32_t layers) {
  llama::Span all = timer.of_layer(0);
  for (uint32_t layer = 1; layer < layers; ++layer) {
    const llama::Span& one = timer.of_layer(layer);
    all.calls += one.calls;
    all.total += one.total;
    if (one.min < all.min) all.min = one.min;
    if (one.max > all.max) all.max = one.max;
  }
  return all;
}

/// "layer.0" and so on, a line each: how many there are depends on the model. Returns how many ran
/// less or more than once a position.
uint64_t emit_layers(System& system, const llama::OperatorTimer& timer, uint32_t layers,
                     uint64_t positions) {
  uint64_t wrong = 0;
  for (uint32_t layer = 0; layer < layers; ++layer) {
    char name[17] = "layer.", digits[10];
    char* end = name + 6;
    uint32_t count = 0;
    for (uint32_t rest = layer; rest != 0 || count == 0; rest /= 10) {
      digits[count++] = static_cast<char>('0' + rest % 10);
    }
    while (count > 0) *end++ = digits[--count];
    *end = 0;
    const llama::Span& span = timer.of_layer(layer);
    emit_span(system, name, span, 0);
    wrong += span.calls != positions;
  }
  return wrong;
}

/// True where all operators and layers ran as often as they must, and the operators' times make up
/// the whole. Layers and tokens have no time of their own.
bool emit_profile(System& system, const llama::OperatorTimer& timer, const llama::Config& config,
                  const llama::Outcome& outcome) {
  uint64_t sum = 0, wrong = 0;
  for (unsigned i = 0; i < llama::kOperators; ++i) {
    const auto op = static_cast<Operator>(i);
    const llama::Span& span = timer.of(op);
    emit_span(system, llama::kOperatorNames[i], span, span.total);
    sum += span.total;
    wrong += span.calls != expected_calls(op, config, outcome);
  }
  const llama::Span layers = all_layers(timer, config.layers);
  emit_span(system, "layer", layers, 0);
  emit_span(system, "token", outcome.tokens, 0);
  wrong += emit_layers(system, timer, config.layers, outcome.positions);

  wrong += outcome.tokens.calls != outcome.positions;
  wrong += layers.calls != uint64_t{config.layers} * outcome.positions;
  const uint64_t missing = timer.total() - sum;
  const auto status = [](bool good) { return good ? wire::Status::pass : wire::Status::fail; };
  system.emit.test("calls", status(wrong == 0), outcome.positions, wrong);
  system.emit.test("shares", status(missing == 0), llama::kOperators, missing);
  return wrong == 0 && missing == 0;
}

void emit_memory(System& system, const Loaded& loaded, const llama::Outcome& outcome,
                 const kernel::Heap& memory) {
  const auto metric = [&](const char* name, uint64_t bytes) {
    system.emit.metric(name, bytes, wire::kBytes);
  };
  metric("memory.model", loaded.bytes);
  metric("memory.cache", outcome.cache_bytes);
  metric("memory.state", outcome.state_bytes - outcome.cache_bytes);
  metric("memory.peak", memory.peak());
  system.emit.memory({.heap_used = system.heap.used(),
                      .heap_peak = system.heap.peak(),
                      .heap_largest = system.heap.largest(),
                      .heap_total = system.heap.total(),
                      .stack_used = system.stack.used(),
                      .stack_total = system.stack.total,
                      .image = system.boot.image_bytes});
}

void describe(Console& out, const Loaded& loaded) {
  const llama::Config& c = loaded.model.config;
  out.text("model: ").text(loaded.model.format == llama::Format::fp32 ? "fp32" : "int8");
  out.text(" from ").text(kernel::kDataSourceNames[static_cast<uint8_t>(loaded.source)]);
  out.text(", ").text(llama::kLanesName).text(", dim ").decimal(c.dim);
  out.text(", hidden_dim ").decimal(c.hidden_dim).text(", n_layers ").decimal(c.layers);
  out.text(", n_heads ").decimal(c.heads).text(", n_kv_heads ").decimal(c.kv_heads);
  out.text(", vocab_size ").decimal(c.vocab).text(", seq_len ").decimal(c.seq_len).newline();
}

wire::Status run(System& system) {
  Console& out = system.console;
  const auto since_entry = [&](uint64_t now) { return now - system.boot.entry_tsc; };
  out.color(kernel::Color::light_green).text("TinyLlama inference\n");
  out.color(kernel::Color::light_gray);
  if (!x86::enable_sse2()) {
    out.text("this processor has no SSE2\n");
    return wire::Status::fail;
  }
  const kernel::Region region = kernel::free_memory();
  if (region.size == 0) {
    out.text("the loader names no free memory\n");
    return wire::Status::fail;
  }
  static Loaded loaded;
  static llama::Request request;
  static llama::Outcome outcome;
  kernel::Heap memory(reinterpret_cast<void*>(region.begin), region.size);
  if (!load(out, memory, loaded)) return wire::Status::fail;
  const llama::Config& config = loaded.model.config;
  if (!read_request(out, config.seq_len, request)) return wire::Status::fail;
  auto* layers = static_cast<llama::Span*>(memory.allocate(config.layers * sizeof(llama::Span)));
  if (layers == nullptr) return wire::Status::fail;
  for (uint32_t i = 0; i < config.layers; ++i) layers[i] = {};
  static llama::OperatorTimer timer(&x86::read_tsc_ordered, layers);
  describe(out, loaded);
  kernel::emit_plan(out, 0, config.layers);
  system.emit.timing("Load", since_entry(x86::read_tsc_ordered()));

  out.color(kernel::Color::white);
  llama::infer(loaded.model, loaded.tokenizer, request, out, memory, timer, outcome);
  out.newline().color(kernel::Color::light_gray);
  if (outcome.problem != nullptr) {
    out.text(outcome.problem).newline();
    return wire::Status::fail;
  }
  system.emit.timing("First token", since_entry(outcome.first_text));
  system.emit.timing("Generation", timer.total());
  system.emit.bench(outcome.positions, timer.total());
  system.emit.metric("tokens", outcome.pieces, "tokens");
  system.emit.metric("prompt", outcome.prompt_tokens, "tokens");
  constexpr uint64_t kTicksASecond = 1'193'182;
  system.emit.metric("generation.time", outcome.pit_ticks * 1'000'000 / kTicksASecond, "us");
  const bool good = emit_profile(system, timer, config, outcome);
  emit_memory(system, loaded, outcome, memory);
  system.emit.timing("Total", since_entry(x86::read_tsc_ordered()));
  return good ? wire::Status::pass : wire::Status::fail;
}

// The plan, as it follows from run() above; the layers are added to it there.
constexpr uint32_t kTests = 2;
constexpr uint32_t kTimings = 4, kBenches = 1, kProfiles = llama::kOperators + 2, kMetrics = 3 + 4;

}  // namespace

extern "C" const kernel::App kernel_app = {"llama", kTests,
                                           kTimings + kBenches + kProfiles + kMetrics, &run};
