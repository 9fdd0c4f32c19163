// Results of functions that are made where they are returned.
#pragma once

#include "compiler/selection.h"

namespace jit {

/// A word that the block's last instruction returns, and the one before it makes, which can do so
/// in eax: between the two nothing has code. kNone: there is none.
ValueId made_to_return(const Module& module, const Body& body, const Selection& selection,
                       const Block& block);

}  // namespace jit
