// The checksum of headers, records and logs: that of the wire protocol.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <wire/protocol.h>

namespace kernel::store_format {

void checksum_add(wire::Crc32& sum, const void* bytes, size_t size);
uint32_t checksum_value(const wire::Crc32& sum);

inline uint32_t checksum_of(const void* bytes, size_t size) {
  wire::Crc32 sum;
  checksum_add(sum, bytes, size);
  return checksum_value(sum);
}

}  // namespace kernel::store_format
