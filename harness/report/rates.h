// What a guest made in which time: tokens a second, requests a second. By the units that it says,
// not by what it is. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/record.h"

namespace harness {

/// A guest counts what it makes in a metric that is named as its unit ("tokens: 229 tokens",
/// "load.blocks: 12 blocks"), and says how long that took in one called "time" of the same prefix;
/// where there is only one such time, whatever its prefix ("generation.time: 951378 us").
struct Rate {
  std::string unit;        // untrusted: "tokens"
  double count = 0;        // median over the measured boots, as the time
  double nanoseconds = 0;  // of the guest's clock
  /// Under the counted clock its nanoseconds are its instructions.
  bool counted = false;
};
/// Those with a count and a time above 0, eight at most; none of a guest that was halted under the
/// counted clock: its time is neither.
std::vector<Rate> rates_of(const RunRecord& record);

/// A number, untrusted words, as "240.7" and "tokens a second".
struct Figure {
  std::string number, words;
};
/// How many, in which time, how many a second and how long each; under the counted clock how many
/// instructions each, for there is no second.
std::vector<Figure> figures_of(const Rate& rate);

/// Of a guest that makes text (a rate of tokens, words or characters): the longest piece of console
/// text of this boot that no line of the protocol interrupts, its first 8,000 bytes. Empty for
/// others.
std::string made_text(const std::vector<Rate>& rates, const BootRecord& boot);

}  // namespace harness
