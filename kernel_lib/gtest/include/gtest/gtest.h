// GoogleTest's macros for guests: a source of tests that includes <gtest/gtest.h> runs on the host
// with GoogleTest and in a unikernel with this. Names and meanings are GoogleTest's (1.12.1);
// docs/SDK.md lists what is not here.
//
// Each test is one [TEST] line, "Suite.Name"; its iterations= are the assertions that it made, its
// result= those that failed. A failure is told before it as text, as GoogleTest tells it:
//
//   ring_test.cpp:12: Failure
//   Expected equality of these values:
//     ring.size()
//       Which is: 3
//     4
//
// with the file's name alone, so that an image does not depend on where it was built.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace testing {
namespace internal {
class Runner;
}

/// A base class of fixtures, and of tests without one.
class Test {
 public:
  Test() = default;
  Test(const Test&) = delete;
  Test& operator=(const Test&) = delete;
  virtual ~Test() = default;
  static void SetUpTestSuite() {}
  static void TearDownTestSuite() {}
  static bool HasFatalFailure();
  static bool HasFailure();
  static bool IsSkipped();

 protected:
  virtual void SetUp() {}
  virtual void TearDown() {}

 private:
  friend class internal::Runner;
  virtual void TestBody() = 0;
};

/// Prints a value as messages show it.
class Printer {
 public:
  Printer& operator<<(const char* text);
  Printer& operator<<(bool value);
  Printer& operator<<(char value);
  Printer& operator<<(signed char value) { return *this << static_cast<long long>(value); }
  Printer& operator<<(unsigned char value) {
    return *this << static_cast<unsigned long long>(value);
  }
  Printer& operator<<(short value) { return *this << static_cast<long long>(value); }
  Printer& operator<<(unsigned short value) {
    return *this << static_cast<unsigned long long>(value);
  }
  Printer& operator<<(int value) { return *this << static_cast<long long>(value); }
  Printer& operator<<(unsigned value) { return *this << static_cast<unsigned long long>(value); }
  Printer& operator<<(long value) { return *this << static_cast<long long>(value); }
  Printer& operator<<(unsigned long value) {
    return *this << static_cast<unsigned long long>(value);
  }
  Printer& operator<<(long long value);
  Printer& operator<<(unsigned long long value);
  Printer& operator<<(float value) { return *this << static_cast<double>(value); }
  Printer& operator<<(double value);
  Printer& operator<<(const void* address);
  Printer& operator<<(decltype(nullptr)) { return *this << "nullptr"; }
  /// A text that knows its size: std::string, std::string_view, or a type of the user's.
  template <class Text>
    requires requires(const Text& text, const char* bytes, size_t size) {
      bytes = text.data();
      size = text.size();
    }
  Printer& operator<<(const Text& text) {
    return write(text.data(), text.size());
  }

 private:
  Printer& write(const char* bytes, size_t size);
};

