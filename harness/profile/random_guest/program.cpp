#include "profile/random_guest/program.h"

#include <algorithm>

namespace harness::profile {
namespace {

constexpr std::uint64_t kMostInstructions = 60'000;

/// Of a statement and all that it calls, once.
struct Costs {
  std::vector<std::uint64_t> functions, blobs;
};

/// Adds what `statement` executes `times` times in `self`.
class Interpreter {
 public:
  explicit Interpreter(const Program& program) : program_(program) {
    expected_.functions.resize(program.functions.size());
    expected_.places.resize(kPlaces);
  }

  void function(std::uint32_t number, std::uint64_t times) {
    const GuestFunction& one = program_.functions[number];
    Executed& executed = expected_.functions[number];
    executed.calls += times;
    executed.self += 2 * times;  // the first and the last instruction
    for (const Statement& statement : one.body) run(statement, times, executed.self);
    if (one.tail != 0) function(one.tail, times);
  }

  Expected expected_;

 private:
  // Recursion is bounded by the depth of a program's loops and by the number of its functions.
  void run(const Statement& one, std::uint64_t times, std::uint64_t& self) {
    switch (one.kind) {
      case Kind::plain:
        self += one.count * times;
        break;
      case Kind::store:
      case Kind::add_to_memory:
      case Kind::patch_function:
      case Kind::screen:
      case Kind::taken_jump:
        self += times;
        break;
      case Kind::push_pop:
      case Kind::patch_next:
      case Kind::add_to_next:
        self += 2 * times;
        break;
      case Kind::patch_before:
      case Kind::cross_page:
      case Kind::store_across:
      case Kind::patch_across:
        self += 3 * times;
        break;
      case Kind::call:
      case Kind::call_memory:
        self += times;
        function(one.target, times);
        break;
      case Kind::call_register:
        self += 2 * times;
        function(one.target, times);
        break;
      case Kind::loop:
        self += (3 + std::uint64_t{2} * one.count) * times;
        for (const Statement& inner : one.body) run(inner, one.count * times, self);
        break;
      case Kind::fill:
      case Kind::fill_screen:
        self += (7 + std::uint64_t{one.count}) * times;
        break;
      case Kind::run_copy:
        blob(one, times, self);
        break;
      case Kind::interrupt:
        self += times;
        trap(expected_.trap, 3, times);
        break;
      case Kind::bad_opcode:
        self += times;
        trap(expected_.bad_opcode, 2, times);
        break;
      case Kind::divide_by_zero:
        self += times;  // of two, the second fails
        trap(expected_.division, 2, times);
        break;
      case Kind::wait:
        self += 3 * times;
        break;
      case Kind::run_open:
        self += (5 + std::uint64_t{2} * one.count) * times;
        break;
    }
  }

  void blob(const Statement& one, std::uint64_t times, std::uint64_t& self) {
    const Blob& blob = program_.blobs[one.target];
    const std::uint64_t bytes = std::uint64_t{blob.plain} + std::uint64_t{7} * blob.calls + 1;
    self += (12 + bytes) * times;
    Executed& place = expected_.places[one.count];
    place.calls += times;
    place.self += (std::uint64_t{blob.plain} + std::uint64_t{2} * blob.calls + 1) * times;
    if (blob.calls != 0) function(blob.target, blob.calls * times);
  }

  static void trap(Executed& handler, std::uint64_t instructions, std::uint64_t times) {
    handler.calls += times;
    handler.self += instructions * times;
  }

  const Program& program_;
};

std::uint64_t all_of(const Expected& expected) {
  std::uint64_t sum = expected.trap.self + expected.bad_opcode.self + expected.division.self;
  for (const Executed& one : expected.functions) sum += one.self;
  for (const Executed& one : expected.places) sum += one.self;
  return sum;
}

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : state_(seed) {}

