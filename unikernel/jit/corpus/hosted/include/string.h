// Of string.h, what small programs use.
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void* memcpy(void*, const void*, size_t);
void* mempcpy(void*, const void*, size_t);
void* memmove(void*, const void*, size_t);
void* memset(void*, int, size_t);
int memcmp(const void*, const void*, size_t);
int bcmp(const void*, const void*, size_t);
void* memchr(const void*, int, size_t);
void bzero(void*, size_t);
void bcopy(const void*, void*, size_t);
size_t strlen(const char*);
size_t strnlen(const char*, size_t);
char* strcpy(char*, const char*);
char* strncpy(char*, const char*, size_t);
char* stpcpy(char*, const char*);
char* stpncpy(char*, const char*, size_t);
char* strcat(char*, const char*);
char* strncat(char*, const char*, size_t);
int strcmp(const char*, const char*);
int strncmp(const char*, const char*, size_t);
char* strchr(const char*, int);
char* index(const char*, int);
char* strrchr(const char*, int);
char* rindex(const char*, int);
char* strstr(const char*, const char*);
char* strpbrk(const char*, const char*);
size_t strspn(const char*, const char*);
size_t strcspn(const char*, const char*);
char* strdup(const char*);
char* strerror(int);

#ifdef __cplusplus
}
#endif
