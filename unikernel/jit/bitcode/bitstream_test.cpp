// Streams written bit by bit: what is read of them, and what is refused.
#include "bitcode/bitstream.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace jit::bitcode {
namespace {

/// Writes fields from the lowest bit on, as LLVM does.
class Writer {
 public:
  Writer& fixed(std::uint64_t value, unsigned width) {
    for (unsigned i = 0; i < width; ++i) bits_.push_back((value >> i & 1) != 0);
    return *this;
  }
  Writer& vbr(std::uint64_t value, unsigned width) {
    const std::uint64_t high = std::uint64_t{1} << (width - 1);
    for (; value >= high; value >>= width - 1) fixed((value & (high - 1)) | high, width);
    return fixed(value, width);
  }
  Writer& align() {
    while (bits_.size() % 32 != 0) bits_.push_back(false);
    return *this;
  }
  /// A block of what `inside` writes, with ids of abbreviations 3 bits wide.
  template <class Inside>
  Writer& block(unsigned id, unsigned outer_width, Inside inside) {
    Writer content;
    inside(content);
    content.fixed(0, 3).align();
    fixed(1, outer_width).vbr(id, 8).vbr(3, 4).align().fixed(content.bits_.size() / 32, 32);
    bits_.insert(bits_.end(), content.bits_.begin(), content.bits_.end());
    return *this;
  }
  [[nodiscard]] std::vector<std::uint8_t> bytes() const {
    std::vector<std::uint8_t> all((bits_.size() + 31) / 32 * 4);
    for (std::size_t i = 0; i < bits_.size(); ++i) {
      if (bits_[i]) all[i / 8] |= static_cast<std::uint8_t>(1U << i % 8);
    }
    return all;
  }

