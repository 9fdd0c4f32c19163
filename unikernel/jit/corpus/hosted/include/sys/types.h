#pragma once

#include <stddef.h>

typedef int ssize_t;
typedef long off_t;
typedef int pid_t;
typedef unsigned char u_char;
typedef unsigned int uint;
