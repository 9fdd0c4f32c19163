#include "profile/counts.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "base/error.h"

namespace harness::profile {
namespace {

std::uint64_t aligned(std::uint64_t size) { return (size + 63) / 64 * 64; }

plugin::Header header_for(const GuestCode& code, const Capacity& capacity) {
  plugin::Header header = {};
  header.magic = plugin::kMagic;
  header.range_count = static_cast<std::uint32_t>(code.ranges.size());
  header.function_count =
      static_cast<std::uint32_t>(code.functions.size()) + capacity.made + capacity.unnamed;
  header.first_unnamed = header.function_count - capacity.unnamed;
  header.unnamed_capacity = capacity.unnamed;
  header.made_capacity = capacity.made;
  header.code_capacity = capacity.code;
  // One for each function is kept back (plugin/call_tree.cpp).
  header.node_capacity = capacity.contexts + header.function_count + 1;
  header.block_capacity = capacity.blocks;
  header.outside_before = code.firmware;
  header.outside_after = code.outside;
  header.ranges_at = aligned(sizeof header);
  header.functions_at = header.ranges_at + aligned(header.range_count * sizeof(plugin::Range));
  header.nodes_at = header.functions_at + aligned(header.function_count * sizeof(std::uint64_t));
  header.blocks_at = header.nodes_at + aligned(header.node_capacity * sizeof(plugin::Node));
  header.made_at = header.blocks_at + aligned(header.block_capacity * sizeof(plugin::Block));
  header.code_at = header.made_at + aligned(header.made_capacity * sizeof(plugin::Range));
  header.unnamed_at = header.code_at + aligned(header.code_capacity);
  header.size = header.unnamed_at + aligned(header.unnamed_capacity * sizeof(std::uint64_t));
  return header;
}

[[noreturn]] void damaged(const char* what) {
  throw Error(std::string("the profiler's counters are damaged: ") + what,
              "QEMU has written into its own memory; please report it", ExitStatus::invalid_data);
}

template <class T>
const T* part(const std::byte* data, std::uint64_t offset) {
  return reinterpret_cast<const T*>(data + offset);
}

/// The plugin books at calls and returns. What came after the last of them is left: it belongs to
/// the context that was active when QEMU ended.
void book_rest(Counts& counts, const plugin::Header& header) {
  std::vector<std::uint64_t> left = counts.functions;
  for (const Context& context : counts.contexts) {
    if (&context != counts.contexts.data()) left[context.function] -= context.self;
  }
  const bool known = header.active_node < counts.contexts.size();
  const std::uint32_t parent =
      header.active_parent < counts.contexts.size() ? header.active_parent : 0;
  for (std::uint32_t function = 0; function < left.size(); ++function) {
    if (left[function] == 0) continue;
    if (left[function] > counts.total) damaged("a context has more than its function");
    if (known && header.active_node != 0 &&
        counts.contexts[header.active_node].function == function) {
      counts.contexts[header.active_node].self += left[function];
      continue;
    }
    counts.contexts.push_back({parent, function, 0, left[function]});
  }
}

}  // namespace

SharedMemory::SharedMemory(const GuestCode& code, const Capacity& capacity)
    : known_functions_(static_cast<std::uint32_t>(code.functions.size())),
      layout_(header_for(code, capacity)),
      file_(make_memory_file("uniharness profile")) {
  if (ftruncate(file_.get(), static_cast<off_t>(layout_.size)) != 0) {
    throw Error("cannot make memory for the profiler's counters");
  }
  void* memory = mmap(nullptr, layout_.size, PROT_READ | PROT_WRITE, MAP_SHARED, file_.get(), 0);
  if (memory == MAP_FAILED) throw Error("cannot map memory for the profiler's counters");
  data_ = static_cast<std::byte*>(memory);
  std::memcpy(data_, &layout_, sizeof layout_);
  put(layout_.ranges_at, code.ranges);
}

void SharedMemory::put(std::uint64_t at, const std::vector<plugin::Range>& ranges) {
  // An empty vector may have no address, which memcpy() must not get.
  if (ranges.empty()) return;
  std::memcpy(data_ + at, ranges.data(), ranges.size() * sizeof(plugin::Range));
}

SharedMemory::~SharedMemory() { munmap(data_, layout_.size); }

bool SharedMemory::attached() const {
  return part<plugin::Header>(data_, 0)->state == plugin::State::counting;
}

void SharedMemory::set_made(const std::vector<plugin::Range>& ranges) {
  put(layout_.made_at, ranges);
  reinterpret_cast<plugin::Header*>(data_)->made_count = static_cast<std::uint32_t>(ranges.size());
}

Counts SharedMemory::read(std::uint32_t made) const {
  const plugin::Header header = *part<plugin::Header>(data_, 0);
  if (header.magic != plugin::kMagic || header.functions_at != layout_.functions_at ||
      header.nodes_at != layout_.nodes_at || header.blocks_at != layout_.blocks_at) {
    damaged("the header");
  }
  if (header.node_count == 0 || header.node_count > layout_.node_capacity ||
      header.block_count > layout_.block_capacity) {
    damaged("more entries than there is room for");
  }
  if (header.unnamed_count > layout_.unnamed_capacity) damaged("more code without a name");
  if (header.code_used > layout_.code_capacity) damaged("more code than there is room for");
  if (header.processors > 1) {
    throw UsageError("a profile is of one processor, and this guest had " +
                     std::to_string(header.processors));
  }
  Counts counts;
  counts.total = header.total;
  if (header.qemu_tells != 0) {
    counts.qemu = QemuCount{header.latest.instructions, header.latest.total, header.latest.clock,
                            header.qemu_tells == 2};
  }
  counts.deepest = header.deepest;
  counts.returns_alone = header.returns_alone;
  counts.calls_left_out = header.calls_left_out;
  counts.contexts_left_out = header.nodes_left_out;
  counts.blocks_left_out = header.blocks_left_out;
  counts.unanswered = header.unanswered != 0;
  const auto* functions = part<std::uint64_t>(data_, layout_.functions_at);
  const std::uint32_t known = known_functions_ + made;
  counts.functions.assign(functions, functions + known);
  const auto* unnamed = part<std::uint64_t>(data_, layout_.unnamed_at);
  counts.unnamed.assign(unnamed, unnamed + header.unnamed_count);
  const auto* theirs = functions + layout_.first_unnamed;
  counts.functions.insert(counts.functions.end(), theirs, theirs + header.unnamed_count);
  // Between those that the guest made and these there are numbers that nothing has.
  const auto number_of = [&](std::uint32_t function, const char* what) {
    if (function < known) return function;
    const std::uint32_t at = function - layout_.first_unnamed;
    if (function < layout_.first_unnamed || at >= header.unnamed_count) damaged(what);
    return known + at;
  };
  const auto* nodes = part<plugin::Node>(data_, layout_.nodes_at);
  counts.contexts.push_back({});
  for (std::uint32_t i = 1; i < header.node_count; ++i) {
    if (nodes[i].parent >= i) damaged("a context");
    counts.contexts.push_back({nodes[i].parent, number_of(nodes[i].function, "a context"),
                               nodes[i].calls, nodes[i].self});
  }
  const auto* blocks = part<plugin::Block>(data_, layout_.blocks_at);
  for (std::uint32_t i = 0; i < header.block_count; ++i) {
    const std::uint32_t function = number_of(blocks[i].function, "a block");
    const std::uint64_t code_end = std::uint64_t{blocks[i].code} + blocks[i].bytes;
    if (blocks[i].code != 0 && code_end > std::uint64_t{layout_.code_capacity} + 1) {
      damaged("the bytes of a block");
    }
    counts.blocks.push_back(
        {blocks[i].begin, blocks[i].bytes, blocks[i].instructions, function, blocks[i].count, {}});
    if (blocks[i].code != 0) {
      const auto* code = reinterpret_cast<const char*>(data_ + layout_.code_at);
      counts.blocks.back().code.assign(code + blocks[i].code - 1, blocks[i].bytes);
    }
  }
  book_rest(counts, header);
  return counts;
}

}  // namespace harness::profile
