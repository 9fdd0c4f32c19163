#include "programs/pack.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/sha256.h"
#include "base/text.h"
#include "bundle/bundle.h"

namespace harness {
namespace {

using namespace jit::bundle;

void put(std::string& bytes, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<char>(value >> (8 * i)));
}

bool fits(const std::string& name) {
  return !name.empty() && name.size() < kNameBytes &&
         std::ranges::all_of(name, [](char c) { return is_name_char(c) || c == '.' || c == '-'; });
}

}  // namespace

std::string pack(const std::vector<PackedProgram>& programs) {
  if (programs.size() > kMaxPrograms) throw UsageError("a bundle holds at most 65,536 programs");
  std::set<std::string> names;
  for (const PackedProgram& program : programs) {
    if (!fits(program.name)) {
      throw UsageError("a program cannot be named '" + printable(program.name) + "'",
                       "up to 47 letters, digits, '.', '_' and '-': rename the file");
    }
    if (!names.insert(program.name).second) {
      throw UsageError("two programs are named '" + program.name + "'", "rename one of the files");
    }
  }
  std::string bytes(kMagic, kMagicBytes);
  put(bytes, static_cast<std::uint32_t>(programs.size()));
  put(bytes, 0);
  bytes.resize(kHeadBytes);
  std::size_t offset = kHeadBytes + programs.size() * kEntryBytes;
  const auto aligned = [](std::size_t at) {
    return (at + kAlignment - 1) / kAlignment * kAlignment;
  };
  for (const PackedProgram& program : programs) {
    offset = aligned(offset);
    if (offset + program.file.size() > UINT32_MAX) throw UsageError("a bundle of more than 4 GB");
    std::string name = program.name;
    name.resize(kNameBytes);
    bytes += name;
    put(bytes, static_cast<std::uint32_t>(offset));
    put(bytes, static_cast<std::uint32_t>(program.file.size()));
    put(bytes, static_cast<std::uint32_t>(program.argument));
    put(bytes,
        (program.must_pass ? kFlagMustPass : 0) | (program.same_answers ? kFlagSameAnswers : 0));
    offset += program.file.size();
  }
  for (const PackedProgram& program : programs) {
    bytes.resize(aligned(bytes.size()));
    bytes += program.file;
  }
  bytes.replace(kHeadBytes - kHashBytes, kHashBytes,
                sha256_bytes_of(std::string_view(bytes).substr(kHeadBytes)));
  return bytes;
}

}  // namespace harness
