#include "profile/plugin/cut.h"

namespace harness::plugin {
namespace {

constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kLongest = 15;  // bytes of an x86 instruction

/// A direct jump, taken or not, only sets the address: it cannot fail.
bool can_leave(const BlockInstruction& one) {
  return one.what.may_leave && one.what.flow != Flow::jump;
}

/// Whether QEMU may have dropped instruction `at`.
bool in_doubt(const BlockInstruction* block, std::size_t size, std::size_t at) {
  return at > 0 && at + 1 == size && block[at].address % kPage > kPage - kLongest;
}

/// Whether nothing that is surely executed stands behind instruction `at`.
bool is_last(const BlockInstruction* block, std::size_t size, std::size_t at) {
  return at + 1 == size || in_doubt(block, size, at + 1);
}

bool begins(const BlockInstruction* block, std::size_t size, std::size_t at) {
  return at == 0 || block[at].code.is_entry || can_leave(block[at]) || in_doubt(block, size, at) ||
         block[at].code.function != block[at - 1].code.function;
}

void place_counter(const BlockInstruction* block, std::size_t size, Cut& cut) {
  cut.counted_at = cut.first;
  cut.when = When::begun;
  const BlockInstruction& first = block[cut.first];
  if (!can_leave(first)) return;
  if (!is_last(block, size, cut.first)) {
    ++cut.counted_at;
    return;
  }
  const bool on_stack = first.what.flow == Flow::call || first.what.flow == Flow::ret;
  if ((on_stack || first.what.reads_target) && first.code.is_followed) {
    cut.when = When::accessed;
  } else if (first.what.touches_memory) {
    cut.when = When::tried;
  }
}

}  // namespace

std::size_t cut_block(const BlockInstruction* block, std::size_t size, Cut* cuts) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < size; ++at) {
    if (begins(block, size, at)) cuts[count++] = {at, 0, at, When::begun};
    ++cuts[count - 1].size;
  }
  for (std::size_t i = 0; i < count; ++i) place_counter(block, size, cuts[i]);
  return count;
}

std::uint32_t counted_before(const Cut* cuts, std::size_t count, std::size_t at) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (cuts[i].counted_at == at && cuts[i].when != When::accessed) {
      sum += static_cast<std::uint32_t>(cuts[i].size);
    }
  }
  return sum;
}

}  // namespace harness::plugin
