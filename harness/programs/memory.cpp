#include "programs/memory.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace harness {

std::uint32_t room_for(std::string_view file, std::uint32_t times) {
  constexpr std::uint32_t kLargestFile = 64u << 20;
  constexpr std::uint64_t kMost = 1u << 31;
  if (file.size() > kLargestFile) {
    throw Error("the file has more than 64 MB", "is it bitcode?", ExitStatus::invalid_data);
  }
  const std::uint64_t one = std::uint64_t{file.size()} * 20 + (1u << 20);
  return static_cast<std::uint32_t>(std::min(one * times, kMost));
}

jit::Span<const std::uint8_t> bytes_of(std::string_view file) {
  return {reinterpret_cast<const std::uint8_t*>(file.data()),
          static_cast<std::uint32_t>(file.size())};
}

std::string string_of(jit::Text text) { return printable({text.data, text.size}); }

}  // namespace harness
