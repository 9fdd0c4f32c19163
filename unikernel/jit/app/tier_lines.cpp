#include "app/tier_lines.h"

#include <wire/protocol.h>
#include <wire/tier.h>

#include "kernel/console.h"

namespace jit::app {
namespace {

using kernel::Console;

/// `(1 = 64, *2+8 = 172)`: what a version is for, by the slots of the arguments.
void tell_known(Console& out, const TierChange& change) {
  for (uint32_t k = 0; k < change.known.count; ++k) {
    const Native::Seen& where = change.observed[change.known.which[k]].where;
    out.text(k == 0 ? "(" : ", ").text(where.bytes > 0 ? "*" : "").decimal(where.slot);
    if (where.bytes > 0) out.text("+").decimal(where.offset);
    out.text(" = ").decimal(change.known.values[k]);
  }
  if (change.known.count > 0) out.text(")");
}

/// What a version was tried on, and what the call took before.
void tell_test(Console& out, const TierChange& change) {
  if (change.test.instructions == 0) return;
  out.text("; tried on a call of ").decimal(change.test.instructions);
  out.text(" instructions: ").decimal(change.test.ticks).text(" ticks, t1 ");
  out.decimal(change.before);
  if (change.like != change.test.instructions) out.text(" for ").decimal(change.like);
  if (change.test.whole) out.text(", not cut");
}

const char* tiers_of(const TierChange& change) {
  const bool first = change.what <= TierChange::loop;
  if (change.what == TierChange::restored) {
    return change.bytes > 0 ? " restored" : " not restored";
  }
  if (change.what == TierChange::abandoned) return " t2 -> t1";
  if (change.what == TierChange::missed) return " t2, or t1";
  if (change.bytes > 0) return first ? " t0 -> t1" : " t1 -> t2";
  return first ? " stays t0" : " stays t1";
}

}  // namespace

void TierLines::add_known(Line& line, const TierChange& change) {
  for (uint32_t k = 0; k < change.known.count; ++k) {
    const Native::Seen& where = change.observed[change.known.which[k]].where;
    line.add(k == 0 ? "(" : ",")
        .add(where.bytes > 0 ? Text("*") : Text())
        .add(uint64_t{where.slot});
    if (where.bytes > 0) line.add("+").add(uint64_t{where.offset});
    line.add("=").add(uint64_t{change.known.values[k]});
  }
  if (change.known.count > 0) line.add(")");
}

void TierLines::add(const Module& module, const TierChange& change) {
  if (count_ == kMost) {
    ++lost_;
    return;
  }
  Kept& kept = kept_[count_++];
  kept.change = change;
  kept.name = module.functions[change.id].name;
  kept.why = Line().add(change.why);
}

void TierLines::tell(Console& out) const {
  for (uint32_t i = 0; i < count_; ++i) tell(out, kept_[i]);
  if (lost_ > 0) out.text("tier: ").decimal(lost_).text(" more\n");
}

void TierLines::tell_longest(Console& out, const ProgramResult& result) {
  if (result.longest_slice == 0) return;
  out.text("tier: compiled in slices of at most ").decimal(result.longest_slice).text(" ticks");
  if (result.longest_trial > 0) {
    out.text("; a version was tried for at most ").decimal(result.longest_trial);
    out.text(", the program standing still for ").decimal(result.longest_still).text(" of them");
  }
  out.newline();
}

void TierLines::tell_gains(Console& out) const {
  for (uint32_t i = 0; i < count_; ++i) {
    const TierChange& change = kept_[i].change;
    if (change.what != TierChange::version || change.bytes == 0) continue;
    const auto named = [&](const char* key, Text name) {
      char written[wire::kCodeNameBytes];
      const size_t size = wire::code_name(name.data, name.size, written);
      out.text("\"").text(key).text("\":\"");
      for (size_t k = 0; k < size; ++k) {
        const bool plain = written[k] != '"' && written[k] != '\\';
        out.text(plain ? &written[k] : "?", 1);
      }
      out.text("\",");
    };
    Line name;
    name.add(kept_[i].name);
    add_known(name, change);
    out.text(wire::kJson).text(" {\"").text(wire::tier::kObject).text("\":{");
    named(wire::tier::kName, name.text());
    named(wire::tier::kOf, kept_[i].name);
    // Where machine code asks for fuel, others are compiled.
    named(wire::tier::kBeside, "jit::Native::refuel");
    out.text("\"").text(wire::tier::kTicks).text("\":").decimal(change.test.ticks);
    out.text(",\"").text(wire::tier::kBefore).text("\":").decimal(change.before).text("}}\n");
  }
}

void TierLines::tell(Console& out, const Kept& kept) {
  const TierChange& change = kept.change;
  Line name;
  name.add(kept.name);
  out.text("tier: ").text(name.text().data, name.text().size);
  tell_known(out, change);
  if (change.what == TierChange::loop) out.text(", loop");
  out.text(tiers_of(change)).text(" at ").decimal(change.at);
  out.text(", ").decimal(change.samples).text(" samples, ").decimal(change.instructions);
  out.text(" instructions; ").decimal(change.bytes).text(" bytes, ").decimal(change.ticks);
  out.text(" ticks");
  if (change.inlined > 0) out.text(", with ").decimal(change.inlined).text(" calls in it");
  tell_test(out, change);
  const Text why = kept.why.text();
  if (why.size > 0) out.text(": ");
  if (change.fallen_back > 0) out.decimal(change.fallen_back).text(" ");
  out.text(why.data, why.size);
  out.newline();
}

}  // namespace jit::app
