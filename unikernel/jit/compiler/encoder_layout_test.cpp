// Where things end up when an Encoder is done: jumps and their length, labels, tables, constants,
// calls, and what of it depends on the address.
#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <set>

#include "compiler/testing/machine_code.h"

namespace jit {
namespace {

using namespace x86_32;
using testing::Bytes;
using testing::decode;
using testing::Decoded;
using testing::Program;

constexpr uint32_t kAddress = 0x0040'0000;

/// `count` instructions of one byte.
void fill(Encoder& e, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) e.cdq();
}

std::vector<Decoded> code_of(const Program& program, uint32_t address = kAddress) {
  Bytes bytes = program.finish(address);
  bytes.resize(program.encoder.size());
  const std::vector<Decoded> all = decode(bytes, address);
  uint32_t sum = 0;
  for (const Decoded& d : all) sum += d.size;
  EXPECT_EQ(sum, bytes.size()) << "not all of it is code";
  return all;
}

uint32_t word_at(const Bytes& bytes, uint32_t at) {
  uint32_t word = 0;
  for (int i = 3; i >= 0; --i) word = word << 8 | bytes[at + static_cast<uint32_t>(i)];
  return word;
}

// ---- one jump

void jump(Encoder& e, bool conditional, CodeLabel to) {
  conditional ? e.jump_if(Condition::less, to) : e.jump(to);
}

TEST(Jumps, ForwardAreShortUpTo127Bytes) {
  for (const bool conditional : {false, true}) {
    for (uint32_t between = 0; between < 300; ++between) {
      Program program;
      Encoder& e = program.encoder;
      const CodeLabel to = e.label();
      jump(e, conditional, to);
      fill(e, between);
      e.bind(to);
      e.ret();
      e.shorten();
      const std::vector<Decoded> all = code_of(program);
      ASSERT_EQ(all.size(), between + 2);
      EXPECT_EQ(all[0].size, between <= 127 ? 2U : conditional ? 6U : 5U) << between;
      EXPECT_EQ(all[0].mnemonic, conditional ? "jl" : "jmp");
      EXPECT_EQ(all[0].immediate, kAddress + all.back().at) << between;
      EXPECT_EQ(e.label_offset(to), all.back().at);
    }
  }
}

TEST(Jumps, BackwardAreShortUpTo128Bytes) {
  for (const bool conditional : {false, true}) {
    for (uint32_t between = 0; between < 300; ++between) {
      Program program;
      Encoder& e = program.encoder;
      e.ret();
      const CodeLabel to = e.label();
      e.bind(to);
      fill(e, between);
      jump(e, conditional, to);
      e.shorten();
      const std::vector<Decoded> all = code_of(program);
      ASSERT_EQ(all.size(), between + 2);
      // Its own two bytes count.
      EXPECT_EQ(all.back().size, between + 2 <= 128 ? 2U : conditional ? 6U : 5U) << between;
      EXPECT_EQ(all.back().immediate, kAddress + 1) << between;
      EXPECT_EQ(e.label_offset(to), 1U);
    }
  }
}

struct NamedCondition {
  Condition condition;
  const char* name;
};
constexpr NamedCondition kConditions[] = {
    {Condition::overflow, "o"},     {Condition::no_overflow, "no"},
    {Condition::below, "b"},        {Condition::above_equal, "ae"},
    {Condition::equal, "e"},        {Condition::not_equal, "ne"},
    {Condition::below_equal, "be"}, {Condition::above, "a"},
    {Condition::negative, "s"},     {Condition::not_negative, "ns"},
    {Condition::parity, "p"},       {Condition::no_parity, "np"},
    {Condition::less, "l"},         {Condition::greater_equal, "ge"},
    {Condition::less_equal, "le"},  {Condition::greater, "g"}};

TEST(Jumps, OfAllConditionsKeepThemInBothLengths) {
  for (const NamedCondition& c : kConditions) {
    for (const uint32_t between : {0U, 1000U}) {
      Program program;
      const CodeLabel to = program.encoder.label();
      program.encoder.jump_if(c.condition, to);
      fill(program.encoder, between);
      program.encoder.bind(to);
      program.encoder.ret();
      program.encoder.shorten();
      const std::vector<Decoded> all = code_of(program);
      EXPECT_EQ(all[0].mnemonic, std::string("j") + c.name);
      EXPECT_EQ(all[0].size, between == 0 ? 2U : 6U);
      EXPECT_EQ(all[0].immediate, kAddress + all.back().at);
    }
  }
}

TEST(Jumps, ToThemselvesAndToWhatIsNextAreShort) {
  Program program;
  Encoder& e = program.encoder;
  const CodeLabel self = e.label(), next = e.label();
  e.bind(self);
  e.jump(self);
  e.jump(next);
  e.bind(next);
  e.shorten();
  const std::vector<Decoded> all = code_of(program);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].text, "jmp 0x400000");
  EXPECT_EQ(all[1].text, "jmp 0x400004");
  EXPECT_EQ(e.size(), 4U);
}

