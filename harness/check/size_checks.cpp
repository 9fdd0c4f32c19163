// How large the image is, from the files of the build.
#include <fmt/format.h>

#include <optional>

#include "base/text.h"
#include "check/checks.h"
#include "check/support.h"

namespace harness {
namespace {

std::optional<std::uint64_t> size_of(const Sizes& sizes, std::string_view what) {
  if (what == "loaded") return sizes.loaded;
  if (what == "app") return sizes.app;
  if (what == "library") return sizes.library;
  if (what == "archive") return sizes.archive;
  if (what == "disk") return sizes.disk;
  if (what == "bss") return sizes.bss;
  if (what == "demo" && sizes.app && sizes.library) return *sizes.app + *sizes.library;
  return std::nullopt;
}

Finding finding_of(const CheckSpec& spec) {
  return {
      .check = title_of(spec, text_param(spec, "of")), .figure = {}, .reason = {}, .at = spec.at};
}

/// Makes the finding one about a size that the build did not tell.
Finding unknown_size(Finding finding, const CheckSpec& spec) {
  finding.status = FindingStatus::invalid;
  finding.reason = fmt::format("the size of {} is not known: no file of the build tells it",
                               quoted(text_param(spec, "of")));
  return finding;
}

}  // namespace

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
