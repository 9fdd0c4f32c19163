// Time stands still: a program's output must not depend on it.
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef long time_t;
typedef long clock_t;
#define CLOCKS_PER_SEC 1000000L

time_t time(time_t*);
clock_t clock(void);

#ifdef __cplusplus
}
#endif
