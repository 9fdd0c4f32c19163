// Versions of a function: bodies made anew for calls that bring the same, and their machine code.
#include "adaptive/adaptive.h"
#include "ir/verify.h"
#include "specialize/inline.h"
#include "specialize/specialize.h"

namespace jit {
namespace {

struct Wanted {
  const Machine& machine;
  Span<const Observed> observed;
  const Known& known;
  uint32_t inlined = 0;
};

bool make_body(void* context, const Body& body, const Constants& /*of_body*/, Arena& arena,
               Body& made, Text& why) {
  Wanted& wanted = *static_cast<Wanted*>(context);
  const Module& module = *wanted.machine.state().module;
  auto* const arguments = arena.make<KnownArgument>(body.arguments);
  KnownLoad loads[Known::kMost];
  uint32_t load_count = 0;
  Inlined inlined;
  if (arguments == nullptr || !inline_calls(wanted.machine, body, {}, arena, inlined)) {
    why = "no memory";
    return false;
  }
  for (uint32_t a = 0; a < body.arguments; ++a) arguments[a] = {};
  for (uint32_t k = 0; k < wanted.known.count; ++k) {
    const Observed& observed = wanted.observed[wanted.known.which[k]];
    if (observed.load == kNone) {
      arguments[observed.argument] = {true, wanted.known.values[k]};
    } else {
      loads[load_count++] = {inlined.values[observed.load - body.base], wanted.known.values[k]};
    }
  }
  SpecializeOptions options;
  options.arguments = {arguments, body.arguments};
  options.loads = {loads, load_count};
  options.fixed = &wanted.machine;
  wanted.inlined = inlined.calls;
  const Constants constants = wanted.machine.constants(inlined.body);
  if (!specialize(module, inlined.body, constants, options, arena, made, why)) return false;
  if (!verify_body(module, made, arena)) return true;
  why = "the verifier refuses it";
  return false;
}

}  // namespace

void Adaptive::make_version(Version& version) {
  TierChange& change = version.change;
  Wanted wanted = {machine_, change.observed, change.known, 0};
  const Native::Rewrite rewrite = {make_body, &wanted};
  const uint64_t begin = worked();
  const bool made = native_.make(change.id, &rewrite);
  change.ticks = worked() - begin;
  change.inlined = wanted.inlined;
  if (made) {
    version.offset = native_.last().offset;
    change.bytes = native_.last().size;
    tell_made(change);
  } else {
    version.state = Version::bad;
    change.why = native_.fault().what.text();
    tell(change);
  }
}

/// Behind the last call that was watched: what will be tried on those that come when it is made.
void Adaptive::make_versions(FunctionId id, Hot& hot) {
  for (uint32_t k = 0; k < hot.observed_count; ++k) {
    // What a pointer points to must not change, or nothing is gained by knowing it.
    Observed& observed = hot.observed[k];
    if (observed.pointer && machine_.fixed(hot.seen[0].values[k], 1) == nullptr) observed.most = 0;
  }
  Known known[kMaxVersions];
  hot.version_count =
      choose_versions({hot.seen, options_.watched}, {hot.observed, hot.observed_count}, known);
  // Where nothing repeats there is still what is known of loops, and of constants.
  if (hot.version_count == 0) hot.version_count = 1;
  hot.state = Hot::tried;
  hot.calls = 0;
  uint32_t made = 0;
  for (uint32_t k = 0; k < hot.version_count; ++k) {
    Version& version = hot.versions[made];
    version = {change_of(id, TierChange::version, compiled_)};
    TierChange& change = version.change;
    change.observed = {hot.observed, hot.observed_count};
    change.known = known[k];
    make_version(version);
    if (version.state == Version::bad) break;  // the others will not be made either
    ++made;
  }
  hot.version_count = made;
  if (made > 0) return;
  hot.state = Hot::settled;
  native_.publish(id);
}

}  // namespace jit
