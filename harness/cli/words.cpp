#include "cli/words.h"

#include "command_line/help.h"

namespace harness::cli {
namespace {

/// type_name() is the kind of value; behind a colon stand the descriptions of CLI11's validators,
/// of which ours have one where there is a choice.
void add_value(const CLI::Option& option, OptionWords& words) {
  const std::string type = option.get_type_name();
  const std::size_t colon = type.find(':');
  words.value = value_kind(type.substr(0, colon)).name;
  if (colon == std::string::npos) return;
  for (const std::string& value : CLI::detail::split(type.substr(colon + 1), '|')) {
    words.values.push_back(value);
  }
}

OptionWords option_words(const CLI::Option& option) {
  OptionWords words;
  for (const std::string& name : option.get_snames()) words.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) words.names.push_back("--" + name);
  if (option.get_items_expected_max() > 0) add_value(option, words);
  words.help = option.get_description();
  words.initial = option.get_default_str();
  words.required = option.get_required();
  words.repeatable = option.get_expected_max() > 1;
  return words;
}

}  // namespace

CommandWords words_of(const CLI::App& app) {
  CommandWords words{
      .name = app.get_name(),
      .group = app.get_parent() != nullptr && app.get_parent()->get_parent() != nullptr
                   ? std::string()
                   : app.get_group(),
      .help = app.get_description(),
      .notes = app.get_footer()};
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    auto& list = option->nonpositional() ? words.options : words.arguments;
    list.push_back(option_words(*option));
  }
  const auto all = app.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* command : all) {
    if (!command->get_group().empty()) words.commands.push_back(words_of(*command));
  }
  words.needs_command = app.get_require_subcommand_min() > 0;
  return words;
}

std::string called(const CLI::App& app) {
  return app.get_parent() == nullptr ? "uniharness"
                                     : called(*app.get_parent()) + " " + app.get_name();
}

const CLI::App& innermost(const CLI::App& app) {
  const std::vector<CLI::App*> parsed = app.get_subcommands();
  return parsed.empty() ? app : innermost(*parsed.back());
}

std::string help_of(const CLI::App& app) { return help_text(words_of(app), called(app)); }

}  // namespace harness::cli
