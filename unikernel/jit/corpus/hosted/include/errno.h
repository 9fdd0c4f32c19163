#pragma once

extern int errno;
#define errno errno
#define EDOM 33
#define ERANGE 34
