// Misbehaves: every checksum of the store is the same, so that none tells anything.
#include "store/checksum.h"

namespace kernel::store_format {

void checksum_add(wire::Crc32& /*sum*/, const void* /*bytes*/, size_t /*size*/) {}
uint32_t checksum_value(const wire::Crc32& /*sum*/) { return 0; }

}  // namespace kernel::store_format
