#include "commands/bitcode.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/format.h"
#include "base/sha256.h"
#include "base/text.h"
#include "output/finish.h"
#include "programs/compiled_program.h"
#include "programs/pack.h"
#include "programs/self_compilation.h"

namespace harness {

namespace fs = std::filesystem;

namespace {

std::int32_t argument_in(std::string_view text, const Place& place) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw UsageError(place, "'" + printable(text) + "' is no argument",
                     "a whole number of 32 bits");
  }
  return value;
}

void add_program(std::vector<PackedProgram>& programs, const fs::path& file, std::int32_t argument,
                 const PackOptions& options) {
  programs.push_back({file.extension() == ".bc" ? file.stem().string() : file.filename().string(),
                      read_file(file), argument, !options.may_refuse, options.same_answers});
}

std::string outcome_text(const jit::ProgramResult& result) {
  if (result.refused) return "refused: " + fault_text(result.fault);
  const jit::Text text = jit::text_of(result.outcome);
  std::string line(text.data, text.size);
  if (result.fault) line += ": " + fault_text(result.fault);
  return line;
}

/// What each program gives here is what the guest must give, interpreted and compiled.
std::string scenario_of(const std::vector<PackedProgram>& programs, const fs::path& bundle) {
  std::string text = fmt::format(
      "name: {}\n"
      "about: programs in LLVM bitcode, in the guest as on the host\n"
      "image: {{target: bitcode, kernel: bitcode.elf, initrd: {}}}\n"
      "machine:\n"
      "  model: pc\n"
      "  memory: 128M\n"
      "  vga: false\n"
      "  fw_cfg: {{opt/uniharness/bitcode/tiers: \"t0,t1\"}}\n"
      "clock: counted\n"
      "limits: {{wall: 300s, idle: 60s, serial: 64M}}\n"
      "checks:\n"
      "  - ending: pass\n"
      "  - complete: true\n",
      bundle.stem().string(), nlohmann::json(bundle.filename().string()).dump());
  for (const PackedProgram& program : programs) {
    ProgramOptions options;
    options.argument = program.argument;
    const jit::ProgramResult result =
        run_program_file(program.file, options, [](std::string_view) {});
    if (!result.ended()) {
      throw Error(fmt::format("{}: {}", program.name, outcome_text(result)),
                  "without --scenario, it is packed all the same", ExitStatus::failed);
    }
    for (const char* tier : {"t0", "t1"}) {
      text += fmt::format("  - test: {{name: {}.{}, iterations: {}, result: \"{}\"}}\n",
                          program.name, tier, result.fuel, result.status & 255);
    }
  }
  return text;
}

CompiledFunction total_of(const CompiledProgram& program) {
  CompiledFunction total;
  for (const CompiledFunction& one : program.functions) {
    total.instructions += one.instructions;
    total.interpreted += one.interpreted;
    total.bytes += one.bytes;
  }
  return total;
}

std::string compiled_table(const CompiledProgram& program) {
  std::string text = "instructions  interpreted       bytes  function\n";
  const auto row = [&](const CompiledFunction& one, const std::string& name) {
    text += fmt::format("{:>12}  {:>11}  {:>10}  {}\n", grouped(one.instructions),
                        grouped(one.interpreted), grouped(one.bytes), name);
  };
  for (const CompiledFunction& one : program.functions) {
    if (one.refused.empty()) {
      row(one, one.name);
    } else {
      text += fmt::format("{:>12}  {:>11}  {:>10}  {}\n", "-", "-", "-",
                          one.name + ": refused: " + one.refused);
    }
  }
  if (program.functions.size() != 1) {
    row(total_of(program), count_of(program.functions.size(), "function"));
  }
  return text + fmt::format(
                    "code at {:#010x}: {} bytes, with what calls the runtime\n"
                    "sha256 {}\n",
                    kCodeAddress, grouped(program.code.size()), sha256_of(program.code));
}

