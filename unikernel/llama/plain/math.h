// What the plain transformer calls as one would call a math library: functions of another file,
// which no option for fast mathematics touches.
#pragma once

#include <stdint.h>

namespace llama {

/// e^x, (4 + 1.5 |x|) ulp for x from -87 to 87.
float plain_exp(float x);
/// cosine and sine of position * 10000^(-pair / size) to out[0] and out[1].
void plain_rope_angle(uint32_t position, uint32_t pair, uint32_t size, float* out);

}  // namespace llama
