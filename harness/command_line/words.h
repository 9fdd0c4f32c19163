// The words of the command line as plain data. cli/ makes them of CLI11's definitions; help, error
// messages, completion and man pages are made of them and of nothing else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace harness {

/// An option, a flag, or an argument that is told by its place.
struct OptionWords {
  std::vector<std::string> names = {};   // "-j", "--jobs"; none: it is told by its place
  std::string value = {};                // "N", "FILE", a row of value_kinds(); empty: a flag
  std::vector<std::string> values = {};  // where only these are taken
  std::string help = {};
  std::string initial = {};  // what it is where it is not given; or empty
  bool required = false;
  bool repeatable = false;
};

/// A command, or the program itself.
struct CommandWords {
  std::string name = {};   // its last word: "run" of `uniharness bitcode run`
  std::string group = {};  // the heading under which the help of the program lists it
  std::string help = {};
  std::string notes = {};  // behind the options: paragraphs, a line each; examples are indented
  std::vector<OptionWords> arguments = {};
  std::vector<OptionWords> options = {};
  std::vector<CommandWords> commands = {};
  bool needs_command = false;  // it does nothing by itself
};

/// What a shell completes by itself where such a value is expected.
enum class Expected { nothing, files, folders, scenarios };

/// What the word for a value in the help stands for.
struct ValueKind {
  std::string_view name;
  Expected expected = Expected::nothing;
  bool known_names = false;  // the program knows some: instances, numbers
};

/// The kind of value of that name. Throws std::logic_error for one that the table lacks: then an
/// option was added without saying what its value is.
const ValueKind& value_kind(std::string_view name);

/// "counted|host" where only few values are taken and they are short, else the kind's name.
std::string value_text(const OptionWords& option);

/// The command below `command` that is called so, or nullptr.
const CommandWords* find_command(const CommandWords& command, std::string_view name);

/// The option of `command` that is called so, "--jobs" or "-j", or nullptr.
const OptionWords* find_option(const CommandWords& command, std::string_view name);

}  // namespace harness