 private:
  std::vector<bool> bits_;
};

/// All records of all blocks, "code:a,b" each, then the fault.
std::string read_all(const std::vector<std::uint8_t>& bytes, const BlockInfo& info = {}) {
  std::string all;
  BitReader in({bytes.data(), static_cast<std::uint32_t>(bytes.size())}, info);
  while (!in.at_end()) {
    const Entry entry = in.next();
    if (entry != Entry::block) break;
    const BitReader::Outer outer = in.enter();
    for (Entry inner = in.next(); inner != Entry::end; inner = in.next()) {
      if (inner == Entry::block) {
        all += "[" + std::to_string(in.block().id) + "] ";
        in.skip();
        continue;
      }
      all += std::to_string(in.code()) + ":";
      while (in.more()) all += std::to_string(in.operand()) + ",";
      if (in.blob().size != 0) all += "'" + std::string(in.blob().data, in.blob().size) + "'";
      all += " ";
    }
    in.leave(outer);
  }
  const Text why = in.fault().what.text();
  return all + std::string(why.data, why.size);
}

std::string read_block(const std::function<void(Writer&)>& inside) {
  Writer writer;
  writer.block(8, 2, inside);
  return read_all(writer.bytes());
}

TEST(Bitstream, RecordsInFull) {
  EXPECT_EQ(read_block([](Writer& w) {
              w.fixed(3, 3).vbr(5, 6).vbr(3, 6).vbr(1, 6).vbr(1000000, 6).vbr(~0ULL, 6);
              w.fixed(3, 3).vbr(77, 6).vbr(0, 6);
            }),
            "5:1,1000000,18446744073709551615, 77: ");
}

TEST(Bitstream, RecordsThroughAbbreviations) {
  EXPECT_EQ(read_block([](Writer& w) {
              // [literal 9, fixed 4, vbr 6, array of char6]
              w.fixed(2, 3).vbr(5, 5).fixed(1, 1).vbr(9, 8);
              w.fixed(0, 1).fixed(1, 3).vbr(4, 5).fixed(0, 1).fixed(2, 3).vbr(6, 5);
              w.fixed(0, 1).fixed(3, 3).fixed(0, 1).fixed(4, 3);
              w.fixed(4, 3).fixed(13, 4).vbr(100, 6).vbr(2, 6).fixed(0, 6).fixed(63, 6);
              // [fixed 3, blob]
              w.fixed(2, 3).vbr(2, 5).fixed(0, 1).fixed(1, 3).vbr(3, 5).fixed(0, 1).fixed(5, 3);
              w.fixed(5, 3).fixed(6, 3).vbr(2, 6).align().fixed('h', 8).fixed('i', 8).align();
            }),
            "9:13,100,97,95, 6:'hi' ");
}

/// A record of code 9 with these elements: in full (0), or in an array of fields of so many bits;
/// and before it so many bits that are of no interest.
std::vector<std::uint8_t> array_of(const std::vector<std::uint8_t>& elements, unsigned width,
                                   unsigned before) {
  return Writer()
      .block(8, 2,
             [&](Writer& w) {
               // Abbreviation 4: a code and `before` bits. Abbreviation 5: a code and the array.
               w.fixed(2, 3).vbr(2, 5).fixed(1, 1).vbr(1, 8).fixed(0, 1).fixed(1, 3).vbr(before, 5);
               if (width != 0) {
                 w.fixed(2, 3).vbr(3, 5).fixed(1, 1).vbr(9, 8).fixed(0, 1).fixed(3, 3);
                 w.fixed(0, 1).fixed(1, 3).vbr(width, 5);
               }
               w.fixed(4, 3).fixed(0, before);
               if (width != 0) {
                 w.fixed(5, 3).vbr(elements.size(), 6);
                 for (const std::uint8_t e : elements) w.fixed(e, width);
               } else {
                 w.fixed(3, 3).vbr(9, 6).vbr(elements.size(), 6);
                 for (const std::uint8_t e : elements) w.vbr(e, 6);
               }
             })
      .bytes();
}

TEST(Bitstream, BytesAreTakenAtOnceAsOneByOne) {
  for (const unsigned width : {0U, 1U, 5U, 7U, 8U}) {
    for (const std::size_t size : {0U, 1U, 2U, 3U, 31U, 32U, 33U, 100U, 1000U}) {
      std::vector<std::uint8_t> elements(size);
      const unsigned mask = width == 0 ? 255 : (1U << width) - 1;
      for (std::size_t i = 0; i < size; ++i)
        elements[i] = static_cast<std::uint8_t>((i * 37 + 5) & mask);
      for (unsigned before = 1; before <= 32; ++before) {
        const std::vector<std::uint8_t> bytes = array_of(elements, width, before);
        for (const std::size_t first : {std::size_t{0}, std::size_t{1}, size / 2, size}) {
          if (first > size) continue;
          const BlockInfo info;
          BitReader in({bytes.data(), static_cast<std::uint32_t>(bytes.size())}, info);
          ASSERT_EQ(in.next(), Entry::block);
          in.enter();
          ASSERT_EQ(in.next(), Entry::record);
          ASSERT_EQ(in.next(), Entry::record) << width << ' ' << size << ' ' << before;
          ASSERT_EQ(in.code(), 9U);
          std::vector<std::uint8_t> taken(size + 1, 0xEE);
          in.take_bytes(taken.data(), static_cast<std::uint32_t>(first));
          if (first < size) taken[first] = static_cast<std::uint8_t>(in.operand());
          const std::size_t begin = first < size ? first + 1 : first;
          in.take_bytes(taken.data() + begin, static_cast<std::uint32_t>(size - begin));
          EXPECT_FALSE(in.more());
          EXPECT_EQ(taken[size], 0xEE);
          taken.resize(size);
          EXPECT_EQ(taken, elements) << width << ' ' << size << ' ' << before << ' ' << first;
          EXPECT_FALSE(in.failed());
          std::uint8_t one = 0;
          in.take_bytes(&one, 1);
          EXPECT_TRUE(in.failed()) << "there are no more";
        }
      }
    }
  }
}

TEST(Bitstream, BlocksAreSkippedByTheirLength) {
  EXPECT_EQ(read_block([](Writer& w) {
              w.block(50, 3, [](Writer& inner) { inner.fixed(0xFFFFFFF8, 32); });
            }),
            "[50] ");
}

TEST(Bitstream, CountsAreHeldAgainstTheBitsThatRemain) {
  EXPECT_EQ(read_block([](Writer& w) { w.fixed(3, 3).vbr(5, 6).vbr(1000, 6); }),
            "a record is longer than its block");
  EXPECT_EQ(read_block([](Writer& w) {
              w.fixed(2, 3).vbr(3, 5).fixed(1, 1).vbr(9, 8);
              w.fixed(0, 1).fixed(3, 3).fixed(0, 1).fixed(4, 3).fixed(4, 3).vbr(1 << 20, 6);
            }),
            "an array is longer than its block");
  EXPECT_EQ(read_block([](Writer& w) {
              w.fixed(2, 3).vbr(2, 5).fixed(1, 1).vbr(9, 8).fixed(0, 1).fixed(5, 3);
              w.fixed(4, 3).vbr(1 << 20, 6);
            }),
            "a blob is longer than its block");
  Writer longer;
  longer.fixed(1, 2).vbr(8, 8).vbr(3, 4).align().fixed(1000, 32);
  EXPECT_EQ(read_all(longer.bytes()), "a block is longer than what it is in");
}

TEST(Bitstream, AbbreviationsThatCannotBeAreRefused) {
  EXPECT_EQ(read_block([](Writer& w) { w.fixed(2, 3).vbr(0, 5); }),
            "an abbreviation has no operands, or too many");
  EXPECT_EQ(read_block([](Writer& w) { w.fixed(2, 3).vbr(1, 5).fixed(0, 1).fixed(7, 3); }),
            "an abbreviation has an unknown encoding");
  EXPECT_EQ(
      read_block([](Writer& w) { w.fixed(2, 3).vbr(1, 5).fixed(0, 1).fixed(1, 3).vbr(33, 5); }),
      "an abbreviation has a field of that width");
  EXPECT_EQ(read_block([](Writer& w) { w.fixed(2, 3).vbr(1, 5).fixed(0, 1).fixed(3, 3); }),
            "an abbreviation has an array or a blob where it cannot be");
  // An array of arrays, and an array of literals, which would take no bits.
  EXPECT_EQ(
      read_block([](Writer& w) {
        w.fixed(2, 3).vbr(3, 5).fixed(1, 1).vbr(1, 8).fixed(0, 1).fixed(3, 3).fixed(0, 1).fixed(3,
                                                                                                3);
      }),
      "an abbreviation has an array or a blob where it cannot be");
  EXPECT_EQ(read_block([](Writer& w) {
              w.fixed(2, 3).vbr(3, 5).fixed(1, 1).vbr(1, 8).fixed(0, 1).fixed(3, 3).fixed(1, 1).vbr(
                  7, 8);
            }),
            "an abbreviation has an array or a blob where it cannot be");
  EXPECT_EQ(read_block([](Writer& w) { w.fixed(5, 3); }), "an abbreviation that is not defined");
}

TEST(Bitstream, NumbersHave64Bits) {
  EXPECT_EQ(read_block([](Writer& w) {
              w.fixed(3, 3).vbr(5, 6).vbr(1, 6);
              for (int i = 0; i < 14; ++i) w.fixed(63, 6);
              w.fixed(1, 6);
            }),
            "5:0, a number has more than 64 bits");
}

TEST(Bitstream, EndsAreWhereHeadersSay) {
  Writer writer;
  writer.fixed(1, 2).vbr(8, 8).vbr(3, 4).align().fixed(2, 32).fixed(0, 3).align().fixed(0, 32);
  EXPECT_EQ(read_all(writer.bytes()), "a block is not as long as its header says");
}

TEST(Bitstream, InformationOnBlocksAddsAbbreviations) {
  Writer writer;
  writer.block(0, 2, [](Writer& w) {
    w.fixed(3, 3).vbr(1, 6).vbr(1, 6).vbr(8, 6);  // of blocks 8
    w.fixed(2, 3).vbr(2, 5).fixed(1, 1).vbr(4, 8).fixed(0, 1).fixed(1, 3).vbr(5, 5);
  });
  const std::vector<std::uint8_t> bytes = writer.bytes();
  std::vector<char> memory(1024);
  Arena arena(memory.data(), memory.size());
  BlockInfo info;
  BitReader in({bytes.data(), static_cast<std::uint32_t>(bytes.size())}, info);
  ASSERT_EQ(in.next(), Entry::block);
  ASSERT_TRUE(in.read_info(arena, info));

  Writer used;
  used.block(8, 2, [](Writer& w) { w.fixed(4, 3).fixed(21, 5); });
  EXPECT_EQ(read_all(used.bytes(), info), "4:21, ");
  Writer other;
  other.block(9, 2, [](Writer& w) { w.fixed(4, 3).fixed(21, 5); });
  EXPECT_EQ(read_all(other.bytes(), info), "an abbreviation that is not defined");
}

}  // namespace
}  // namespace jit::bitcode