// ---- many jumps

/// A jump over the next one, over the next one, and so on: each fits only when the next is short.
uint32_t size_of_forward_chain(uint32_t jumps, uint32_t between) {
  Program program(8U << 20);
  Encoder& e = program.encoder;
  std::vector<CodeLabel> labels;
  for (uint32_t k = 0; k < jumps; ++k) labels.push_back(e.label());
  for (uint32_t k = 0; k < jumps; ++k) {
    e.jump(labels[k]);
    if (k > 0) e.bind(labels[k - 1]);
    fill(e, between);
  }
  e.bind(labels.back());
  e.ret();
  e.shorten();
  const std::vector<Decoded> all = code_of(program);
  for (uint32_t k = 0, seen = 0; k < all.size(); ++k) {
    if (all[k].mnemonic != "jmp") continue;
    EXPECT_EQ(all[k].immediate - kAddress, e.label_offset(labels[seen]));
    ++seen;
  }
  return e.size();
}

TEST(Jumps, AreShortWhereOthersThatAreShortBringTheirTargetsNear) {
  for (uint32_t jumps = 1; jumps < 30; ++jumps) {
    // 125 + 2 bytes of the next jump are 127; the last one has 125 to its target.
    EXPECT_EQ(size_of_forward_chain(jumps, 125), jumps * (125 + 2) + 1);
    // 126 + 2 are too far, except for the last.
    EXPECT_EQ(size_of_forward_chain(jumps, 126), jumps * (126 + 5) - 3 + 1);
  }
}

TEST(Jumps, InALongChainStayCorrectAndTheWorkBounded) {
  const uint32_t jumps = 1000;
  const uint32_t size = size_of_forward_chain(jumps, 125);
  EXPECT_GE(size, jumps * (125 + 2) + 1);
  EXPECT_LE(size, jumps * (125 + 5) + 1);
}

TEST(Jumps, BackwardInAChainAreShort) {
  for (uint32_t jumps = 2; jumps < 30; ++jumps) {
    Program program;
    Encoder& e = program.encoder;
    CodeLabel before = e.label();
    e.bind(before);
    for (uint32_t k = 0; k < jumps; ++k) {
      const CodeLabel here = e.label();
      fill(e, 124);
      e.bind(here);
      e.jump_if(Condition::above, before);  // over the jump before it: 2 + 124 + 2 bytes
      before = here;
    }
    e.shorten();
    EXPECT_EQ(e.size(), jumps * 126);
    (void)code_of(program);
  }
}

// ---- anything, in any order

struct Anything {
  std::vector<uint32_t> starts;  // of instructions, as emitted
  std::vector<CodeLabel> labels;
  struct Jump {
    uint32_t instruction;
    CodeLabel to;
  };
  std::vector<Jump> jumps;
  struct Call {
    uint32_t instruction, address;
  };
  std::vector<Call> calls;
  struct Operand {
    uint32_t instruction, offset;
    Bytes bytes;  // what is there
    std::vector<CodeLabel> table;
  };
  std::vector<Operand> operands;
};

