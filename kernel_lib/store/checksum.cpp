#include "store/checksum.h"

namespace kernel::store_format {

void checksum_add(wire::Crc32& sum, const void* bytes, size_t size) {
  sum.add(static_cast<const char*>(bytes), size);
}

uint32_t checksum_value(const wire::Crc32& sum) { return sum.value(); }

}  // namespace kernel::store_format
