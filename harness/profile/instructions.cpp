#include "profile/instructions.h"

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

#include "base/text.h"
#include "disassembly/disassembler.h"
#include "elf/code_bytes.h"
#include "profile/source_lines.h"
#include "profile/x86_elf.h"

namespace harness::profile {
namespace {

/// The contents of one file that is executed.
struct CodeFile {
  explicit CodeFile(const std::filesystem::path& file)
      : elf(open_x86_elf(file)), disassembler(elf.is_64_bit()), lines(elf), code(elf) {}
  /// `size` bytes at `address`, or none.
  [[nodiscard]] std::string_view bytes(std::uint64_t address, std::size_t size) const {
    const std::string_view found = code.at(address, size);
    return found.size() == size ? found : std::string_view();
  }

  ElfFile elf;
  Disassembler disassembler;
  SourceLines lines;
  CodeBytes code;
  std::uint32_t first_source = 0;  // of its files, in the listing
};

/// By address; of code that the guest made, in no file, by function and address: others may
/// have been there at other times.
using Counted = std::map<std::pair<std::uint64_t, std::uint64_t>, InstructionCount>;

/// Adds the instructions of a piece; false where they are not known, or the file shows others than
/// were executed.
bool add_block(const Block& block, const Function& function, const CodeFile& file,
               Counted& counted) {
  const std::string_view code =
      function.is_made() ? std::string_view(block.code) : file.bytes(block.address, block.bytes);
  const auto instructions = file.disassembler.read(code, block.address);
  std::uint64_t bytes = 0;
  for (const Disassembled& one : instructions) bytes += one.size;
  if (instructions.size() != block.instructions || bytes != block.bytes) return false;
  for (const Disassembled& one : instructions) {
    const std::uint64_t group = function.is_made() ? std::uint64_t{1} + block.function : 0;
    InstructionCount& count = counted[{group, one.address}];
    if (count.size == 0) {
      const SourceLines::Line line =
          function.is_made() ? SourceLines::Line() : file.lines.at(one.address);
      count = {one.address, one.size, block.function, 0, one.text, file.first_source + line.file,
               line.line};
    }
    count.count += block.count;
  }
  return true;
}

}  // namespace

Listing make_listing(const CountedProfile& profile) {
  Listing listing;
  std::vector<std::unique_ptr<CodeFile>> files;
  for (const auto& name : profile.code.files) {
    files.push_back(std::make_unique<CodeFile>(name));
    files.back()->first_source = static_cast<std::uint32_t>(listing.files.size());
    const auto& sources = files.back()->lines.files();
    listing.files.insert(listing.files.end(), sources.begin(), sources.end());
  }
  Counted counted;
  std::uint64_t read = 0;
  for (const Block& block : profile.counts.blocks) {
    const Function& function = profile.code.functions[block.function];
    if (block.count == 0 || function.is_region) continue;
    if (add_block(block, function, *files[function.file], counted)) read += block.executed();
  }
  listing.unread = profile.counts.total - read;
  listing.instructions.reserve(counted.size());
  for (auto& [place, count] : counted) listing.instructions.push_back(std::move(count));
  return listing;
}

std::vector<HotBlock> hot_blocks(const Listing& listing) {
  std::vector<HotBlock> blocks;
  for (std::size_t i = 0; i < listing.instructions.size(); ++i) {
    const InstructionCount& one = listing.instructions[i];
    const bool goes_on = i > 0 && [&] {
      const InstructionCount& before = listing.instructions[i - 1];
      return before.address + before.size == one.address && before.function == one.function &&
             before.count == one.count;
    }();
    if (!goes_on) blocks.push_back({i, 0, 0});
    ++blocks.back().size;
    blocks.back().executed += one.count;
  }
  std::ranges::sort(blocks, [](const HotBlock& a, const HotBlock& b) {
    return std::tie(b.executed, a.first) < std::tie(a.executed, b.first);
  });
  return blocks;
}

std::vector<LineCount> line_counts(const Listing& listing) {
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint64_t> sums;
  for (const InstructionCount& one : listing.instructions) {
    sums[{one.line == 0 ? 0 : one.source, one.line, one.function}] += one.count;
  }
  std::vector<LineCount> lines;
  lines.reserve(sums.size());
  for (const auto& [key, executed] : sums) {
    lines.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), executed});
  }
  std::ranges::sort(lines, [](const LineCount& a, const LineCount& b) {
    return std::tie(b.executed, a.source, a.line, a.function) <
           std::tie(a.executed, b.source, b.line, b.function);
  });
  return lines;
}

std::string place_of(const Listing& listing, std::uint32_t source, std::uint32_t line) {
  if (line == 0 || source >= listing.files.size()) return "?";
  // Absolute paths say where the build was; relative to where we are, what the user calls it.
  const auto path = std::filesystem::path(listing.files[source]).lexically_normal();
  const auto near = path.lexically_proximate(std::filesystem::current_path());
  const std::string name = near.string().starts_with("..") ? path.filename() : near;
  return printable(name) + ":" + std::to_string(line);
}

}  // namespace harness::profile
