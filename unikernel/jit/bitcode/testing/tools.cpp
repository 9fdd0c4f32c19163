#include "bitcode/testing/tools.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "ir/verify.h"

namespace jit::testing {

namespace {

namespace fs = std::filesystem;

constexpr const char* kTarget =
    " --target=i386-unknown-linux-gnu -msse2 -ffreestanding -fno-exceptions -fno-pic -w ";

/// A folder that goes when the process ends.
const fs::path& folder() {
  struct Folder {
    Folder() {
      std::string pattern = (fs::temp_directory_path() / "jit_bitcode.XXXXXX").string();
      if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for tests");
      path = pattern;
    }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    fs::path path;
  };
  static const Folder folder;
  return folder.path;
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The exit status; what is said goes to `log`.
int run(const std::string& command, const fs::path& log) {
  return std::system((command + " >" + log.string() + " 2>&1").c_str());
}

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

Bytes compile(const std::string& source, const std::string& options) {
  std::string language = " -x c -std=c2x ";
  if (ends_with(source, ".cpp")) {
    language = " -x c++ -std=c++20 -fno-rtti -fno-threadsafe-statics ";
  } else if (ends_with(source, ".ll")) {
    language = " -x ir ";
  }
  const fs::path made = folder() / "made.bc";
  const fs::path log = folder() / "log";
  const std::string command = std::string(JIT_TEST_CLANG) + kTarget + options + language +
                              "-emit-llvm -c '" + source + "' -o " + made.string();
  if (run(command, log) != 0) throw std::runtime_error(command + "\n" + read(log));
  const std::string bytes = read(made);
  return {bytes.begin(), bytes.end()};
}

Bytes assemble(const std::string& text) {
  const fs::path source = folder() / "text.ll";
  std::ofstream(source)
      << "target datalayout = \"e-m:e-p:32:32-p270:32:32-p271:32:32-p272:64:64-i128:128-f64:32:64"
         "-f80:32-n8:16:32-S128\"\ntarget triple = \"i386-unknown-linux-gnu\"\n"
      << text;
  return compile(source.string(), "-O0");
}

std::string disassemble(const Bytes& bitcode) {
  const fs::path file = folder() / "file.bc";
  const fs::path text = folder() / "file.ll";
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bitcode.data()),
             static_cast<std::streamsize>(bitcode.size()));
  const std::string command = std::string(JIT_TEST_DISASSEMBLER) + " " + file.string() + " -o -";
  return run(command, text) == 0 ? read(text) : "";
}

std::string string_of(Text text) { return {text.data, text.size}; }

std::string string_of(const Fault& fault) {
  if (!fault) return "";
  const std::string function = string_of(fault.function);
  return (function.empty() ? "" : function + ": ") + string_of(fault.what.text());
}

Opened::Opened(Bytes of)
    : bytes(std::move(of)),
      memory(20 * bytes.size() + (64 << 10)),
      arena(memory.data(), memory.size()),
      fault(bitcode::open_module({bytes.data(), static_cast<std::uint32_t>(bytes.size())}, arena,
                                 file)) {}

std::string refusal(const Bytes& bitcode) {
  Opened opened(bitcode);
  if (opened.fault) return string_of(opened.fault);
  if (const Fault fault = verify_module(opened.file.module, opened.arena)) return string_of(fault);
  for (FunctionId id = 0; id < opened.file.module.functions.size; ++id) {
    if (opened.file.module.functions[id].body_bit == 0) continue;
    Body body;
    if (const Fault fault = bitcode::read_body(opened.file, id, opened.arena, body)) {
      return string_of(fault);
    }
    if (const Fault fault = verify_body(opened.file.module, body, opened.arena)) {
      return string_of(fault);
    }
  }
  return "";
}

}  // namespace jit::testing
