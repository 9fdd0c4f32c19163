// Demangled C++ names, cut to what a person reads. A name may hold anything: nothing here assumes
// that brackets pair up.
#include <algorithm>

#include "profile/code.h"

namespace harness::profile {
namespace {

bool opens(char c) { return c == '(' || c == '<' || c == '{' || c == '['; }
bool closes(char c) { return c == ')' || c == '>' || c == '}' || c == ']'; }

/// Where the group that ends at `end` (behind its closing bracket) begins; `end` if it does not.
std::size_t begin_of_group(const std::string& text, std::size_t end) {
  int depth = 0;
  for (std::size_t at = end; at-- > 0;) {
    if (closes(text[at])) ++depth;
    if (opens(text[at]) && --depth == 0) return at;
  }
  return end;
}

std::string without_anonymous_scopes(std::string text) {
  constexpr std::string_view kScope = "(anonymous namespace)::";
  for (std::size_t at = 0; (at = text.find(kScope, at)) != text.npos;)
    text.erase(at, kScope.size());
  return text;
}

/// Where the last part of a name of `separator` parts begins, seen from outside all brackets.
std::size_t last_part(const std::string& text, std::string_view separator) {
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (opens(text[at])) ++depth;
    if (closes(text[at])) depth = std::max(0, depth - 1);
    if (depth == 0 && text.compare(at, separator.size(), separator) == 0) {
      begin = at + separator.size();
    }
  }
  return begin < text.size() ? begin : 0;
}

/// Where " [t1]" begins in "f [t1]": what stands behind a name in brackets is kept as it is.
std::size_t begin_of_note(const std::string& name) {
  if (!name.ends_with("]")) return name.size();
  const std::size_t begin = name.rfind(" [");
  return begin == name.npos || begin == 0 ? name.size() : begin;
}

}  // namespace

std::string without_address(std::string name) {
  if (const std::size_t address = name.rfind(" @0x"); address != name.npos) name.resize(address);
  return name;
}

std::string brief_name(const std::string& name) {
  std::string brief = without_address(without_anonymous_scopes(name));
  if (const std::size_t note = begin_of_note(brief); note < brief.size()) {
    return brief_name(brief.substr(0, note)) + brief.substr(note);
  }
  if (brief.ends_with(" const")) brief.resize(brief.size() - 6);
  if (brief.find("operator") != brief.npos) return brief;  // its brackets are its name
  if (brief.ends_with(")")) {
    const std::size_t begin = begin_of_group(brief, brief.size());
    if (begin > 0 && begin < brief.size()) brief.resize(begin);
  }
  return brief.substr(last_part(brief, " "));
}

std::string short_name(const std::string& name) {
  const std::string whole = without_address(name);
  if (const std::size_t note = begin_of_note(whole); note < whole.size()) {
    return short_name(whole.substr(0, note)) + whole.substr(note);
  }
  std::string last = brief_name(name);
  if (last.find("operator") != last.npos) return last;
  if (last.ends_with(">")) {
    const std::size_t begin = begin_of_group(last, last.size());
    if (begin > 0 && begin < last.size()) last.resize(begin);
  }
  return last.substr(last_part(last, "::"));
}

}  // namespace harness::profile
