// uniharness completion: scripts by which shells complete its words.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace harness {

/// The words that a shell may complete: filled by main from the command line's own definition.
struct CommandWords {
  std::string name;
  std::vector<std::string> options;  // with their dashes
  std::string help;
};
/// `shell`: "bash", "zsh" or "fish".
ExitStatus print_completion(const std::string& shell, const std::vector<CommandWords>& commands);

}  // namespace harness
