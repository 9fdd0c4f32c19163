// What producers of TAP say of their own run in a comment behind the results. A comment counts for
// nothing in TAP, but a failure that it tells of, and that nobody has read, is one that was lost.
#pragma once

#include <string_view>

namespace harness {

enum class TapLastWord {
  none,
  failed,  // a test failed
  died,    // the program ended badly behind its results, or says that it had another plan
};

/// `comment` is the text of a comment. Known are those of Perl's Test::Builder, of node:test, tape
/// and node-tap, and of the kernel's kselftest_harness.h.
TapLastWord read_tap_last_word(std::string_view comment);

}  // namespace harness
