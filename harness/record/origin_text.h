// Where a run comes from, in words. Pure.
#pragma once

#include <string>
#include <string_view>

#include "model/origin.h"

namespace harness {

/// "commit 0123456789ab, changed": the first twelve digits; empty where it is not known.
std::string commit_words(const Origin& origin);
/// "GitHub Actions: CI, job test, run 55"; empty where no CI system is known.
std::string job_words(const Origin& origin);

/// `text`, where it is an address of the web (http, https) of at most 500 characters, none of which
/// means anything in HTML, Markdown or a terminal; else empty.
std::string web_address(std::string_view text);

}  // namespace harness
