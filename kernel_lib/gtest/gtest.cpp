// Runs the tests, counts and tells.
#include <gtest/gtest.h>
#include <kernel/console.h>
#include <kernel/emit.h>
#include <kernel/system.h>
#include <string.h>

#include <initializer_list>

#include "hosted/hosted.h"

namespace testing {
namespace {

/// Of the test that runs now.
struct Now {
  uint64_t assertions, failures;
  bool fatal, skipped;
};

struct Entry {
  const char *suite, *name;
  Test* (*make)();
  void (*set_up_suite)();
  void (*tear_down_suite)();
  Entry* next;
  bool done;
};

// Assertions stand in functions that know of no test, as in GoogleTest: hence these.
Now now;
kernel::Console* console = nullptr;

/// Takes what is printed and holds it against a text.
class Comparison final : public kernel::TextSink {
 public:
  explicit Comparison(const char* expected) : left_(expected) {}
  void write(const char* bytes, size_t size) override {
    for (size_t i = 0; i < size && same_; ++i) {
      same_ = *left_ == bytes[i];
      left_ += same_;
    }
  }
  void set_color(kernel::Color) override {}
  bool same() const { return same_ && *left_ == '\0'; }

 private:
  const char* left_;
  bool same_ = true;
};
Comparison comparison("");
kernel::Console* shown = nullptr;  // while something is compared

Entry* first = nullptr;
Entry* last = nullptr;

bool is_disabled(const Entry& entry) {
  constexpr char kPrefix[] = "DISABLED_";
  const auto starts = [&](const char* text) {
    return strlen(text) >= sizeof kPrefix - 1 && memcmp(text, kPrefix, sizeof kPrefix - 1) == 0;
  };
  return starts(entry.suite) || starts(entry.name);
}

uint32_t count_tests() {
  uint32_t count = 0;
  for (const Entry* at = first; at; at = at->next) count += !is_disabled(*at);
  return count;
}

}  // namespace

Printer& Printer::operator<<(const char* text) {
  console->text(text ? text : "(null)");
  return *this;
}
Printer& Printer::operator<<(bool value) { return *this << (value ? "true" : "false"); }
Printer& Printer::write(const char* bytes, size_t size) {
  console->text(bytes, size);
  return *this;
}
Printer& Printer::operator<<(char value) { return write(&value, 1); }
Printer& Printer::operator<<(long long value) {
  console->decimal_signed(value);
  return *this;
}
Printer& Printer::operator<<(unsigned long long value) {
  console->decimal(value);
  return *this;
}
Printer& Printer::operator<<(double value) {
  kernel::hosted::print_double(*console, value);
  return *this;
}
Printer& Printer::operator<<(const void* address) {
  if (address == nullptr) return *this << "NULL";
  console->text("0x").hex(reinterpret_cast<uintptr_t>(address));
  return *this;
}

bool Test::HasFatalFailure() { return now.fatal; }
bool Test::HasFailure() { return now.failures > 0; }
bool Test::IsSkipped() { return now.skipped; }

namespace internal {
namespace {

/// How far two doubles lie apart, counted in doubles; large where one is no number.
template <class Number, class Bits>
bool almost_equal(Number a, Number b) {
  constexpr Bits kSign = Bits{1} << (8 * sizeof(Bits) - 1);
  constexpr Bits kMostApart = 4;
  if (a != a || b != b) return false;
  const auto ordered = [](Number x) {  // numbers in their order, as unsigned ones
    Bits bits;
    memcpy(&bits, &x, sizeof bits);
    return bits & kSign ? ~bits + 1 : bits | kSign;
  };
  const Bits x = ordered(a), y = ordered(b);
  return (x < y ? y - x : x - y) <= kMostApart;
}

template <class Number>
bool tell_unequal(Place at, const char* a_text, const char* b_text, Number a, Number b) {
  begin_failure(at);
  Printer() << "Expected equality of these values:\n";
  print_operand(a_text, a);
  print_operand(b_text, b);
  return false;
}

}  // namespace

void print_value(Printer& out, char value) {
  if (value >= ' ' && value <= '~') {
    out << "'" << value << "' (" << static_cast<int>(value);
  } else {
    out << "(" << static_cast<int>(value);
  }
  console->text(", 0x").hex(static_cast<unsigned char>(value)).text(")");
}

void begin_comparing(const char* expected) {
  comparison = Comparison(expected);
  static kernel::Console compared(comparison);
  shown = console;
  console = &compared;
}

bool end_comparing() {
  console = shown;
  return comparison.same();
}

void count_assertion() { ++now.assertions; }

void begin_failure(Place at) {
  ++now.failures;
  Printer() << at.file << ":" << at.line << ": Failure\n";
}

bool check_bool(Place at, const char* expression, bool value, bool expected) {
  count_assertion();
  if (value == expected) return true;
  begin_failure(at);
  Printer() << "Value of: " << expression << "\n  Actual: " << value << "\nExpected: " << expected
            << "\n";
  return false;
}

bool check_text(Place at, const char* a_text, const char* b_text, const char* a, const char* b,
                bool equal) {
  count_assertion();
  const bool same = a == b || (a && b && strcmp(a, b) == 0);
  if (same == equal) return true;
  if (equal) return tell_unequal(at, a_text, b_text, a, b);
  begin_failure(at);
  Printer out;
  out << "Expected: (" << a_text << ") != (" << b_text << "), actual: ";
  print_value(out, a);
  out << " vs ";
  print_value(out, b);
  out << "\n";
  return false;
}

bool check_near(Place at, const char* a_text, const char* b_text, const char* limit_text, double a,
                double b, double limit) {
  count_assertion();
  const double apart = a < b ? b - a : a - b;
  if (apart <= limit) return true;
  begin_failure(at);
  Printer() << "The difference between " << a_text << " and " << b_text << " is " << apart
            << ", which exceeds " << limit_text << ", where\n"
            << a_text << " evaluates to " << a << ",\n"
            << b_text << " evaluates to " << b << ", and\n"
            << limit_text << " evaluates to " << limit << ".\n";
  return false;
}

bool check_double(Place at, const char* a_text, const char* b_text, double a, double b) {
  count_assertion();
  return almost_equal<double, uint64_t>(a, b) || tell_unequal(at, a_text, b_text, a, b);
}

bool check_float(Place at, const char* a_text, const char* b_text, float a, float b) {
  count_assertion();
  return almost_equal<float, uint32_t>(a, b) || tell_unequal(at, a_text, b_text, a, b);
}

bool check_nothing(Place at) {
  count_assertion();
  begin_failure(at);
  Printer() << "Failed\n";
  return false;
}

bool skip(Place at) {
  now.skipped = true;
  Printer() << at.file << ":" << at.line << ": Skipped\n";
  return false;
}

void Fatal::operator=(const Message&) const { now.fatal = true; }

bool add_test(const char* suite, const char* name, Test* (*make)(), void (*set_up_suite)(),
              void (*tear_down_suite)()) {
  auto* entry = kernel::hosted::make_forever<Entry>(suite, name, make, set_up_suite,
                                                    tear_down_suite, nullptr, false);
  if (entry == nullptr) return true;  // the run tells
  (first ? last->next : first) = entry;
  last = entry;
  return true;
}

/// Runs all tests, suite by suite in the order of their first ones.
class Runner {
 public:
  explicit Runner(kernel::System& system) : system_(system) {}

