// <stdlib.h> for guests: memory from the kernel's heap, and an end.
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// 16-aligned; NULL when there is no room.
void* malloc(size_t size);
/// A pointer that malloc() did not give, or that was given back already, is a panic.
void free(void* block);
/// A panic.
#ifdef __cplusplus
[[noreturn]]
#else
_Noreturn
#endif
void abort(void);

#ifdef __cplusplus
}
#endif
