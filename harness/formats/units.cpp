#include "formats/units.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"

namespace harness {
namespace {

struct Unit {
  std::string_view name;
  char kind;           // t: time, b: bytes, i: bits, f: frequency
  std::uint64_t size;  // in the smallest of its kind
};
constexpr std::uint64_t kSecond = 1'000'000'000'000;  // in ps
constexpr Unit kUnits[] = {
    {"ps", 't', 1},
    {"ns", 't', 1'000},
    {"us", 't', 1'000'000},
    {"ms", 't', 1'000'000'000},
    {"s", 't', kSecond},
    {"min", 't', 60 * kSecond},
    {"h", 't', 3600 * kSecond},
    {"d", 't', 86'400 * kSecond},
    {"B", 'b', 1},
    {"bytes", 'b', 1},
    {"KB", 'b', 1'000},
    {"MB", 'b', 1'000'000},
    {"GB", 'b', 1'000'000'000},
    {"TB", 'b', 1'000'000'000'000},
    {"KiB", 'b', 1ULL << 10},
    {"MiB", 'b', 1ULL << 20},
    {"GiB", 'b', 1ULL << 30},
    {"TiB", 'b', 1ULL << 40},
    {"bit", 'i', 1},
    {"kbit", 'i', 1'000},
    {"Mbit", 'i', 1'000'000},
    {"Gbit", 'i', 1'000'000'000},
    {"Hz", 'f', 1},
    {"kHz", 'f', 1'000},
    {"MHz", 'f', 1'000'000},
    {"GHz", 'f', 1'000'000'000},
};

struct UnitAlias {
  std::string_view printed, name;
};
/// In these spellings only: MB is not mb.
constexpr UnitAlias kUnitAliases[] = {{"\xC2\xB5s", "us"},  // U+00B5, micro sign
                                      {"\xCE\xBCs", "us"},  // U+03BC, the Greek letter
                                      {"kB", "KB"},        {"hr", "h"},     {"hrs", "h"},
                                      {"KHz", "kHz"},      {"Kbit", "kbit"}};
/// In small letters, capitals or both, and with an "s" at the end.
constexpr UnitAlias kUnitWords[] = {
    {"psec", "ps"},      {"picosecond", "ps"},  {"nsec", "ns"},
    {"nanosec", "ns"},   {"nanosecond", "ns"},  {"usec", "us"},
    {"microsec", "us"},  {"microsecond", "us"}, {"msec", "ms"},
    {"millisec", "ms"},  {"millisecond", "ms"}, {"sec", "s"},
    {"second", "s"},     {"min", "min"},        {"minute", "min"},
    {"hour", "h"},       {"day", "d"},          {"byte", "bytes"},
    {"octet", "bytes"},  {"bit", "bit"},        {"kilobyte", "KB"},
    {"megabyte", "MB"},  {"gigabyte", "GB"},    {"kibibyte", "KiB"},
    {"mebibyte", "MiB"}, {"gibibyte", "GiB"},   {"instruction", "instructions"},
    {"cycle", "cycles"}, {"call", "calls"}};

const Unit* find_unit(std::string_view name) {
  const auto* at = std::ranges::find(kUnits, name, &Unit::name);
  return at == std::end(kUnits) ? nullptr : at;
}

std::string in_small_letters(std::string_view text) {
  std::string low(text);
  std::ranges::transform(low, low.begin(), lower_case);
  return low;
}

/// A unit without "per"; what is not known stays as it is.
std::string_view canonical_simple(std::string_view printed) {
  if (find_unit(printed)) return printed;
  const auto* alias = std::ranges::find(kUnitAliases, printed, &UnitAlias::printed);
  if (alias != std::end(kUnitAliases)) return alias->name;
  const std::string low = in_small_letters(printed);
  for (const UnitAlias& word : kUnitWords) {
    std::string_view rest = low;
    if (!rest.starts_with(word.printed)) continue;
    rest.remove_prefix(word.printed.size());
    if (rest.empty() || rest == "s") return word.name;
  }
  return printed;
}

/// "MB/s" and "MB per second" in two; `per` is empty where there is none.
struct UnitParts {
  std::string_view of, per;
};
UnitParts unit_parts(std::string_view unit) {
  for (const std::string_view word :
       {std::string_view("/"), std::string_view(" per "), std::string_view("_per_")}) {
    const std::size_t at = unit.rfind(word);
    if (at != unit.npos) return {unit.substr(0, at), unit.substr(at + word.size())};
  }
  return {unit, {}};
}

bool is_time(std::string_view canonical) {
  const Unit* unit = find_unit(canonical);
  return unit && unit->kind == 't';
}

std::optional<Factor> between_simple(std::string_view from, std::string_view to) {
  if (from == to) return Factor{};
  const Unit *a = find_unit(from), *b = find_unit(to);
  if (!a || !b || a->kind != b->kind) return std::nullopt;
  const std::uint64_t common = std::gcd(a->size, b->size);
  return Factor{a->size / common, b->size / common};
}

}  // namespace

std::optional<Factor> factor_between(std::string_view from, std::string_view to) {
  if (from == to) return Factor{};
  const UnitParts a = unit_parts(from), b = unit_parts(to);
  const auto same_per = canonical_simple(a.per) == canonical_simple(b.per);
  if (!same_per || (!a.per.empty() && !is_time(canonical_simple(a.per)))) return std::nullopt;
  return between_simple(canonical_simple(a.of), canonical_simple(b.of));
}

bool is_convertible(std::string_view unit) {
  const UnitParts parts = unit_parts(unit);
  const bool per_time = parts.per.empty() || is_time(canonical_simple(parts.per));
  return per_time && find_unit(canonical_simple(parts.of)) != nullptr;
}

std::string canonical_unit(std::string_view printed) {
  const UnitParts parts = unit_parts(printed);
  if (parts.per.empty()) return std::string(canonical_simple(printed));
  const std::string_view per = canonical_simple(parts.per);
  if (!is_time(per)) return std::string(printed);
  return std::string(canonical_simple(parts.of)) + "/" + std::string(per);
}

bool is_time_unit(std::string_view unit) {
  const UnitParts parts = unit_parts(unit);
  const std::string_view of = parts.of.substr(0, parts.of.find(" a "));
  return is_time(canonical_simple(of)) && !is_time(canonical_simple(parts.per));
}

UnitSense sense_of_unit(std::string_view unit) {
  constexpr std::string_view kCosts[] = {"instructions", "cycles", "calls", "allocs"};
  constexpr std::string_view kRates[] = {"bps", "iops", "flops", "mips",
                                         "fps", "qps",  "tps",   "rps"};
  const UnitParts parts = unit_parts(unit);
  const std::string_view per = canonical_simple(parts.per);
  if (!per.empty() && is_time(per)) return UnitSense::rate;
  // Instructions per cycle are no cost of a cycle.
  if (per == "cycles" || per == "instructions") return UnitSense::other;
  const std::string_view of = canonical_simple(parts.of);
  const Unit* known = find_unit(of);
  const bool cost = known ? known->kind == 't' || known->kind == 'b'
                          : std::ranges::find(kCosts, of) != std::end(kCosts);
  if (cost) return UnitSense::cost;
  const std::string low = in_small_letters(unit);
  const auto ends = [&](std::string_view rate) { return low.ends_with(rate); };
  return std::ranges::any_of(kRates, ends) ? UnitSense::rate : UnitSense::other;
}

}  // namespace harness
