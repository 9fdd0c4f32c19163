// Of math.h, what small programs use. Roots, roundings and remainders are exact; the others are
// good for some 14 digits, which differ from those of a libc.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#define M_PI 3.14159265358979323846
#define M_E 2.7182818284590452354
#define HUGE_VAL __builtin_huge_val()
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")
#define isnan(x) __builtin_isnan(x)
#define isinf(x) __builtin_isinf(x)
#define isfinite(x) __builtin_isfinite(x)
#define signbit(x) __builtin_signbit(x)

double fabs(double);
double floor(double);
double ceil(double);
double trunc(double);
double rint(double);
double round(double);
double sqrt(double);
double fmod(double, double);
double fmin(double, double);
double fmax(double, double);
double copysign(double, double);
double ldexp(double, int);
double frexp(double, int*);
double modf(double, double*);
double exp(double);
double log(double);
double log10(double);
double pow(double, double);
double sin(double);
double cos(double);
double tan(double);
double atan(double);
double atan2(double, double);
double asin(double);
double acos(double);
double sinh(double);
double cosh(double);
double tanh(double);
double hypot(double, double);
float fabsf(float);
float floorf(float);
float ceilf(float);
float sqrtf(float);
float sinf(float);
float cosf(float);
float powf(float, float);
float copysignf(float, float);
float fmodf(float, float);

#ifdef __cplusplus
}
#endif
