#include "command_line/complete.h"

#include <algorithm>

#include "command_line/assets.h"

namespace harness {
namespace {

constexpr std::size_t kMostNames = 10'000;

/// Reads the words that are complete.
class Reader {
 public:
  explicit Reader(const CommandWords& program) : command_(&program) {}

  void read(const std::string& word) {
    if (pending_ != nullptr) {
      typed_.options.emplace_back(pending_->names.front(), word);
      pending_ = nullptr;
    } else if (word == "--" && !only_arguments_) {
      only_arguments_ = true;
    } else if (word.starts_with('-') && word.size() > 1 && !only_arguments_) {
      read_option(word);
    } else {
      read_argument(word);
    }
  }

  [[nodiscard]] const CommandWords& command() const { return *command_; }
  [[nodiscard]] const OptionWords* pending() const { return pending_; }
  [[nodiscard]] bool only_arguments() const { return only_arguments_; }
  [[nodiscard]] const Typed& typed() const { return typed_; }

 private:
  void read_option(const std::string& word) {
    const std::size_t equals = word.find('=');
    const OptionWords* option = find_option(*command_, word.substr(0, equals));
    if (option == nullptr) return;
    if (option->value.empty()) {
      typed_.options.emplace_back(option->names.front(), "");
    } else if (equals != std::string::npos) {
      typed_.options.emplace_back(option->names.front(), word.substr(equals + 1));
    } else {
      pending_ = option;
    }
  }

  void read_argument(const std::string& word) {
    const CommandWords* below = typed_.arguments.empty() ? find_command(*command_, word) : nullptr;
    if (below == nullptr) {
      typed_.arguments.push_back(word);
      return;
    }
    command_ = below;
    typed_.command += (typed_.command.empty() ? "" : " ") + word;
    typed_.options.clear();
  }

  const CommandWords* command_;
  const OptionWords* pending_ = nullptr;
  bool only_arguments_ = false;
  Typed typed_ = {};
};

/// Adds what begins as `begun`.
class Answer {
 public:
  Answer(std::string_view begun, std::string_view before) : begun_(begun), before_(before) {}

  void add(const std::string& word, const std::string& help) {
    if (!word.starts_with(begun_)) return;
    const std::string_view first = help;
    completion_.words.push_back({before_ + word, std::string(first.substr(0, first.find('\n')))});
  }
  void add_value(const OptionWords& option, const CommandWords& program, const Typed& typed,
                 const KnownNames& names) {
    for (const std::string& value : option.values) add(value, "");
    const ValueKind& kind = value_kind(option.value);
    if (option.values.empty()) completion_.files = kind.expected;
    if (!kind.known_names) return;
    if (kind.name == "COMMAND") return add_commands(program, typed);
    // -k '!name' leaves one out.
    const bool excludes = kind.name == "INSTANCE" && begun_.starts_with('!');
    std::vector<std::string> known = names(kind.name, typed);
    known.resize(std::min(known.size(), kMostNames));
    for (const std::string& name : known) {
      add((excludes ? "!" : "") + name + (kind.name == "METRIC=LIMIT" ? "=" : ""), "");
    }
  }

  [[nodiscard]] Completion take() { return std::move(completion_); }

 private:
  /// The commands below the one that the arguments name.
  void add_commands(const CommandWords& program, const Typed& typed) {
    const CommandWords* command = &program;
    for (const std::string& word : typed.arguments) {
      command = find_command(*command, word);
      if (command == nullptr) return;
    }
    for (const CommandWords& one : command->commands) add(one.name, one.help);
  }

  std::string_view begun_;
  std::string before_;
  Completion completion_ = {};
};

bool was_given(const OptionWords& option, const Typed& typed) {
  return std::ranges::any_of(
      typed.options, [&](const auto& given) { return given.first == option.names.front(); });
}

Completion options_of(const Reader& reader, std::string_view begun) {
  Answer answer(begun, "");
  for (const OptionWords& option : reader.command().options) {
    if (!option.repeatable && was_given(option, reader.typed())) continue;
    for (const std::string& name : option.names) answer.add(name, option.help);
  }
  return answer.take();
}

/// The argument that the next word is, or nullptr.
const OptionWords* next_argument(const Reader& reader) {
  const std::vector<OptionWords>& all = reader.command().arguments;
  const std::size_t at = reader.typed().arguments.size();
  if (at < all.size()) return &all[at];
  return !all.empty() && all.back().repeatable ? &all.back() : nullptr;
}

bool takes_value(const OptionWords* option) { return option != nullptr && !option->value.empty(); }

}  // namespace

std::string_view Typed::option(std::string_view name) const {
  const auto at = std::ranges::find_if(options, [&](const auto& one) { return one.first == name; });
  return at == options.end() ? std::string_view() : std::string_view(at->second);
}

Completion complete(const CommandWords& program, std::span<const std::string> words,
                    const KnownNames& names) {
  if (words.empty()) return {};
  Reader reader(program);
  for (const std::string& word : words.first(words.size() - 1)) reader.read(word);
  const std::string_view begun = words.back();
  if (reader.pending() != nullptr) {
    Answer answer(begun, "");
    answer.add_value(*reader.pending(), program, reader.typed(), names);
    return answer.take();
  }
  if (begun.starts_with('-') && !reader.only_arguments()) {
    const std::size_t equals = begun.find('=');
    if (equals == begun.npos) return options_of(reader, begun);
    const OptionWords* option = find_option(reader.command(), begun.substr(0, equals));
    Answer answer(begun.substr(equals + 1), begun.substr(0, equals + 1));
    if (takes_value(option)) answer.add_value(*option, program, reader.typed(), names);
    return answer.take();
  }
  Answer answer(begun, "");
  if (reader.typed().arguments.empty()) {
    for (const CommandWords& one : reader.command().commands) answer.add(one.name, one.help);
  }
  if (const OptionWords* argument = next_argument(reader)) {
    answer.add_value(*argument, program, reader.typed(), names);
  }
  return answer.take();
}

std::string completion_lines(const Completion& completion) {
  constexpr std::string_view kDirectives[] = {"", ":files\n", ":folders\n", ":scenarios\n"};
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; };
  std::string text(kDirectives[static_cast<std::size_t>(completion.files)]);
  for (const auto& [word, help] : completion.words) {
    if (word.empty() || word.starts_with(':') || std::ranges::any_of(word, is_control)) continue;
    text += word;
    if (!help.empty()) text += "\t" + help;
    text += "\n";
  }
  return text;
}

std::string_view completion_script(std::string_view shell) {
  if (shell == "zsh") return kZshScript;
  return shell == "fish" ? kFishScript : kBashScript;
}

}  // namespace harness
