// What CLI11 refuses, in our words.
#pragma once

#include "cli/cli.h"

namespace harness::cli {

/// `app` has just thrown `error` from parse(); it is neither help nor version.
UsageError mistake(const CLI::App& app, const CLI::ParseError& error);

}  // namespace harness::cli
