// Whether a guest that is silent waits for someone to type. Pure.
#pragma once

#include <string_view>

namespace harness::onboarding {

/// The output ends in a line that has no end and looks like a prompt: "login: ", "=> ",
/// "root@box:~#", with or without colours.
bool ends_in_prompt(std::string_view output);

}  // namespace harness::onboarding
