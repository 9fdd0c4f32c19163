#include "cli/mistakes.h"

#include <fmt/format.h>

#include "cli/words.h"
#include "command_line/help.h"
#include "command_line/mistake.h"

namespace harness::cli {
namespace {

/// The first word that no command on the way to the innermost took.
const CLI::App* with_words_left(const CLI::App& app) {
  if (!app.remaining().empty()) return &app;
  const std::vector<CLI::App*> parsed = app.get_subcommands();
  return parsed.empty() ? nullptr : with_words_left(*parsed.back());
}

/// What was to be given and was not, or nullptr.
const CLI::Option* missing_option(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_required() && option->count() == 0) return option;
  }
  return nullptr;
}

/// CLI11's message begins with the option's name.
const CLI::Option* option_of(const CLI::App& app, const std::string& message) {
  return app.get_option_no_throw(message.substr(0, message.find(':')));
}

std::string heading_of(const CLI::Option& option, const CLI::App& app) {
  const CommandWords command = words_of(app);
  if (const OptionWords* words = find_option(command, option.get_name())) {
    return fmt::format("{} {}", option.get_name(), value_text(*words));
  }
  return value_kind(option.get_type_name().substr(0, option.get_type_name().find(':'))).name.data();
}

UsageError wrong_count(const CLI::App& command, const CLI::ParseError& error,
                       const std::string& help) {
  const CLI::Option* option = option_of(command, error.what());
  if (option == nullptr) return UsageError(error.what(), help);
  if (option->count() > 1) return UsageError(option->get_name() + " is given twice", help);
  return UsageError("a value is missing: " + heading_of(*option, command), help);
}

}  // namespace

UsageError mistake(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = innermost(app);
  const std::string name = called(command);
  // A word that is unknown may be why another is missing.
  if (const CLI::App* with = with_words_left(app)) {
    for (const std::string& word : with->remaining()) {
      if (word != "--") return unknown_word(word, words_of(*with), called(*with), words_of(app));
    }
  }
  const std::string help = fmt::format("see: {} --help", name);
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    const CLI::Option* option = missing_option(command);
    return missing_word(option == nullptr ? "" : heading_of(*option, command), words_of(command),
                        name);
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return wrong_count(command, error, help);
  }
  return UsageError(error.what(), help);
}

}  // namespace harness::cli
