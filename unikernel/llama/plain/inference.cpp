// inference.cpp with the plain transformer in the place of the engine's.
#include "plain/transformer.h"

#define LLAMA_LANES ScalarLanes
#define LLAMA_NETWORK PlainTransformer
#define LLAMA_NAME "plain"
#include "../inference.cpp"  // NOLINT(bugprone-suspicious-include)
