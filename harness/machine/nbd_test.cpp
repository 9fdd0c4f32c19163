#include "machine/nbd.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace harness {
namespace {

using namespace std::string_literals;

std::string be(std::uint64_t value, int bytes) {
  std::string text;
  while (bytes-- > 0) text += static_cast<char>(value >> 8 * bytes);
  return text;
}

std::string option(std::uint32_t number, const std::string& data = {}) {
  return "IHAVEOPT" + be(number, 4) + be(data.size(), 4) + data;
}

std::string request(std::uint16_t command, std::uint64_t handle, std::uint64_t offset,
                    std::uint32_t length, const std::string& data = {}, std::uint16_t flags = 0) {
  return be(0x25609513, 4) + be(flags, 2) + be(command, 2) + be(handle, 8) + be(offset, 8) +
         be(length, 4) + data;
}

const std::string kOpening = be(3, 4) + option(7, be(0, 4) + be(0, 2));

/// After the negotiation.
struct Nbd : testing::Test {
  NbdConversation nbd{1 << 20};
  std::string out;
  std::vector<NbdRequest> requests;

  void open() {
    requests = nbd.receive(kOpening, out);
    ASSERT_TRUE(requests.empty());
    ASSERT_FALSE(nbd.is_broken());
    out.clear();
  }
};

TEST_F(Nbd, GreetsFirstAndTellsTheSizeAndThatItFlushes) {
  nbd.receive({}, out);
  EXPECT_EQ(out, "NBDMAGICIHAVEOPT"s + be(3, 2));
  out.clear();
  nbd.receive(kOpening, out);
  const std::string head = be(0x0003e889045565a9, 8) + be(7, 4);
  EXPECT_EQ(out, head + be(3, 4) + be(12, 4) + be(0, 2) + be(1 << 20, 8) + be(13, 2) + head +
                     be(1, 4) + be(0, 4));
}

TEST_F(Nbd, AnOptionThatItDoesNotKnowIsRefusedAndTheNextOneIsHeard) {
  nbd.receive({}, out);
  out.clear();
  nbd.receive(be(3, 4) + option(8), out);
  EXPECT_EQ(out, be(0x0003e889045565a9, 8) + be(8, 4) + be(0x80000001, 4) + be(0, 4));
  EXPECT_FALSE(nbd.is_broken());
}

TEST_F(Nbd, RequestsAreTheSameHoweverTheBytesWereCut) {
  const std::string all = request(0, 1, 512, 1024) + request(1, 2, 4096, 4, "data", 1) +
                          request(3, 3, 0, 0) + request(2, 4, 0, 0);
  for (std::size_t piece = 1; piece <= all.size(); ++piece) {
    NbdConversation cut(1 << 20);
    std::vector<NbdRequest> got;
    const std::string bytes = kOpening + all;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      for (NbdRequest& one : cut.receive(std::string_view(bytes).substr(at, piece), out)) {
        got.push_back(std::move(one));
      }
    }
    ASSERT_EQ(got.size(), 4u) << piece;
    EXPECT_EQ(got[0].kind, NbdRequest::Kind::read);
    EXPECT_EQ(got[0].offset, 512u);
    EXPECT_EQ(got[0].length, 1024u);
    EXPECT_EQ(got[1].kind, NbdRequest::Kind::write);
    EXPECT_EQ(got[1].bytes, "data");
    EXPECT_TRUE(got[1].durable);
    EXPECT_EQ(got[2].kind, NbdRequest::Kind::flush);
    EXPECT_EQ(got[2].handle, 3u);
    EXPECT_EQ(got[3].kind, NbdRequest::Kind::close);
  }
}

TEST_F(Nbd, WhatIsBeyondTheDiskOrNoRequestBreaksIt) {
  for (const std::string& bad :
       {request(0, 1, (1 << 20) - 511, 512), request(1, 1, 1ull << 63, 512), request(4, 1, 0, 512),
        request(0, 1, 0, 0xFFFFFFFF), "x"s + request(3, 1, 0, 0)}) {
    NbdConversation broken(1 << 20);
    broken.receive(kOpening, out);
    EXPECT_TRUE(broken.receive(bad + request(3, 9, 0, 0), out).empty());
    EXPECT_TRUE(broken.is_broken());
  }
}

TEST_F(Nbd, RepliesCarryTheHandleAndTheData) {
  open();
  const NbdRequest read{.kind = NbdRequest::Kind::read, .handle = 7, .bytes = {}};
  NbdConversation::reply(read, true, "abc", out);
  EXPECT_EQ(out, be(0x67446698, 4) + be(0, 4) + be(7, 8) + "abc");
  out.clear();
  NbdConversation::reply(read, false, "abc", out);
  EXPECT_EQ(out, be(0x67446698, 4) + be(5, 4) + be(7, 8));
}

}  // namespace
}  // namespace harness