Anything emit_anything(Encoder& e, uint32_t seed, uint32_t length) {
  std::mt19937 random(seed);
  const auto below = [&](uint32_t n) { return static_cast<uint32_t>(random() % n); };
  Anything made;
  const uint32_t labels = 2 + below(20);
  for (uint32_t k = 0; k < labels; ++k) made.labels.push_back(e.label());
  std::multiset<uint32_t> places;
  for (uint32_t k = 0; k < labels; ++k) places.insert(below(length + 1));
  uint32_t bound = 0;
  std::vector<CodeLabel> order = made.labels;
  std::shuffle(order.begin(), order.end(), random);
  const uint32_t filler = 1 + below(40);
  const auto start = [&] { made.starts.push_back(e.position()); };
  const auto instruction = [&] { return static_cast<uint32_t>(made.starts.size()) - 1; };
  for (uint32_t k = 0; k <= length; ++k) {
    for (uint32_t n = static_cast<uint32_t>(places.count(k)); n > 0; --n) e.bind(order[bound++]);
    if (k == length) break;
    switch (below(12)) {
      case 0:
      case 1:
      case 2: {
        start();
        const CodeLabel to = made.labels[below(labels)];
        made.jumps.push_back({instruction(), to});
        below(2) == 0 ? e.jump(to) : e.jump_if(static_cast<Condition>(below(16)), to);
        break;
      }
      case 3: {
        start();
        const uint32_t number = below(9);
        const bool service = below(2) == 0;
        made.calls.push_back({instruction(), service ? Program::service_address(number)
                                                     : Program::function_address(number)});
        e.call(service ? Target::service : Target::function, number);
        break;
      }
      case 4: {
        start();
        Bytes bytes(4U << below(3));
        for (uint8_t& b : bytes) b = static_cast<uint8_t>(below(3) == 0 ? below(3) : 0);
        const auto size = static_cast<uint32_t>(bytes.size());
        const Place place = e.constant(bytes.data(), size, size);
        made.operands.push_back(
            {instruction(), static_cast<uint32_t>(place.memory.offset), bytes, {}});
        e.op(op::movups, static_cast<Register>(below(8)), place);
        break;
      }
      case 5: {
        start();
        std::vector<CodeLabel> to;
        for (uint32_t n = 1 + below(6); n > 0; --n) to.push_back(made.labels[below(labels)]);
        const uint32_t table = e.table({to.data(), static_cast<uint32_t>(to.size())});
        made.operands.push_back({instruction(), table, {}, to});
        e.jump_to(e.table_entry(table, static_cast<Register>(below(4))));
        break;
      }
      default:
        for (uint32_t n = below(filler); n > 0; --n) {
          start();
          e.cdq();
        }
    }
  }
  start();
  e.ret();
  return made;
}

TEST(Layout, OfAnythingIsWhatTheEncoderSays) {
  uint32_t shorts = 0, longs = 0;
  for (uint32_t seed = 0; seed < 600; ++seed) {
    Program program(1U << 17);
    Encoder& e = program.encoder;
    const Anything made = emit_anything(e, seed, 10 + seed % 70);
    ASSERT_TRUE(e.good());
    e.shorten();
    const Bytes bytes = program.finish(kAddress);
    const std::vector<Decoded> code = code_of(program);
    ASSERT_EQ(code.size(), made.starts.size()) << seed;
    for (uint32_t k = 0; k < code.size(); ++k) {
      EXPECT_EQ(e.final_offset(made.starts[k]), code[k].at) << seed;
    }
    for (const Anything::Jump& jump : made.jumps) {
      const Decoded& d = code[jump.instruction];
      const uint32_t target = e.label_offset(jump.to);
      EXPECT_EQ(d.immediate, kAddress + target) << seed << ": " << d.text;
      d.size == 2 ? ++shorts : ++longs;
      if (d.size == 2) continue;
      // It would not fit, were it short.
      const int32_t behind = static_cast<int32_t>(d.at + (target <= d.at ? 2 : d.size));
      const int32_t distance = static_cast<int32_t>(target) - behind;
      EXPECT_TRUE(distance < -128 || distance > 127) << seed << ": " << d.text << ' ' << distance;
    }
    for (const Anything::Call& call : made.calls) {
      EXPECT_EQ(code[call.instruction].immediate, call.address) << seed;
      EXPECT_EQ(code[call.instruction].mnemonic, "call");
    }
    for (const Anything::Operand& o : made.operands) {
      const Decoded& d = code[o.instruction];
      const uint32_t at = e.constants_offset() + o.offset;
      EXPECT_EQ(d.displacement, kAddress + at) << seed << ": " << d.text;
      ASSERT_LE(at + o.bytes.size() + 4 * o.table.size(), e.total());
      for (uint32_t k = 0; k < o.bytes.size(); ++k) {
        EXPECT_EQ(bytes[at + k], o.bytes[k]) << seed << ": " << d.text << ", byte " << k;
      }
      if (!o.bytes.empty()) {
        EXPECT_EQ(at % o.bytes.size(), 0U) << "a constant not at a multiple of its size";
      }
      for (uint32_t k = 0; k < o.table.size(); ++k) {
        EXPECT_EQ(word_at(bytes, at + 4 * k), kAddress + e.label_offset(o.table[k])) << seed;
      }
    }
    if (e.constant_bytes() != 0) {
      EXPECT_EQ(e.constants_offset() % 16, 0U);
      EXPECT_EQ(e.total(), e.constants_offset() + e.constant_bytes());
      for (uint32_t k = e.size(); k < e.constants_offset(); ++k) EXPECT_EQ(bytes[k], 0xCC);
    } else {
      EXPECT_EQ(e.total(), e.size());
    }
  }
  EXPECT_GT(shorts, 1000U);
  EXPECT_GT(longs, 1000U);
}

