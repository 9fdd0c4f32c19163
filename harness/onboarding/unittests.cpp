#include "onboarding/unittests.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "formats/results.h"
#include "onboarding/shell_words.h"
#include "scenario/faults.h"

namespace harness::onboarding {
namespace {

constexpr std::size_t kMaxTests = 2'000;
constexpr std::string_view kLongQuote = "\"\"\"";

std::vector<std::string> split_at(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
  std::string out;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what)) {
    out += text.substr(0, at);
    out += with;
    text.remove_prefix(at + what.size());
  }
  return out += text;
}

/// A comment begins where "#" begins a word that no quote holds.
std::string_view without_comment(std::string_view line) {
  char quote = '\0';
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) {
      return line.substr(0, i);
    }
  }
  return line;
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  return take_number(text, number) && text.empty() ? std::optional(number) : std::nullopt;
}

/// A number in backticks is meant as the number.
std::string_view without_backticks(std::string_view text) {
  const bool quoted = text.size() > 2 && text.starts_with('`') && text.ends_with('`');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

/// "4", "$MAX_SMP", or the smaller of that and a number, as arithmetic of the shell:
/// $(($MAX_SMP < 8 ? $MAX_SMP : 8)).
std::optional<std::uint64_t> processors(std::string_view text, std::uint64_t max_smp) {
  std::string plain;
  std::ranges::copy_if(text, std::back_inserter(plain), [](char c) {
    return std::string_view(" $()`").find(c) == std::string::npos;
  });
  if (plain == "MAX_SMP") return max_smp;
  std::string_view rest = plain;
  std::uint64_t bound = 0, other = 0;
  if (!take(rest, "MAX_SMP<")) return number_of(without_backticks(text));
  take(rest, "=");
  if (!take_number(rest, bound) || !take(rest, "?MAX_SMP:") || !take_number(rest, other) ||
      !rest.empty()) {
    return std::nullopt;
  }
  return max_smp < bound ? max_smp : other;
}

/// As timeout(1) reads it: "30", "30s", "2m", "1h".
std::optional<std::uint64_t> seconds_of(std::string_view text) {
  std::uint64_t number = 0;
  if (!take_number(text, number)) return std::nullopt;
  if (text.empty() || text == "s") return number;
  if (text == "m") return number * 60;
  return text == "h" ? std::optional(number * 3600) : std::nullopt;
}

class Reader {
 public:
  Reader(const std::string& name, std::uint64_t max_smp) : name_(name), max_smp_(max_smp) {}

  std::vector<UnitTest> read(std::string_view text) {
    while (!text.empty() && tests_.size() <= kMaxTests) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      ++line_;
      take_line(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (tests_.size() > kMaxTests) fault_of_file("more sections than are read", "");
    if (tests_.empty() && line_ > 0 && faults_.empty())
      fault_of_file("no section [name] in it", "name unittests.cfg");
    if (!long_key_.empty()) fault("a \"\"\" is not closed", "close it on a line of its own");
    end_section();
    faults_.throw_if_any();
    return std::move(tests_);
  }

 private:
  /// One that the whole file has.
  void fault_of_file(const std::string& what, std::string hint) {
    faults_.add({name_, line_, 1}, what, std::move(hint));
  }
  /// One of the section at hand: the first is told, and the section is not run.
  void fault(const std::string& what, const std::string& hint) {
    if (tests_.empty()) return fault_of_file(what, hint);
    std::string& unusable = tests_.back().unusable;
    if (unusable.empty()) unusable = fmt::format("{}:{}: {} ({})", name_, line_, what, hint);
  }

  void take_line(std::string_view raw) {
    if (!long_key_.empty()) return go_on(trimmed(raw));
    const std::string_view line = trimmed(without_comment(raw));
    if (line.empty()) return;
    if (line.starts_with('[') && line.ends_with(']') && line.size() > 2) {
      end_section();
      return begin_section(line.substr(1, line.size() - 2));
    }
    const std::size_t equals = line.find('=');
    const std::string_view key = trimmed(line.substr(0, std::min(equals, line.size())));
    if (equals == line.npos || key.empty() || key.find(' ') != key.npos) {
      return fault(
          fmt::format("'{}' is no section and no key = value", printable(line.substr(0, 60))),
          "write [name], or a key such as: file = test.flat");
    }
    if (tests_.empty()) {
      return fault_of_file("a key before the first section", "begin with [name]");
    }
    std::string_view value = trimmed(line.substr(equals + 1));
    if (take(value, kLongQuote)) {
      long_key_ = key;
      return go_on(value);
    }
    take_key(key, value);
  }

  /// Of a value between """ and """, over several lines.
  void go_on(std::string_view part) {
    const std::size_t end = part.find(kLongQuote);
    long_value_ += std::string(part.substr(0, end)) + " ";
    if (end == part.npos) return;
    const std::string value = std::exchange(long_value_, {});
    take_key(std::exchange(long_key_, {}), trimmed(value));
  }

  void begin_section(std::string_view title) {
    const std::string name(trimmed(title));
    const bool known = std::ranges::find(tests_, name, &UnitTest::name) != tests_.end();
    UnitTest& test = tests_.emplace_back();
    test.name = name;
    test.line = line_;
    if (known) fault(fmt::format("a second section [{}]", printable(name)), "give it another name");
  }
  void end_section() {
    if (tests_.empty() || !tests_.back().file.empty() || !tests_.back().unusable.empty()) return;
    tests_.back().unusable = fmt::format("{}:{}: it lacks the key 'file' (name what is booted)",
                                         name_, tests_.back().line);
  }

  void take_key(std::string_view key, std::string_view value) {
    UnitTest& test = tests_.back();
    if (key == "file") {
      test.file = value;
      if (value.empty() || value.find('/') != value.npos) {
        fault("file is not the name of a file", "write the name alone: file = test.flat");
      }
    } else if (key == "smp") {
      const std::size_t comma = std::min(value.find(','), value.size());
      const auto number = processors(trimmed(value.substr(0, comma)), max_smp_);
      test.topology = trimmed(value.substr(std::min(comma + 1, value.size())));
      if (!number || *number < 1 || *number > 255) {
        return fault(
            fmt::format("smp = {} is no number of processors", printable(value.substr(0, 60))),
            "write from 1 to 255, or $MAX_SMP");
      }
      test.smp = *number;
    } else if (key == "timeout") {
      const auto seconds = seconds_of(value);
      if (!seconds) {
        return fault(fmt::format("timeout = {} is no time", printable(value.substr(0, 60))),
                     "write seconds: timeout = 30");
      }
      test.timeout_s = *seconds;
    } else if (key == "extra_params" || key == "qemu_params" || key == "test_args") {
      take_params(key, value);
    } else if (key == "groups") {
      test.groups = split_at(value, " \t,");
    } else if (key == "arch") {
      test.archs = split_at(value, " \t,|/");
    } else if (key == "machine") {
      test.machine = value;
    } else if (key == "accel") {
      test.accel = value;
    } else if (key == "disabled_if") {
      test.disabled_if = value;
    } else if (key == "check") {
      take_conditions(value);
    } else if (key != "kvmtool_params") {  // of another monitor
      if (test.unusable.empty()) {
        test.unusable = fmt::format("its key '{}' (line {}) is not known here",
                                    printable(key.substr(0, 60)), line_);
      }
    }
  }

  void take_params(std::string_view key, std::string_view value) {
    UnitTest& test = tests_.back();
    const std::string text = replaced(value, "$MAX_SMP", std::to_string(max_smp_));
    ShellWords found = shell_words(text);
    if (!found.fault.empty()) {
      return fault(fmt::format("{}: {}", key, found.fault), "close it on the same line");
    }
    if (!found.command.empty()) {
      test.unusable = fmt::format("{} (line {}) wants a shell for '{}', and none is started", key,
                                  line_, printable(found.command));
      return;
    }
    if (key == "test_args") {
      // Newer files have the arguments of the test apart from those of QEMU.
      std::string all;
      for (const std::string& word : found.words) all += (all.empty() ? "" : " ") + word;
      found.words = {"-append", all};
    }
    std::ranges::move(found.words, std::back_inserter(test.params));
  }

  void take_conditions(std::string_view value) {
    for (const std::string& one : split_at(value, " \t")) {
      const std::size_t equals = one.find('=');
      if (equals == one.npos || equals == 0) {
        fault(fmt::format("check '{}' is no path=value", printable(one.substr(0, 60))),
              "write: check = /sys/module/kvm/parameters/name=Y");
        continue;
      }
      tests_.back().conditions.push_back({one.substr(0, equals), one.substr(equals + 1)});
    }
  }

  const std::string& name_;
  std::uint64_t max_smp_;
  int line_ = 0;
  Faults faults_;
  std::vector<UnitTest> tests_;
  std::string long_key_, long_value_;  // of a value over several lines that is not closed
};

}  // namespace

std::vector<UnitTest> parse_unit_tests(std::string_view text, const std::string& name,
                                       std::uint64_t max_smp) {
  return Reader(name, max_smp).read(text);
}

}  // namespace harness::onboarding