  /// From the last function to the first: what they cost is known where they are called.
  Program program() {
    const std::uint32_t functions = 2 + below(kPlaces - 2);
    program_.functions.resize(functions);
    costs_.functions.resize(functions);
    for (std::uint32_t number = functions; number-- > 0;) {
      if (number + 1 < functions) add_blob(number);
      GuestFunction& one = program_.functions[number];
      for (std::uint32_t left = 1 + below(8); left > 0; --left) {
        one.body.push_back(statement(number, 1, 0));
      }
      one.tail = number + 1 < functions && below(4) == 0 ? later(number) : 0;
      Interpreter interpreter(program_);
      interpreter.function(number, 1);
      costs_.functions[number] = all_of(interpreter.expected_);
      if (costs_.functions[number] > kMostInstructions) one = {};
      if (one.body.empty()) costs_.functions[number] = 2;
    }
    return std::move(program_);
  }

 private:
  /// splitmix64 (Steele, Lea, Flood 2014)
  std::uint32_t below(std::uint32_t limit) {
    std::uint64_t x = state_ += 0x9e3779b97f4a7c15;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return static_cast<std::uint32_t>((x ^ x >> 31) >> 33) % limit;
  }
  std::uint32_t later(std::uint32_t number) {
    const auto functions = static_cast<std::uint32_t>(program_.functions.size());
    return number + 1 + below(functions - number - 1);
  }
  [[nodiscard]] bool is_cheap(std::uint64_t cost, std::uint64_t times) const {
    return cost * times < kMostInstructions / 4;
  }

  void add_blob(std::uint32_t number) {
    Blob blob{below(20), below(3) == 0 ? 1 + below(6) : 0, later(number)};
    if (!is_cheap(costs_.functions[blob.target], blob.calls)) blob.calls = 0;
    program_.blobs.push_back(blob);
    costs_.blobs.push_back(200 + blob.calls * costs_.functions[blob.target]);
  }

  /// One of function `number`, in loops of so many turns.
  Statement statement(std::uint32_t number, std::uint64_t times, int depth) {
    constexpr std::uint32_t kKinds = static_cast<std::uint32_t>(Kind::run_open) + 1;
    Statement one;
    one.kind = static_cast<Kind>(below(kKinds));
    const bool is_last = number + 1 == program_.functions.size();
    switch (one.kind) {
      case Kind::call:
      case Kind::call_register:
      case Kind::call_memory:
        if (is_last) return {Kind::plain, 1};
        one.target = later(number);
        if (!is_cheap(costs_.functions[one.target], times)) return {Kind::plain, 2};
        return one;
      case Kind::patch_function:
        one.target = below(static_cast<std::uint32_t>(program_.functions.size()));
        return one;
      case Kind::run_copy:
        if (program_.blobs.empty()) return {Kind::push_pop};
        one.target = below(static_cast<std::uint32_t>(program_.blobs.size()));
        one.count = number;  // what it calls may copy other code, and must not copy it over this
        if (!is_cheap(costs_.blobs[one.target], times)) return {Kind::push_pop};
        return one;
      case Kind::loop: {
        if (depth == 2) return {Kind::store};
        one.count = 1 + below(depth == 0 ? 30 : 6);
        for (std::uint32_t left = 1 + below(4); left > 0; --left) {
          one.body.push_back(statement(number, times * one.count, depth + 1));
        }
        return one;
      }
      case Kind::run_open:
        if (depth > 0) return {Kind::plain, 3};
        one.count = 1 + below(5'000);
        return one;
      default:
        one.count = below(20);
        return one;
    }
  }

  std::uint64_t state_;
  Program program_;
  Costs costs_;
};

}  // namespace

Program random_program(std::uint64_t seed) { return Generator(seed).program(); }

Expected interpret(const Program& program) {
  Interpreter interpreter(program);
  interpreter.function(0, 1);
  return interpreter.expected_;
}

}  // namespace harness::profile
