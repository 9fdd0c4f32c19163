// Of ctype.h, in the C locale.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

int isalnum(int);
int isalpha(int);
int isdigit(int);
int islower(int);
int isprint(int);
int isspace(int);
int isupper(int);
int isxdigit(int);
int ispunct(int);
int tolower(int);
int toupper(int);

#ifdef __cplusplus
}
#endif
