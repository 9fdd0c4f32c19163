// bitcode: programs in LLVM bitcode, as the guest `bitcode` runs them.
#include "commands/bitcode.h"

#include <memory>

#include "cli/cli.h"

namespace harness::cli {
namespace {

void add_dump(Cli& cli, CLI::App& group) {
  const auto file = std::make_shared<std::string>();
  const auto function = std::make_shared<std::string>();
  CLI::App* command = group.add_subcommand("dump", "print the IR of a file");
  command->footer("\n  uniharness bitcode dump crc.bc --function crc_of");
  command->add_option("file", *file, "a file of LLVM bitcode")->type_name("FILE")->required();
  command->add_option("--function", *function, "only the function of that name")->type_name("NAME");
  cli.on(command, [=] { return dump_bitcode(*file, *function); });
}

void add_verify(Cli& cli, CLI::App& group) {
  const auto files = std::make_shared<std::vector<std::filesystem::path>>();
  CLI::App* command = group.add_subcommand("verify", "say whether files are sound and supported");
  command->footer("\n  uniharness bitcode verify crc.bc");
  command->add_option("files", *files, "files of LLVM bitcode")->type_name("FILE")->required();
  cli.on(command, [files] { return verify_bitcode(*files); });
}

void add_run_bitcode(Cli& cli, CLI::App& group) {
  const auto options = std::make_shared<RunBitcodeOptions>();
  CLI::App* command = group.add_subcommand("run", "run a program here, as the guest does");
  command->footer(
      "\nThe exit status is the program's own (0 to 255) where it came to its end; 1 "
      "where it did not, 5 where it was refused. With --json: 0, 1 or 5.\n\n"
      "  uniharness bitcode run crc.bc 16");
  command->add_option("file", options->file, "a file of LLVM bitcode")
      ->type_name("FILE")
      ->required();
  command->add_option("argument", options->program.argument, "what guest_main is given")
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--fuel", options->program.fuel, "instructions of the IR that it may run")
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--memory", options->program.memory, "its memory in bytes, or as 64M")
      ->type_name("SIZE")
      ->transform(CLI::AsSizeValue(false).description(""))
      ->check(CLI::Range(std::uint32_t{1} << 20, std::uint32_t{1} << 30).description(""));
  command->add_flag("--json", options->json, "print how it ended, and its output, as JSON");
  cli.on(command, [options] {
    int status = 0;
    const ExitStatus outcome = run_bitcode(*options, status);
    return outcome == ExitStatus::pass && !options->json ? static_cast<ExitStatus>(status)
                                                         : outcome;
  });
}

void add_compile(Cli& cli, CLI::App& group) {
  const auto options = std::make_shared<CompileBitcodeOptions>();
  CLI::App* command =
      group.add_subcommand("compile", "compile to machine code for guests, and run nothing");
  command->footer(
      "\nFor each function: instructions of the IR, how many of them are interpreted in "
      "place, and bytes of code. The code and its SHA-256 are the same on any machine. "
      "Exit status 5: a function was refused.\n\n"
      "  uniharness bitcode compile crc.bc\n"
      "  uniharness bitcode compile crc.bc --function crc_of --dump");
  command->add_option("file", options->file, "a file of LLVM bitcode")
      ->type_name("FILE")
      ->required();
  CLI::Option* function =
      command->add_option("--function", options->function, "show only the function of that name")
          ->type_name("NAME");
  CLI::Option* dump =
      command->add_flag("--dump", options->dump, "print IR, places of values, and machine code");
  CLI::Option* json =
      command->add_flag("--json", options->json, "print the table as JSON")->excludes(dump);
  CLI::Option* selfhost =
      command
          ->add_flag("--selfhost", options->selfhost,
                     "as the guest `selfhost` compiles the compiler's own bitcode")
          ->excludes(function)
          ->excludes(dump)
          ->excludes(json);
  command->add_option("--sha256", options->sha256, "write the digest to a file, for that guest")
      ->type_name("FILE")
      ->needs(selfhost);
  cli.on(command, [options] { return compile_bitcode(*options); });
}

void add_pack(Cli& cli, CLI::App& group) {
  const auto options = std::make_shared<PackOptions>();
  CLI::App* command = group.add_subcommand("pack", "put programs into one file for the guest");
  command->footer(
      "\n  uniharness bitcode pack crc.bc -o crc.ukbc\n"
      "  uniharness bitcode pack --list programs.txt -o programs.ukbc");
  command->add_option("files", options->files, "files of LLVM bitcode")->type_name("FILE");
  command
      ->add_option("--list", options->list,
                   "a file with a line for each: a path, and behind a tab its argument")
      ->type_name("FILE");
  command->add_option("-o,--out", options->out, "the bundle")->type_name("FILE")->required();
  command->add_option("--argument", options->argument, "what guest_main is given")
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--scenario", options->scenario,
                   "write a scenario, too: the guest must do with each what it does here")
      ->type_name("SCENARIO");
  command->add_flag("--may-refuse", options->may_refuse,
                    "a program that the guest refuses is skipped, not failed");
  command->add_flag("--same-answers", options->same_answers,
                    "for the guest `reload`: the program answers as the one that it replaces");
  cli.on(command, [options] { return pack_bitcode(*options); });
}

}  // namespace

void add_bitcode(Cli& cli) {
  CLI::App* group =
      cli.add("bitcode", "check, print, run, compile and pack programs in LLVM bitcode");
  group->footer(
      "\n  clang-19 --target=i386-unknown-linux-gnu -msse2 -ffreestanding -O2 \\\n"
      "    -emit-llvm -c crc.c\n"
      "  uniharness bitcode verify crc.bc\n"
      "  uniharness bitcode run crc.bc 16\n"
      "  uniharness bitcode compile crc.bc\n"
      "  uniharness bitcode pack crc.bc -o crc.ukbc\n\n"
      "docs/BITCODE.md says what is read, and how a guest runs it.");
  group->require_subcommand(1);
  add_dump(cli, *group);
  add_verify(cli, *group);
  add_run_bitcode(cli, *group);
  add_compile(cli, *group);
  add_pack(cli, *group);
}

}  // namespace harness::cli
