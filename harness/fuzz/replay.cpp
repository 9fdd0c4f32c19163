// harness_fuzz_replay CORPUS [FILE...]: runs every file of CORPUS/<target>/ through its target, in
// an ordinary build. With files named, each goes through every target, the planted one included.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/fuzz.h"

namespace {

namespace fs = std::filesystem;
using namespace harness::fuzz;

void replay(const Target& target, const fs::path& file) {
  // Before the run: where it ends the process, this is the last line.
  std::printf("%.*s %s\n", static_cast<int>(target.name.size()), target.name.data(), file.c_str());
  std::fflush(stdout);
  std::ifstream in(file, std::ios::binary);
  // A copy of exactly the size, so that AddressSanitizer sees a read past the end.
  const std::vector<char> bytes((std::istreambuf_iterator<char>(in)), {});
  target.run(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: harness_fuzz_replay CORPUS [FILE...]\n");
    return 2;
  }
  for (const Target& target : targets()) {
    const std::vector<fs::path> files = files_in(fs::path(argv[1]) / target.name);
    if (files.empty()) {
      std::fprintf(stderr, "no corpus for %s in %s\n", target.name.data(), argv[1]);
      return 1;
    }
    target.run(nullptr, 0);
    for (const fs::path& file : files) replay(target, file);
    for (int i = 2; i < argc; ++i) replay(target, argv[i]);
  }
  for (int i = 2; i < argc; ++i) replay(kPlanted, argv[i]);
  return 0;
}
