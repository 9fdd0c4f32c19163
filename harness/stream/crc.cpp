#include "stream/crc.h"

#include <zlib.h>

namespace harness {

std::uint32_t extend_crc(std::uint32_t crc, std::string_view bytes) {
  // An empty view may have a null pointer, which zlib takes as a request for the initial value.
  if (bytes.empty()) return crc;
  return static_cast<std::uint32_t>(
      crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace harness