TEST(Layout, DependsOnTheAddressInReferencesAlone) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    Program program(1U << 17);
    Encoder& e = program.encoder;
    const Anything made = emit_anything(e, seed, 60);
    e.shorten();
    constexpr uint32_t kOther = 0x0767'89A0;
    const Bytes one = program.finish(kAddress), two = program.finish(kOther);
    ASSERT_EQ(one.size(), two.size());
    std::set<uint32_t> references;  // where words may differ
    const auto refer = [&](uint32_t at, uint32_t by) {
      references.insert(at);
      EXPECT_EQ(word_at(two, at) - word_at(one, at), by) << seed;
    };
    for (const Reference& r : e.references()) {
      switch (r.target) {
        case Target::label:
          refer(e.constants_offset() + r.at, kOther - kAddress);
          break;
        case Target::constants:
          refer(e.final_offset(r.at), kOther - kAddress);
          break;
        case Target::function:
        case Target::service:
        case Target::code:
          refer(e.final_offset(r.at), kAddress - kOther);
          break;
      }
    }
    size_t expected = made.calls.size() + made.operands.size();
    for (const Anything::Operand& o : made.operands) expected += o.table.size();
    EXPECT_EQ(references.size(), expected);
    for (const uint32_t at : references) {
      for (uint32_t k = 0; k < 4; ++k) EXPECT_TRUE(at + k < one.size());
    }
    Bytes a = one, b = two;
    for (const uint32_t at : references) {
      std::fill_n(a.begin() + at, 4, uint8_t{0});
      std::fill_n(b.begin() + at, 4, uint8_t{0});
    }
    EXPECT_EQ(a, b) << seed;
  }
}

TEST(Layout, IsTheSameEachTime) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    Program one(1U << 17), two(1U << 18);
    (void)emit_anything(one.encoder, seed, 60);
    (void)emit_anything(two.encoder, seed, 60);
    one.encoder.shorten();
    two.encoder.shorten();
    EXPECT_EQ(one.finish(kAddress), two.finish(kAddress));
    EXPECT_EQ(one.finish(kAddress), one.finish(kAddress));
  }
}

// ---- constants

uint32_t offset_of(const Place& constant) { return static_cast<uint32_t>(constant.memory.offset); }

