// Host tool: model files made, looked at, and run by the guest's own engine.
//
//   llama_model info MODEL
//   llama_model quantize FP32 INT8
//   llama_model bundle MODEL TOKENIZER BUNDLE
//   llama_model run MODEL TOKENIZER [STEPS [TEMPERATURE [SEED [PROMPT]]]]
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <string>

#include "engine/lanes.h"
#include "tools/host_model.h"

namespace llama {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

Bytes read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw FileError("cannot read '" + path + "'");
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

/// Whole or not at all.
void write_file(const std::string& path, const Bytes& bytes) {
  const std::string fresh = path + ".tmp";
  std::ofstream out(fresh, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw FileError("cannot write '" + fresh + "'");
  fs::rename(fresh, path);
}

void info(const Words& words) {
  const LoadedModel loaded(read_file(words[0]));
  const Config& c = loaded.model.config;
  std::cout << (loaded.model.format == Format::fp32 ? "fp32" : "int8") << ": dim " << c.dim
            << ", hidden_dim " << c.hidden_dim << ", n_layers " << c.layers << ", n_heads "
            << c.heads << ", n_kv_heads " << c.kv_heads << ", vocab_size " << c.vocab
            << (c.shared_classifier ? " (shared classifier)" : "") << ", seq_len " << c.seq_len
            << "\n";
}

void quantize_file(const Words& words) { write_file(words[1], quantize(read_file(words[0]))); }

void bundle_files(const Words& words) {
  write_file(words[2], bundle(read_file(words[0]), read_file(words[1])));
}

void run(const Words& words) {
  const LoadedModel loaded(read_file(words[0]));
  HostTokenizer tokenizer(read_file(words[1]), loaded.model.config.vocab);
  Request request;
  if (words.size() > 2) request.steps = static_cast<std::uint32_t>(std::stoul(words[2]));
  if (words.size() > 3) request.sampling.temperature = std::stof(words[3]);
  if (words.size() > 4) request.sampling.seed = std::stoull(words[4]);
  if (words.size() > 5) request.prompt = words[5];
  if (request.steps < 1 || request.steps > loaded.model.config.seq_len) {
    throw FileError("steps must be from 1 to the model's seq_len, " +
                    std::to_string(loaded.model.config.seq_len));
  }
  std::cout << generate_text<Sse2Lanes>(loaded.model, tokenizer, request);
}

struct Command {
  const char* name;
  std::size_t least, most;  // words after the name
  void (*run)(const Words& words);
};
constexpr Command kCommands[] = {{"info", 1, 1, info},
                                 {"quantize", 2, 2, quantize_file},
                                 {"bundle", 3, 3, bundle_files},
                                 {"run", 2, 6, run}};

}  // namespace
}  // namespace llama

int main(int argc, char** argv) {
  const llama::Words words(argv + std::min(argc, 2), argv + argc);
  for (const llama::Command& command : llama::kCommands) {
    if (argc < 2 || argv[1] != std::string(command.name)) continue;
    if (words.size() < command.least || words.size() > command.most) break;
    try {
      command.run(words);
      return 0;
    } catch (const std::exception& error) {
      std::cerr << "llama_model: " << argv[1] << ": " << error.what() << "\n";
      return 1;
    }
  }
  std::cerr
      << "usage: llama_model info MODEL | quantize FP32 INT8 | bundle MODEL TOKENIZER BUNDLE\n"
         "       | run MODEL TOKENIZER [STEPS [TEMPERATURE [SEED [PROMPT]]]]\n";
  return 2;
}
