#include "scenario/faults.h"

#include <fmt/format.h>

namespace harness {

void Faults::add(const Place& at, std::string what, std::string hint) {
  const std::pair key(at.line, at.column);
  // The instances of a matrix share most of their text, and so its mistakes.
  const auto [first, last] = faults_.equal_range(key);
  for (auto same = first; same != last; ++same) {
    if (same->second.what == what) return;
  }
  faults_.emplace(key, Fault{at, std::move(what), std::move(hint)});
}

void Faults::throw_if_any() const {
  if (faults_.empty()) return;
  if (faults_.size() == 1) {
    const Fault& only = faults_.begin()->second;
    throw UsageError(only.at, only.what, only.hint);
  }
  std::string text;
  std::size_t shown = 0;
  for (const auto& [place, fault] : faults_) {
    if (shown++ == kShown) break;
    if (!text.empty()) text += "\n";
    text += fault.at.text() + ": " + fault.what;
    if (!fault.hint.empty()) text += "\n  " + fault.hint;
  }
  if (faults_.size() > kShown) text += fmt::format("\n... and {} more", faults_.size() - kShown);
  throw UsageError(
      text, fmt::format("{} mistakes; scenarios/REFERENCE.md describes every key", faults_.size()));
}

}  // namespace harness
