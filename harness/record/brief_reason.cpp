#include "record/brief_reason.h"

#include <algorithm>

namespace harness {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";

/// "0x100153", or several of them with commas between.
bool is_addresses(std::string_view text) {
  for (;;) {
    if (!text.starts_with("0x")) return false;
    text.remove_prefix(2);
    const std::size_t digits = std::min(text.find_first_not_of(kHexDigits), text.size());
    if (digits == 0) return false;
    if (digits == text.size()) return true;
    if (text[digits] != ',') return false;
    text.remove_prefix(digits + 1);
  }
}

/// "error=0x0 eip=0x100153": registers and nothing else, the instruction pointer among them.
bool is_registers(std::string_view text) {
  bool has_pointer = false;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    const std::size_t equals = word.find('=');
    if (equals == word.npos || !is_addresses(word.substr(equals + 1))) return false;
    has_pointer = has_pointer || word.starts_with("eip=");
    begin = end + 1;
  }
  return has_pointer;
}

}  // namespace

std::string without_registers(std::string_view reason) {
  const std::size_t colon = reason.rfind(": ");
  if (colon == reason.npos || colon == 0 || !is_registers(reason.substr(colon + 2))) {
    return std::string(reason);
  }
  return std::string(reason.substr(0, colon));
}

}  // namespace harness
