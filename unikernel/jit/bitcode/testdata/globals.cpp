// Globals with initializers of all sorts, virtual tables, constructors, aliases, inline functions.
namespace {
int hidden = 3;
const char kText[] = "text with \x01 and \0 inside";
const unsigned short kShorts[] = {1, 2, 65535};
const long long kLongs[] = {-1, 1LL << 50};
const float kFloats[] = {1.5f, -2.25f};
}  // namespace
extern "C" {
extern int elsewhere;
extern const int weak_value __attribute__((weak));
const int weak_value = 4;
int common_zero[1000];
int* pointers[] = {&hidden, &common_zero[7], &elsewhere, nullptr};
const void* self = &self;
unsigned difference_of_addresses = 4;
int original(int x) { return x * 2; }
int same(int x) __attribute__((alias("original")));
extern int other_name __attribute__((alias("weak_number")));
__attribute__((weak)) int weak_number = 9;
int (*functions[])(int) = {original, same};
struct {
  char c;
  int i;
  short s[3];
  const char* text;
} record = {'r', -5, {1, 2, 3}, "inside"};
}
struct Shape {
  virtual int area() const = 0;
  virtual int sides() const { return 0; }
  virtual ~Shape() = default;
};
struct Square : Shape {
  int side = 4;
  int area() const override { return side * side; }
  int sides() const override { return 4; }
};
struct Named : virtual Shape {
  int area() const override { return 1; }
  int extra = 2;
};
struct Registered {
  Registered() { hidden += 2; }
  int value = 6;
};
Registered first, second;
template <class T>
inline T largest(T a, T b) {
  static T count = T();
  ++count;
  return a > b ? a : b;
}
void operator delete(void*, unsigned) noexcept {}
int total(const Shape* shape) {
  Square square;
  Named named;
  return shape->area() + square.sides() + largest(3, hidden) + (int)largest(2.5, 1.5) + kText[2] +
         kShorts[hidden & 1] + (int)kLongs[hidden & 1] + (int)kFloats[hidden & 1] + first.value +
         static_cast<const Shape&>(named).area();
}
