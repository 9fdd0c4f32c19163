// `disabled_if` of unittests.cfg: a condition that kvm-unit-tests hands to bash. The simple ones
// are understood here, without a shell: comparisons of the checkout's configuration with plain
// words.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace harness::onboarding {

/// KEY=VALUE of a checkout's config.mak.
using Configuration = std::map<std::string, std::string, std::less<>>;

/// Lines of the form KEY=VALUE; others are left out. The value may stand in quotes.
Configuration parse_configuration(std::string_view text);

/// Whether the condition holds: `[[ "$KEY" = word ]]`, with =, == or !=, `-z` or `-n`, in one or in
/// two brackets, several joined by && and || (from left to right, as bash does). A KEY that is not
/// there is empty, as for bash. nullopt for everything else.
std::optional<bool> condition_holds(std::string_view condition, const Configuration& configuration);

}  // namespace harness::onboarding