namespace internal {

/// A value beside its source text. Text goes in quotes, an enumeration as its number, and what
/// cannot be printed as its size.
template <class T>
void print_value(Printer& out, const T& value) {
  if constexpr (__is_enum(T)) {
    out << static_cast<__underlying_type(T)>(value);
  } else if constexpr (requires { out << value << value.size(); }) {
    out << "\"" << value << "\"";
  } else if constexpr (requires { out << value; }) {
    out << value;
  } else {
    out << sizeof(T) << "-byte object";
  }
}
inline void print_value(Printer& out, const char* text) {
  if (text) {
    out << "\"" << text << "\"";
  } else {
    out << "NULL";
  }
}
inline void print_value(Printer& out, char* text) {
  print_value(out, static_cast<const char*>(text));
}
void print_value(Printer& out, char value);  // 'x' (120, 0x78)

/// What is printed from the first on is not shown but compared with a text; the second ends that
/// and returns whether it was the same.
void begin_comparing(const char* expected);
bool end_comparing();

/// "  expression", and where that is not the value already, "    Which is: value".
template <class T>
void print_operand(const char* expression, const T& value) {
  Printer out;
  out << "  " << expression << "\n";
  begin_comparing(expression);
  print_value(out, value);
  if (end_comparing()) return;
  out << "    Which is: ";
  print_value(out, value);
  out << "\n";
}

// Each of these counts one assertion, and where it does not hold prints "file:line: Failure" and
// what was expected, counts the failure, and returns false. A message may follow on the console.
struct Place {
  const char* file;
  int line;
};
void count_assertion();
void begin_failure(Place at);
bool check_bool(Place at, const char* expression, bool value, bool expected);
bool check_text(Place at, const char* a_text, const char* b_text, const char* a, const char* b,
                bool equal);
bool check_near(Place at, const char* a_text, const char* b_text, const char* limit_text, double a,
                double b, double limit);
bool check_double(Place at, const char* a_text, const char* b_text, double a, double b);
bool check_float(Place at, const char* a_text, const char* b_text, float a, float b);
bool check_nothing(Place at);  // never holds
/// No failure, but the test ends. Returns false.
bool skip(Place at);

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wsign-compare"  // EXPECT_EQ(size, 3) is what people write
#define UK_GTEST_OPERATOR(name, op)                                    \
  struct name {                                                        \
    static constexpr char kText[] = #op;                               \
    static bool holds(const auto& a, const auto& b) { return a op b; } \
  };
UK_GTEST_OPERATOR(Equal, ==)
UK_GTEST_OPERATOR(NotEqual, !=)
UK_GTEST_OPERATOR(Less, <)
UK_GTEST_OPERATOR(LessOrEqual, <=)
UK_GTEST_OPERATOR(Greater, >)
UK_GTEST_OPERATOR(GreaterOrEqual, >=)
#undef UK_GTEST_OPERATOR
#pragma clang diagnostic pop

template <class Operator, class A, class B>
bool check(Place at, const char* a_text, const char* b_text, const A& a, const B& b) {
  count_assertion();
  if (Operator::holds(a, b)) return true;
  begin_failure(at);
  Printer out;
  if constexpr (__is_same(Operator, Equal)) {
    out << "Expected equality of these values:\n";
    print_operand(a_text, a);
    print_operand(b_text, b);
  } else {
    out << "Expected: (" << a_text << ") " << Operator::kText << " (" << b_text << "), actual: ";
    print_value(out, a);
    out << " vs ";
    print_value(out, b);
    out << "\n";
  }
  return false;
}

/// What a test adds to a failure with <<.
class Message {
 public:
  Message() = default;
  ~Message() {
    if (said_) Printer() << "\n";
  }
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;
  template <class T>
  Message& operator<<(const T& value) {
    Printer out;
    if constexpr (__is_enum(T)) {
      print_value(out, value);
    } else {
      out << value;
    }
    said_ = true;
    return *this;
  }

 private:
  bool said_ = false;
};
/// Takes the message, and is what a function without a result may return.
struct Fatal {
  void operator=(const Message&) const;
};
struct NonFatal {
  void operator=(const Message&) const {}
};
using Skipped = NonFatal;
/// SUCCEED() << "this is shown nowhere".
struct Ignored {
  const Ignored& operator<<(const auto&) const { return *this; }
};

/// For the lists of tests. Always true.
bool add_test(const char* suite, const char* name, Test* (*make)(), void (*set_up_suite)(),
              void (*tear_down_suite)());

}  // namespace internal
}  // namespace testing

#define UK_GTEST_AT (::testing::internal::Place{__FILE_NAME__, __LINE__})
// The switch keeps an `else` that follows from belonging to this `if`.
#define UK_GTEST_EXPECT(...)                \
  switch (0)                                \
  case 0:                                   \
  default:                                  \
    if (::testing::internal::__VA_ARGS__) { \
    } else                                  \
      ::testing::internal::NonFatal() = ::testing::internal::Message()
#define UK_GTEST_ASSERT(...)                \
  switch (0)                                \
  case 0:                                   \
  default:                                  \
    if (::testing::internal::__VA_ARGS__) { \
    } else                                  \
      return ::testing::internal::Fatal() = ::testing::internal::Message()

#define UK_GTEST_COMPARE(op, a, b) check<::testing::internal::op>(UK_GTEST_AT, #a, #b, a, b)
#define EXPECT_EQ(a, b) UK_GTEST_EXPECT(UK_GTEST_COMPARE(Equal, a, b))
#define EXPECT_NE(a, b) UK_GTEST_EXPECT(UK_GTEST_COMPARE(NotEqual, a, b))
#define EXPECT_LT(a, b) UK_GTEST_EXPECT(UK_GTEST_COMPARE(Less, a, b))
#define EXPECT_LE(a, b) UK_GTEST_EXPECT(UK_GTEST_COMPARE(LessOrEqual, a, b))
#define EXPECT_GT(a, b) UK_GTEST_EXPECT(UK_GTEST_COMPARE(Greater, a, b))
#define EXPECT_GE(a, b) UK_GTEST_EXPECT(UK_GTEST_COMPARE(GreaterOrEqual, a, b))
#define ASSERT_EQ(a, b) UK_GTEST_ASSERT(UK_GTEST_COMPARE(Equal, a, b))
#define ASSERT_NE(a, b) UK_GTEST_ASSERT(UK_GTEST_COMPARE(NotEqual, a, b))
#define ASSERT_LT(a, b) UK_GTEST_ASSERT(UK_GTEST_COMPARE(Less, a, b))
#define ASSERT_LE(a, b) UK_GTEST_ASSERT(UK_GTEST_COMPARE(LessOrEqual, a, b))
#define ASSERT_GT(a, b) UK_GTEST_ASSERT(UK_GTEST_COMPARE(Greater, a, b))
#define ASSERT_GE(a, b) UK_GTEST_ASSERT(UK_GTEST_COMPARE(GreaterOrEqual, a, b))

