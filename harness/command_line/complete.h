// What may come next on a command line that is being typed. The scripts of the shells ask the
// program for it, so that all of them know the same.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "command_line/words.h"

namespace harness {

/// A command line as far as it is typed.
struct Typed {
  std::string command;                                       // "gate", "bitcode run"
  std::vector<std::string> arguments;                        // told by their places
  std::vector<std::pair<std::string, std::string>> options;  // by their first names

  /// The value of an option, or "".
  [[nodiscard]] std::string_view option(std::string_view name) const;
};

/// Names that only this machine knows, of a kind of value (ValueKind::known_names).
using KnownNames = std::function<std::vector<std::string>(std::string_view kind, const Typed&)>;

struct Candidate {
  std::string word, help;
  bool operator==(const Candidate&) const = default;
};
struct Completion {
  std::vector<Candidate> words;        // in the order of the help
  Expected files = Expected::nothing;  // that may stand there, too
};

/// `words` are those behind the name of the program; the last is being typed, and may be empty.
/// `names` is asked only where its names may stand.
Completion complete(const CommandWords& program, std::span<const std::string> words,
                    const KnownNames& names);

/// As the scripts read it: ":files", ":folders" or ":scenarios" first where those may stand there,
/// then a line for each word, with its help behind a tab. Control characters are left out.
std::string completion_lines(const Completion& completion);

/// The script for "bash", "zsh" or "fish".
std::string_view completion_script(std::string_view shell);

}  // namespace harness
