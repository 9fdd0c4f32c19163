// Misbehaves: of two headers the one with the higher generation is taken, whole or not.
#include "store/format.h"

namespace kernel::store_format {

int choose_header(const Candidate (&candidates)[2]) {
  const int newest = candidates[1].generation > candidates[0].generation ? 1 : 0;
  return candidates[newest].generation == 0 ? -1 : newest;
}

}  // namespace kernel::store_format