#define UK_GTEST_BOOL(a, expected) check_bool(UK_GTEST_AT, #a, static_cast<bool>(a), expected)
#define EXPECT_TRUE(a) UK_GTEST_EXPECT(UK_GTEST_BOOL(a, true))
#define EXPECT_FALSE(a) UK_GTEST_EXPECT(UK_GTEST_BOOL(a, false))
#define ASSERT_TRUE(a) UK_GTEST_ASSERT(UK_GTEST_BOOL(a, true))
#define ASSERT_FALSE(a) UK_GTEST_ASSERT(UK_GTEST_BOOL(a, false))

#define UK_GTEST_TEXT(a, b, equal) check_text(UK_GTEST_AT, #a, #b, a, b, equal)
#define EXPECT_STREQ(a, b) UK_GTEST_EXPECT(UK_GTEST_TEXT(a, b, true))
#define EXPECT_STRNE(a, b) UK_GTEST_EXPECT(UK_GTEST_TEXT(a, b, false))
#define ASSERT_STREQ(a, b) UK_GTEST_ASSERT(UK_GTEST_TEXT(a, b, true))
#define ASSERT_STRNE(a, b) UK_GTEST_ASSERT(UK_GTEST_TEXT(a, b, false))

#define UK_GTEST_NEAR(a, b, limit) check_near(UK_GTEST_AT, #a, #b, #limit, a, b, limit)
#define EXPECT_NEAR(a, b, limit) UK_GTEST_EXPECT(UK_GTEST_NEAR(a, b, limit))
#define ASSERT_NEAR(a, b, limit) UK_GTEST_ASSERT(UK_GTEST_NEAR(a, b, limit))
#define EXPECT_DOUBLE_EQ(a, b) UK_GTEST_EXPECT(check_double(UK_GTEST_AT, #a, #b, a, b))
#define ASSERT_DOUBLE_EQ(a, b) UK_GTEST_ASSERT(check_double(UK_GTEST_AT, #a, #b, a, b))
#define EXPECT_FLOAT_EQ(a, b) UK_GTEST_EXPECT(check_float(UK_GTEST_AT, #a, #b, a, b))
#define ASSERT_FLOAT_EQ(a, b) UK_GTEST_ASSERT(check_float(UK_GTEST_AT, #a, #b, a, b))

#define SUCCEED() ::testing::internal::Ignored()
#define ADD_FAILURE() UK_GTEST_EXPECT(check_nothing(UK_GTEST_AT))
#define FAIL() UK_GTEST_ASSERT(check_nothing(UK_GTEST_AT))
#define GTEST_FAIL() FAIL()
#define GTEST_SKIP()                            \
  if (::testing::internal::skip(UK_GTEST_AT)) { \
  } else                                        \
    return ::testing::internal::Skipped() = ::testing::internal::Message()
#define ASSERT_NO_FATAL_FAILURE(statement)          \
  do {                                              \
    statement;                                      \
    if (::testing::Test::HasFatalFailure()) return; \
  } while (0)

// NOLINTBEGIN(bugprone-macro-parentheses): the names of classes
#define UK_GTEST_TEST(suite, name, base)                                                       \
  class suite##_##name##_Test : public base {                                                  \
    void TestBody() override;                                                                  \
    static const bool registered_;                                                             \
  };                                                                                           \
  [[gnu::used]] const bool suite##_##name##_Test::registered_ = ::testing::internal::add_test( \
      #suite, #name, []() -> ::testing::Test* { return new suite##_##name##_Test; },           \
      &base::SetUpTestSuite, &base::TearDownTestSuite);                                        \
  void suite##_##name##_Test::TestBody()
#define TEST(suite, name) UK_GTEST_TEST(suite, name, ::testing::Test)
#define TEST_F(fixture, name) UK_GTEST_TEST(fixture, name, fixture)
// NOLINTEND(bugprone-macro-parentheses)
