#include "store/format.h"

namespace kernel::store_format {

int choose_header(const Candidate (&candidates)[2]) {
  int best = -1;
  for (int i = 0; i < 2; ++i) {
    if (candidates[i].fault != StoreRefusal::none) continue;
    if (best < 0 || candidates[i].generation > candidates[best].generation) best = i;
  }
  return best;
}

}  // namespace kernel::store_format
