// How large the image is, from the files of the build.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/text.h"
#include "check/checks.h"
#include "check/support.h"

namespace harness {
namespace {

using Size = std::optional<std::uint64_t> Sizes::*;
/// A size is a member, or the sum of two.
struct SizeRow {
  std::string_view name;
  Size part;
  Size other = nullptr;
};
constexpr SizeRow kSizes[] = {
    {"loaded", &Sizes::loaded},   {"app", &Sizes::app},
    {"library", &Sizes::library}, {"demo", &Sizes::app, &Sizes::library},
    {"archive", &Sizes::archive}, {"disk", &Sizes::disk},
    {"bss", &Sizes::bss},
};

std::optional<std::uint64_t> size_of(const Sizes& sizes, std::string_view name) {
  const auto* row = std::ranges::find(kSizes, name, &SizeRow::name);
  if (row == std::end(kSizes)) return std::nullopt;
  const std::optional<std::uint64_t>& part = sizes.*row->part;
  if (!row->other || !part) return part;
  const std::optional<std::uint64_t>& other = sizes.*row->other;
  return other ? std::optional(*part + *other) : std::nullopt;
}

Finding finding_of(const CheckSpec& spec) {
  return {
      .check = title_of(spec, text_param(spec, "of")), .figure = {}, .reason = {}, .at = spec.at};
}

/// Makes the finding one about a size that the build does not state.
Finding unknown_size(Finding finding, const CheckSpec& spec) {
  finding.status = FindingStatus::invalid;
  finding.reason = fmt::format("the size of {} is not known: no file of the build states it",
                               quote(text_param(spec, "of")));
  return finding;
}

}  // namespace

std::vector<std::string_view> size_names() {
  std::vector<std::string_view> names;
  names.reserve(std::size(kSizes));
  for (const SizeRow& row : kSizes) names.push_back(row.name);
  return names;
}

Finding check_size(const RunRecord& record, const CheckSpec& spec) {
  Finding finding = finding_of(spec);
  const std::optional<std::uint64_t> size = size_of(record.sizes, text_param(spec, "of"));
  if (!size) return unknown_size(std::move(finding), spec);
  Range allowed;
  if (const auto* low = param<std::uint64_t>(spec, "min")) allowed.low = *low;
  if (const auto* high = param<std::uint64_t>(spec, "max")) allowed.high = *high;
  finding.figure = amount(*size, wire::kBytes);
  if (!allowed.contains(*size)) {
    finding.status = FindingStatus::fail;
    finding.reason = fmt::format("{} is {}, must be {}", text_param(spec, "of"),
                                 amount(*size, wire::kBytes), allowed_text(allowed));
  }
  return finding;
}

Finding check_reduction(const RunRecord& record, const CheckSpec& spec) {
  Finding finding = finding_of(spec);
  const std::optional<std::uint64_t> size = size_of(record.sizes, text_param(spec, "of"));
  if (!size) return unknown_size(std::move(finding), spec);
  const auto* from = param<std::uint64_t>(spec, "from");
  const auto* at_least = param<double>(spec, "at_least");
  const double before = static_cast<double>(from ? *from : 0);
  const double wanted = at_least ? *at_least : 0;
  const double saved = before > 0 ? (before - static_cast<double>(*size)) * 100 / before : 0;
  const std::string change =
      saved < 0 ? fmt::format("{:.1f} % more", -saved) : fmt::format("{:.1f} % less", saved);
  finding.figure =
      fmt::format("{} \u2192 {} bytes, {}", grouped(from ? *from : 0), grouped(*size), change);
  if (saved < wanted) {
    finding.status = FindingStatus::fail;
    finding.reason = fmt::format("{} is {}, must be at least {:.1f} % less than {}",
                                 text_param(spec, "of"), change, wanted, grouped(from ? *from : 0));
  }
  return finding;
}

}  // namespace harness
