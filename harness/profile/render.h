// A profile in the formats of people and of other tools. Each is a pure function, and the numbers
// of each add up to CountedProfile::counts.total.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "profile/cross_check.h"
#include "profile/hot_paths.h"
#include "profile/instructions.h"
#include "profile/profile.h"
#include "profile/tier_gains.h"

namespace harness::profile {

/// How much of a profile a terminal shows.
struct TextOptions {
  std::size_t rows = 20;    // of the table, at most
  double least_share = 1;   // per cent of the guest's own: contexts below it are left out
  bool tree = false;        // callers and what they called
  std::size_t width = 110;  // columns: longer names are made brief, or cut
};

/// What came of the guest's own profile; empty for a guest that gave none.
std::string render_cross_check(const std::vector<CrossCheck>& checks);

/// Totals, the table of functions with most own instructions, and with `tree` the call tree.
std::string render_text(const CountedProfile& profile, const TextOptions& options);

/// One line a context, "caller;callee;callee N": Brendan Gregg's folded stacks. N are own
/// instructions; contexts without any have no line. ';' in a name becomes ':'.
std::string render_folded(const CountedProfile& profile);

/// A picture: one self-contained SVG with its own small script, for zooming and searching. The
/// `data-self` of its frames add up.
/// With `moved`, how far functions moved against another profile (difference.h), by name: what grew
/// is red, what shrank blue, the more the darker, and all else gray.
std::string render_flame_graph(const CountedProfile& profile, const std::string& scenario,
                               const std::map<std::string, std::int64_t>& moved = {});

/// For https://www.speedscope.app: the "sampled" form of its file format, a sample a context,
/// weighted with its own instructions.
std::string render_speedscope(const CountedProfile& profile, const std::string& scenario);

/// Callgrind's format, version 1, for KCachegrind and callgrind_annotate, with source lines where
/// the listing knows them. Costs of calls are inclusive.
std::string render_callgrind(const CountedProfile& profile, const Listing& listing,
                             const std::string& scenario);

/// The `rows` source lines with most instructions.
std::string render_lines(const CountedProfile& profile, const Listing& listing, std::size_t rows);

/// The `rows` blocks with most instructions, each with its instructions.
std::string render_blocks(const CountedProfile& profile, const Listing& listing, std::size_t rows);

/// One block: where it is, what it costs, its instructions with their lines.
std::string render_block(const Listing& listing, const HotBlock& block);

/// The functions that find_hot_paths found, each with its dearest block.
std::string render_hot_paths(const CountedProfile& profile, const Listing& listing,
                             const std::vector<HotPath>& paths);
std::string render_hot_paths_json(const CountedProfile& profile, const Listing& listing,
                                  const std::vector<HotPath>& paths,
                                  const std::vector<TierGain>& gains, const std::string& scenario);

/// "uniharness-profile-1": all numbers and all contexts. `image_sha256` is of the file that was
/// booted.
std::string render_json(const CountedProfile& profile, const std::string& scenario,
                        const std::string& image_sha256,
                        const std::vector<CrossCheck>& checks = {});

/// Of a profile's instructions, what was executed in functions of the ELF files and in code that
/// the guest brought or made.
std::uint64_t guest_instructions(const CountedProfile& profile);
/// The same and what it called of the firmware: what a share is a share of.
std::uint64_t guest_and_below(const CountedProfile& profile);

/// The children of each context, most instructions first.
std::vector<std::vector<std::uint32_t>> children_of(const CountedProfile& profile);

/// Per cent.
double share(std::uint64_t part, std::uint64_t whole);

/// A name made harmless for a terminal and for text formats.
std::string shown_name(const CountedProfile& profile, std::uint32_t function);

}  // namespace harness::profile
