#include "onboarding/prompt.h"

#include "console_text/terminal.h"

namespace harness::onboarding {

bool ends_in_prompt(std::string_view output) {
  constexpr std::size_t kMostBytes = 1024, kMaxPrompt = 80;
  if (output.size() > kMostBytes) output.remove_prefix(output.size() - kMostBytes);
  std::string line = shown_text(output);
  line.erase(0, line.find_last_of("\r\n") + 1);
  while (line.ends_with(' ') || line.ends_with('\0')) line.pop_back();
  if (line.empty() || line.size() > kMaxPrompt) return false;
  return std::string_view("#$>%:?]").find(line.back()) != std::string_view::npos;
}

}  // namespace harness::onboarding