TEST(Constants, ThatAreTheSameAreThereOnce) {
  Program program;
  Encoder& e = program.encoder;
  const uint8_t sixteen[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  EXPECT_EQ(offset_of(e.constant(sixteen, 16, 16)), 0U);
  EXPECT_EQ(offset_of(e.constant(sixteen, 16, 16)), 0U);
  EXPECT_EQ(offset_of(e.constant(sixteen + 8, 8, 8)), 8U);
  EXPECT_EQ(offset_of(e.constant(sixteen + 4, 4, 4)), 4U);
  // There, but not at a multiple of its alignment.
  EXPECT_EQ(offset_of(e.constant(sixteen + 2, 4, 4)), 16U);
  EXPECT_EQ(offset_of(e.constant(sixteen + 4, 8, 8)), 24U);
  EXPECT_EQ(e.constant_bytes(), 32U);
}

TEST(Constants, AreNotSharedWithTables) {
  // A table is zero until it has its address: a zero found there would not stay one.
  Program program;
  Encoder& e = program.encoder;
  const CodeLabel here = e.label();
  e.bind(here);
  const std::vector<CodeLabel> labels(8, here);
  const uint32_t table = e.table({labels.data(), 8});
  for (const uint32_t size : {4U, 8U, 16U}) {
    const uint8_t zero[16] = {};
    const Place place = e.constant(zero, size, size);
    EXPECT_TRUE(offset_of(place) >= table + 32 || offset_of(place) + size <= table) << size;
    e.op(op::ucomiss, 0, place);
  }
  e.shorten();
  const Bytes bytes = program.finish(kAddress);
  for (uint32_t k = 0; k < 8; ++k) {
    EXPECT_EQ(word_at(bytes, e.constants_offset() + table + 4 * k), kAddress);
  }
}

TEST(Constants, InGreatNumberTakeBoundedWork) {
  Program program(8U << 20);
  Encoder& e = program.encoder;
  for (uint32_t k = 0; k < 50'000; ++k) {
    uint8_t bytes[16] = {};
    std::memcpy(bytes, &k, sizeof k);
    bytes[15] = 1;
    const Place place = e.constant(bytes, 16, 16);
    EXPECT_EQ(offset_of(place), k * 16);
    EXPECT_EQ(offset_of(e.constant(bytes, 16, 16)), k * 16);
  }
  EXPECT_TRUE(e.good());
}

TEST(Tables, OfLabelsFarAndNearHaveTheirAddresses) {
  Program program;
  Encoder& e = program.encoder;
  std::vector<CodeLabel> labels;
  for (int k = 0; k < 5; ++k) labels.push_back(e.label());
  const uint32_t table = e.table({labels.data(), 5});
  for (const Register index : {eax, ecx, edx, ebx, ebp, esi, edi}) {
    e.jump_to(e.table_entry(table, index));
  }
  for (int k = 0; k < 5; ++k) {
    e.jump(labels[4 - static_cast<size_t>(k)]);
    fill(e, 60);
    e.bind(labels[static_cast<size_t>(k)]);
  }
  e.ret();
  e.shorten();
  static constexpr const char* kNames[] = {"eax", "ecx", "edx", "ebx", "ebp", "esi", "edi"};
  const std::vector<Decoded> code = code_of(program);
  const Bytes bytes = program.finish(kAddress);
  for (uint32_t k = 0; k < 7; ++k) {
    EXPECT_EQ(code[k].size, 7U);
    EXPECT_EQ(code[k].displacement, kAddress + e.constants_offset() + table);
    EXPECT_TRUE(code[k].text.starts_with(std::string("jmp 4[") + kNames[k] + "*4+"))
        << code[k].text;
  }
  for (uint32_t k = 0; k < 5; ++k) {
    const uint32_t address = word_at(bytes, e.constants_offset() + table + 4 * k);
    EXPECT_EQ(address, kAddress + e.label_offset(labels[k]));
    bool is_start = false;
    for (const Decoded& d : code) is_start |= kAddress + d.at == address;
    EXPECT_TRUE(is_start);
  }
}

// ---- calls

TEST(Calls, GoWhereTheyAreResolvedTo) {
  Program program;
  Encoder& e = program.encoder;
  const CodeLabel end = e.label();
  e.jump(end);  // gets shorter: what is behind it moves
  e.call(Target::function, 3);
  e.jump_if(Condition::equal, end);
  e.call(Target::service, 2);
  e.jump(Target::service, 1);
  e.jump(Target::function, 7);
  e.jump_if(Condition::below, Target::service, 2);
  e.bind(end);
  e.ret();
  e.shorten();
  const std::vector<Decoded> code = code_of(program);
  ASSERT_EQ(code.size(), 8U);
  EXPECT_EQ(code[1].mnemonic, "call");
  EXPECT_EQ(code[1].immediate, Program::function_address(3));
  EXPECT_EQ(code[3].mnemonic, "call");
  EXPECT_EQ(code[3].immediate, Program::service_address(2));
  EXPECT_EQ(code[4].mnemonic, "jmp");
  EXPECT_EQ(code[4].immediate, Program::service_address(1));
  EXPECT_EQ(code[5].mnemonic, "jmp");
  EXPECT_EQ(code[5].immediate, Program::function_address(7));
  EXPECT_EQ(code[6].mnemonic, "jb");
  EXPECT_EQ(code[6].immediate, Program::service_address(2));
  std::vector<uint32_t> functions;
  for (const Reference& r : e.references()) {
    if (r.target != Target::function) continue;
    functions.push_back(r.number);
    // Behind the opcode, at the end of its instruction.
    const Decoded& d = code[r.number == 3 ? 1 : 5];
    EXPECT_EQ(e.final_offset(r.at), d.at + 1);
  }
  EXPECT_EQ(functions, (std::vector<uint32_t>{3, 7}));
}

// ---- where memory ends

TEST(Arena, ThatIsFullIsToldAndNothingIsDamaged) {
  Program large(1U << 18);
  (void)emit_anything(large.encoder, 7, 80);
  large.encoder.shorten();
  const Bytes whole = large.finish(kAddress);
  uint32_t full = 0, good = 0;
  for (size_t memory = 0; memory < 12'000; memory += 7) {
    Program program(memory);
    // Operands by number: an anything that reads back what it cannot have made is no test.
    (void)emit_anything(program.encoder, 7, 80);
    program.encoder.shorten();
    if (!program.encoder.good()) {
      ++full;
      EXPECT_EQ(good, 0U) << "less memory was enough";
      continue;
    }
    ++good;
    EXPECT_EQ(program.finish(kAddress), whole);
  }
  EXPECT_GT(full, 100U);
  EXPECT_GT(good, 100U);
}

TEST(Arena, ThatIsFullIsToldWhateverListItWasThatDidNotGrow) {
  const uint8_t bytes[16] = {1, 2, 3};
  const auto emit = [&](Encoder& e, int way) {
    switch (way) {
      case 0: {
        const CodeLabel label = e.label();
        e.bind(label);
        e.jump(label);
        break;
      }
      case 1: {
        const CodeLabel label = e.label();
        e.bind(label);
        e.jump_if(Condition::equal, label);
        break;
      }
      case 2:
        e.call(Target::function, 1);
        break;
      case 3:
        e.push(e.constant(bytes, 16, 16));
        break;
      case 4: {
        const CodeLabel label = e.label();
        e.bind(label);
        (void)e.table({&label, 1});
        break;
      }
      case 5:
        (void)e.constant(bytes, 1, 1);
        (void)e.constant(bytes, 16, 16);
        break;
      case 6:
        for (int k = 0; k < 9; ++k) (void)e.label();
        break;
      default:
        e.ret();
    }
  };
  for (int way = 0; way < 8; ++way) {
    Program large;
    emit(large.encoder, way);
    large.encoder.shorten();
    const Bytes whole = large.finish(kAddress);
    bool was_good = false;
    for (size_t memory = 0; memory < 600; ++memory) {
      Program program(memory);
      emit(program.encoder, way);
      program.encoder.shorten();
      EXPECT_TRUE(program.encoder.good() || !was_good);
      was_good = program.encoder.good();
      if (was_good) {
        EXPECT_EQ(program.finish(kAddress), whole) << way << ' ' << memory;
      }
    }
    EXPECT_TRUE(was_good) << way;
  }
}

TEST(Arena, OfNoBytesMakesNoCode) {
  Program program(0);
  Encoder& e = program.encoder;
  const CodeLabel label = e.label();
  EXPECT_FALSE(e.good());
  e.bind(label);
  e.jump(label);
  e.jump_if(Condition::equal, label);
  e.call(Target::function, 0);
  const uint8_t bytes[16] = {};
  e.op(op::movups, 0, e.constant(bytes, 16, 16));
  e.jump_to(e.table_entry(e.table({&label, 1}), eax));
  e.shorten();
  EXPECT_FALSE(e.good());
  EXPECT_EQ(e.size(), 0U);
}

TEST(Labels, ThatAreNeverBoundAreToldWhereSomethingGoesThere) {
  for (const int way : {0, 1, 2}) {
    Program program;
    Encoder& e = program.encoder;
    const CodeLabel nowhere = e.label();
    if (way == 0) e.jump(nowhere);
    if (way == 1) e.jump_to(e.table_entry(e.table({&nowhere, 1}), eax));
    e.ret();
    e.shorten();
    EXPECT_EQ(e.good(), way == 2);
  }
}

}  // namespace
}  // namespace jit
