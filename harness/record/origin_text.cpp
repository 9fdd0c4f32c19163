#include "record/origin_text.h"

#include <algorithm>

namespace harness {

std::string commit_words(const Origin& origin) {
  if (origin.commit.empty()) return {};
  return "commit " + origin.commit.substr(0, 12) + (origin.changed ? ", changed" : "");
}

std::string job_words(const Origin& origin) {
  return origin.ci + (origin.ci.empty() || origin.job.empty() ? "" : ": ") + origin.job;
}

std::string web_address(std::string_view text) {
  constexpr std::size_t kLongest = 500;
  const bool web = text.starts_with("https://") || text.starts_with("http://");
  const bool plain = text.size() <= kLongest && std::ranges::all_of(text, [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') ||
                              std::string_view(":/.-_~%").find(c) != std::string_view::npos;
                     });
  return web && plain ? std::string(text) : std::string();
}

}  // namespace harness
