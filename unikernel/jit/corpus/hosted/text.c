// string.h and ctype.h, byte by byte. What the guest provides itself is not here.
#include <string.h>

#include <ctype.h>
#include <stdlib.h>

void* mempcpy(void* to, const void* from, size_t size) {
  return (char*)memcpy(to, from, size) + size;
}
int bcmp(const void* a, const void* b, size_t size) { return memcmp(a, b, size); }
void bzero(void* at, size_t size) { memset(at, 0, size); }
void bcopy(const void* from, void* to, size_t size) { memmove(to, from, size); }
void* memchr(const void* in, int byte, size_t size) {
  for (const unsigned char* at = in; size-- > 0; ++at) {
    if (*at == (unsigned char)byte) return (void*)at;
  }
  return 0;
}
size_t strnlen(const char* text, size_t most) {
  size_t length = 0;
  while (length < most && text[length] != 0) ++length;
  return length;
}
char* stpcpy(char* to, const char* from) {
  while ((*to = *from++) != 0) ++to;
  return to;
}
char* strcpy(char* to, const char* from) {
  stpcpy(to, from);
  return to;
}
char* stpncpy(char* to, const char* from, size_t size) {
  const size_t length = strnlen(from, size);
  memcpy(to, from, length);
  memset(to + length, 0, size - length);
  return to + length;
}
char* strncpy(char* to, const char* from, size_t size) {
  stpncpy(to, from, size);
  return to;
}
char* strcat(char* to, const char* from) {
  stpcpy(to + strlen(to), from);
  return to;
}
char* strncat(char* to, const char* from, size_t size) {
  char* const end = to + strlen(to);
  const size_t length = strnlen(from, size);
  memcpy(end, from, length);
  end[length] = 0;
  return to;
}
int strncmp(const char* a, const char* b, size_t size) {
  for (; size-- > 0; ++a, ++b) {
    if (*a != *b) return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
    if (*a == 0) return 0;
  }
  return 0;
}
int strcmp(const char* a, const char* b) { return strncmp(a, b, (size_t)-1); }
char* strchr(const char* text, int byte) {
  for (;; ++text) {
    if (*text == (char)byte) return (char*)text;
    if (*text == 0) return 0;
  }
}
char* index(const char* text, int byte) { return strchr(text, byte); }
char* strrchr(const char* text, int byte) {
  const char* last = 0;
  for (;; ++text) {
    if (*text == (char)byte) last = text;
    if (*text == 0) return (char*)last;
  }
}
char* rindex(const char* text, int byte) { return strrchr(text, byte); }
char* strstr(const char* text, const char* part) {
  const size_t length = strlen(part);
  for (;; ++text) {
    if (strncmp(text, part, length) == 0) return (char*)text;
    if (*text == 0) return 0;
  }
}
static size_t span(const char* text, const char* of, int in) {
  size_t length = 0;
  while (text[length] != 0 && (strchr(of, text[length]) != 0) == in) ++length;
  return length;
}
size_t strspn(const char* text, const char* of) { return span(text, of, 1); }
size_t strcspn(const char* text, const char* of) { return span(text, of, 0); }
char* strpbrk(const char* text, const char* of) {
  text += strcspn(text, of);
  return *text == 0 ? 0 : (char*)text;
}
char* strdup(const char* text) {
  char* const copy = malloc(strlen(text) + 1);
  return copy == 0 ? 0 : strcpy(copy, text);
}
char* strerror(int error) {
  (void)error;
  return (char*)"error";
}

int isdigit(int c) { return c >= '0' && c <= '9'; }
int islower(int c) { return c >= 'a' && c <= 'z'; }
int isupper(int c) { return c >= 'A' && c <= 'Z'; }
int isalpha(int c) { return islower(c) || isupper(c); }
int isalnum(int c) { return isalpha(c) || isdigit(c); }
int isxdigit(int c) { return isdigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
int isspace(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
int isprint(int c) { return c >= ' ' && c <= '~'; }
int ispunct(int c) { return isprint(c) && c != ' ' && !isalnum(c); }
int tolower(int c) { return isupper(c) ? c + 'a' - 'A' : c; }
int toupper(int c) { return islower(c) ? c - 'a' + 'A' : c; }
