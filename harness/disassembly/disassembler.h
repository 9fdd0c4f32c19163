// Instructions as text, by Capstone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

struct Disassembled {
  std::uint64_t address = 0;
  std::uint32_t size = 0;
  std::string text;
};

class Disassembler {
 public:
  /// Throws Error where Capstone cannot be used.
  explicit Disassembler(bool is_64_bit);
  ~Disassembler();
  Disassembler(const Disassembler&) = delete;
  Disassembler& operator=(const Disassembler&) = delete;

  /// The instructions of `bytes`, which lie at `address`, up to the first that is none.
  [[nodiscard]] std::vector<Disassembled> read(std::string_view bytes, std::uint64_t address) const;

 private:
  std::size_t handle_ = 0;
};

}  // namespace harness