std::string compiled_json(const CompiledProgram& program) {
  nlohmann::ordered_json functions = nlohmann::ordered_json::array();
  for (const CompiledFunction& one : program.functions) {
    nlohmann::ordered_json json = {{"name", one.name}};
    if (one.refused.empty()) {
      json["instructions"] = one.instructions;
      json["interpreted"] = one.interpreted;
      json["address"] = kCodeAddress + one.offset;
      json["bytes"] = one.bytes;
    } else {
      json["refused"] = one.refused;
    }
    functions.push_back(std::move(json));
  }
  const CompiledFunction total = total_of(program);
  const nlohmann::ordered_json json = {{"functions", std::move(functions)},
                                       {"instructions", total.instructions},
                                       {"interpreted", total.interpreted},
                                       {"bytes", total.bytes},
                                       {"code",
                                        {{"address", kCodeAddress},
                                         {"bytes", program.code.size()},
                                         {"sha256", sha256_of(program.code)}}}};
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

/// compile(bytes of the file), whose errors name the file.
template <class F>
auto compiled(const fs::path& file, const F& compile) {
  const std::string bytes = read_file(file);
  try {
    return compile(bytes);
  } catch (const Error& error) {
    throw Error(printable(file.string()) + ": " + error.what(), error.hint, error.status);
  }
}

ExitStatus compile_selfhost(const CompileBitcodeOptions& options) {
  const SelfCompilation made = compiled(options.file, compile_for_selfhost);
  if (!options.sha256.empty()) write_named(options.sha256, made.sha256);
  print_text(
      fmt::format("{}, {} instructions\n"
                  "{} bytes of code, {} of the table of functions, {} of globals\n"
                  "sha256 {}\n",
                  count_of(made.functions, "function"), grouped(made.instructions),
                  grouped(made.code), grouped(made.table), grouped(made.globals), made.sha256));
  return ExitStatus::pass;
}

}  // namespace

ExitStatus compile_bitcode(const CompileBitcodeOptions& options) {
  if (options.selfhost) return compile_selfhost(options);
  const CompiledProgram program = compiled(options.file, [&](const std::string& bytes) {
    return compile_program_file(bytes, {options.function, options.dump});
  });
  print_text(options.json ? compiled_json(program) : program.listing + compiled_table(program));
  const bool refused = std::ranges::any_of(
      program.functions, [](const CompiledFunction& one) { return !one.refused.empty(); });
  return refused ? ExitStatus::invalid_data : ExitStatus::pass;
}

ExitStatus dump_bitcode(const fs::path& file, const std::string& function) {
  print_text(dump_program(read_file(file), function));
  return ExitStatus::pass;
}

ExitStatus verify_bitcode(const std::vector<fs::path>& files) {
  ExitStatus status = ExitStatus::pass;
  std::string lines;
  for (const fs::path& file : files) {
    const Verified verified = verify_program(read_file(file));
    lines += printable(file.string()) + ": ";
    if (verified.fault.empty()) {
      lines += fmt::format("sound, {}, {} instructions\n", count_of(verified.functions, "function"),
                           grouped(verified.instructions));
    } else {
      lines += (verified.unsupported ? "not supported: " : "not sound: ") + verified.fault + "\n";
      status = ExitStatus::invalid_data;
    }
  }
  print_text(lines);
  return status;
}

ExitStatus run_bitcode(const RunBitcodeOptions& options, int& status) {
  const std::string file = read_file(options.file);  // a fault names functions in it
  std::string output;
  const jit::ProgramResult result =
      run_program_file(file, options.program, [&](std::string_view text) {
        if (options.json) {
          output += text;
        } else {
          std::fwrite(text.data(), 1, text.size(), stdout);
        }
      });
  status = result.status & 255;
  if (options.json) {
    const nlohmann::json json = {{"ended", result.ended()},
                                 {"refused", result.refused},
                                 {"outcome", outcome_text(result)},
                                 {"status", status},
                                 {"fuel", result.fuel},
                                 {"functions", result.functions},
                                 {"code_bytes", result.code_bytes},
                                 {"output", output}};
    print_text(json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  } else {
    std::fflush(stdout);
    if (!result.ended()) {
      std::fprintf(stderr, "uniharness: %s: %s\n", printable(options.file.string()).c_str(),
                   outcome_text(result).c_str());
    }
  }
  if (result.ended()) return ExitStatus::pass;
  return result.refused || jit::is_refusal(result.outcome) ? ExitStatus::invalid_data
                                                           : ExitStatus::failed;
}

ExitStatus pack_bitcode(const PackOptions& options) {
  std::vector<PackedProgram> programs;
  for (const fs::path& file : options.files) {
    add_program(programs, file, options.argument, options);
  }
  if (!options.list.empty()) {
    const std::string list = read_file(options.list);
    Place place = {options.list.string(), 0, 1};
    for (std::string_view rest = list; !rest.empty();) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      ++place.line;
      line = trimmed(line);
      if (line.empty() || line.starts_with('#')) continue;
      const std::size_t tab = line.find('\t');
      const std::int32_t argument =
          tab == line.npos ? options.argument : argument_in(trimmed(line.substr(tab + 1)), place);
      add_program(programs, options.list.parent_path() / trimmed(line.substr(0, tab)), argument,
                  options);
    }
  }
  if (programs.empty()) throw UsageError("no programs to pack", "name files, or a --list of them");
  const std::string bytes = pack(programs);
  if (!options.scenario.empty()) write_named(options.scenario, scenario_of(programs, options.out));
  write_named(options.out, bytes);
  print_text(fmt::format("{}: {}, {} bytes\n", printable(options.out.string()),
                         count_of(programs.size(), "program"), grouped(bytes.size())));
  return ExitStatus::pass;
}

}  // namespace harness
