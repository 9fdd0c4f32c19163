// Machine code as it is put together: bytes at addresses, and functions that are called before they
// have one. Opcodes: Intel SDM volume 2.
#pragma once

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <vector>

namespace harness::profile {

inline constexpr std::uint32_t kCodeAt = 0x100000;  // where a guest's code begins

class Code {
 public:
  [[nodiscard]] std::uint32_t here() const {
    return kCodeAt + static_cast<std::uint32_t>(bytes_.size());
  }
  void bytes(std::initializer_list<int> list) {
    for (const int byte : list) bytes_ += static_cast<char>(byte);
  }
  void word(std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) bytes_ += static_cast<char>(value >> shift);
  }
  void with_word(std::initializer_list<int> opcode, std::uint32_t value) {
    bytes(opcode);
    word(value);
  }
  /// call (e8), jmp (e9) to an address.
  void branch(int opcode, std::uint32_t to) { with_word({opcode}, to - here() - 5); }
  /// The bytes of an absolute address, to be put in when function `number` has one.
  void function_address(std::uint32_t number) {
    wanted_.push_back({bytes_.size(), number, false});
    word(0);
  }
  void function_branch(int opcode, std::uint32_t number) {
    bytes({opcode});
    wanted_.push_back({bytes_.size(), number, true});
    word(0);
  }
  /// Puts the addresses of the functions in, by number, where they are wanted.
  void resolve(const std::vector<std::uint32_t>& functions) {
    for (const Wanted& wanted : wanted_) {
      const std::uint32_t behind = kCodeAt + static_cast<std::uint32_t>(wanted.at) + 4;
      const std::uint32_t value = functions[wanted.function] - (wanted.relative ? behind : 0);
      std::memcpy(bytes_.data() + wanted.at, &value, 4);
    }
  }
  void set_byte(std::uint32_t address, int byte) {
    bytes_[address - kCodeAt] = static_cast<char>(byte);
  }
  void set_word(std::uint32_t address, std::uint32_t value) {
    std::memcpy(bytes_.data() + (address - kCodeAt), &value, 4);
  }
  /// A jump to where `before` bytes are left in the page.
  void jump_near_end_of_page(std::uint32_t before) {
    std::uint32_t to = (here() + 5) / kPageBytes * kPageBytes + kPageBytes - before;
    if (to < here() + 5) to += kPageBytes;
    branch(0xe9, to);
    while (here() < to) bytes({0xcc});
  }
  [[nodiscard]] const std::string& text() const { return bytes_; }

 private:
  static constexpr std::uint32_t kPageBytes = 4096;
  struct Wanted {
    std::size_t at;
    std::uint32_t function;
    bool relative;
  };
  std::string bytes_;
  std::vector<Wanted> wanted_;
};

}  // namespace harness::profile