  wire::Status run_all() {
    console = &system_.console;
    for (Entry* at = first; at; at = at->next) {
      if (!at->done && !is_disabled(*at)) run_suite(*at);
    }
    const bool complete = first != nullptr && !kernel::hosted::ran_out();
    if (first == nullptr) console->text("no test is registered\n");
    if (kernel::hosted::ran_out()) console->text("too many tests\n");
    return complete && !failed_ ? wire::Status::pass : wire::Status::fail;
  }

 private:
  void run_suite(Entry& head) {
    now = {};
    head.set_up_suite();
    for (Entry* at = &head; at; at = at->next) {
      if (at->done || is_disabled(*at) || strcmp(at->suite, head.suite) != 0) continue;
      at->done = true;
      run(*at);
    }
    now = {};
    head.tear_down_suite();
    failed_ = failed_ || now.failures > 0;
  }

  void run(const Entry& entry) {
    // What failed while the suite was set up fails its first test: `now` is not cleared here.
    Test* test = entry.make();
    if (!now.fatal && !now.skipped) test->SetUp();
    if (!now.fatal && !now.skipped) test->TestBody();
    test->TearDown();
    delete test;
    const bool bad = now.failures > 0;
    failed_ = failed_ || bad;
    char name[kNameBytes + 1];
    system_.emit.test(full_name(entry, name),
                      bad           ? wire::Status::fail
                      : now.skipped ? wire::Status::skip
                                    : wire::Status::pass,
                      now.assertions, now.failures);
    now = {};
  }

  static constexpr size_t kNameBytes = 120;
  /// "Suite.Name", cut to what there is room for.
  static const char* full_name(const Entry& entry, char* to) {
    size_t size = 0;
    for (const char* part : {entry.suite, ".", entry.name}) {
      for (; *part && size < kNameBytes; ++part) to[size++] = *part;
    }
    to[size] = '\0';
    return to;
  }

  kernel::System& system_;
  bool failed_ = false;
};

}  // namespace internal
}  // namespace testing

extern "C" kernel::hosted::Plan hosted_plan() { return {testing::count_tests(), 0}; }

extern "C" wire::Status hosted_run(kernel::System& system) {
  kernel::hosted::start(system);
  return testing::internal::Runner(system).run_all();
}
