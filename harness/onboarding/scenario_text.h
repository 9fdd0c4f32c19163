// The text of the scenario that `init` writes, part by part. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formats/formats.h"
#include "onboarding/number_lines.h"
#include "onboarding/phrases.h"
#include "onboarding/probe.h"
#include "onboarding/troubles.h"

namespace harness::onboarding {

/// What the scenario asks of the next boots.
struct Demand {
  VerdictKind ending = VerdictKind::pass;  // that it expects
  VerdictKind seen = VerdictKind::pass;    // that the probe had
  std::string reason = {};                 // of that end
  bool forbid_troubles = false;            // the words of those that tell of a death
  bool numbers = false;                    // that the probe said; else they stand as a proposal
  /// A boot like the probe fails on this.
  [[nodiscard]] bool is_red() const { return forbid_troubles || ending != seen; }
  /// It passes on this, and should not for ever.
  [[nodiscard]] bool expects_failure() const {
    return ending != VerdictKind::pass && ending != VerdictKind::skip;
  }
};

class ScenarioText {
 public:
  explicit ScenarioText(const Probe& probe);

  [[nodiscard]] std::string yaml(const Demand& demand) const;

  /// Whether there is anything that a scenario could wait for or check.
  [[nodiscard]] bool can_be_written() const { return first_ || (ours_ && end_ != End::never); }
  /// What the probe showed, for the console.
  [[nodiscard]] std::vector<std::string> found() const;
  /// Whether the scenario can ask for numbers that the guest prints, and gets the same ones.
  [[nodiscard]] bool has_exact_numbers() const;
  /// Words by which the guest told that something went wrong. Empty for one that speaks our
  /// protocol: its own status decides.
  [[nodiscard]] const std::vector<Trouble>& troubles() const { return troubles_; }
  /// Whether they decide: nothing that the guest printed is a result that says more.
  [[nodiscard]] bool died_by_its_words() const { return !format_ && tells_of_death(troubles_); }
  /// It never ended, is silent, and shows no prompt: nobody can tell a good end from a hang.
  [[nodiscard]] bool may_hang() const;

 private:
  [[nodiscard]] std::string how_it_ended() const;
  [[nodiscard]] std::string head(const Demand& demand) const;
  [[nodiscard]] std::string image() const;
  [[nodiscard]] std::string machine() const;
  [[nodiscard]] std::string limits() const;
  [[nodiscard]] std::string exits() const;
  [[nodiscard]] std::string format() const;
  [[nodiscard]] std::string metrics(const Demand& demand) const;
  [[nodiscard]] std::string steps() const;
  [[nodiscard]] std::string checks(const Demand& demand) const;
  [[nodiscard]] std::string trouble_checks(const Demand& demand) const;
  [[nodiscard]] std::string words_checks() const;

  const Probe& probe_;
  const BootRecord& boot_;
  End end_;
  bool ours_;
  std::optional<Phrase> first_;
  const Format* format_ = nullptr;
  std::vector<Trouble> troubles_;
  std::vector<NumberLine> numbers_;
};

}  // namespace harness::onboarding
