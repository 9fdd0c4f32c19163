// The beginnings that kernels and monitors put before a line.
#pragma once

#include <string_view>

namespace harness {

/// The line without log levels ("<6>"), time stamps and thread or processor tags in brackets
/// ("[    1.234567] ", "[  T12] ", "[CPU0] "), Xen's "(XEN) " and "(d1) ", and "CPU1: ". Blanks
/// behind them stay: they are the line's own indentation.
std::string_view without_prefix(std::string_view line);

}  // namespace harness
