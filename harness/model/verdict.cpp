#include "model/verdict.h"

#include <algorithm>
#include <iterator>

namespace harness {

constexpr VerdictRow kVerdictTable[] = {
    {VerdictKind::pass, "pass", ExitStatus::pass, "the guest passed and every check held"},
    {VerdictKind::fail, "fail", ExitStatus::failed, "the guest said so, or a check failed"},
    {VerdictKind::skip, "skip", ExitStatus::pass, "the guest said that it cannot run here"},
    {VerdictKind::panic, "panic", ExitStatus::failed, "the guest panicked"},
    {VerdictKind::reset, "reset", ExitStatus::failed,
     "the guest reset the machine (a triple fault, or on purpose)"},
    {VerdictKind::exit_unsignalled, "exit_unsignalled", ExitStatus::failed,
     "the guest went away without saying how it ended"},
    {VerdictKind::timeout, "timeout", ExitStatus::failed, "the guest ran into a limit on its time"},
    {VerdictKind::idle, "idle", ExitStatus::failed, "the guest fell silent for too long"},
    {VerdictKind::no_output, "no_output", ExitStatus::failed, "the guest never said a byte"},
    {VerdictKind::truncated, "truncated", ExitStatus::invalid_data,
     "the output ended before [END], parts of it are missing, or it was more than allowed"},
    {VerdictKind::invalid_data, "invalid_data", ExitStatus::invalid_data,
     "the output is damaged, impossible, or contradicts itself"},
    {VerdictKind::harness_error, "harness_error", ExitStatus::harness_error,
     "QEMU could not start, or died by itself"},
    {VerdictKind::interrupted, "interrupted", ExitStatus::interrupted, "stopped by the user"},
};
constexpr std::size_t kVerdictCount = std::size(kVerdictTable);

namespace {

consteval bool in_order_of_kind() {
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    if (kVerdictTable[i].kind != static_cast<VerdictKind>(i)) return false;
  }
  return kVerdictCount == static_cast<std::size_t>(VerdictKind::interrupted) + 1;
}
static_assert(in_order_of_kind(), "rows are found by index");

}  // namespace

std::string_view verdict_name(VerdictKind kind) {
  return kVerdictTable[static_cast<std::size_t>(kind)].name;
}

std::optional<VerdictKind> verdict_of(std::string_view name) {
  const auto* row = std::ranges::find(kVerdictTable, name, &VerdictRow::name);
  if (row == std::end(kVerdictTable)) return std::nullopt;
  return row->kind;
}

ExitStatus exit_status(VerdictKind kind) {
  return kVerdictTable[static_cast<std::size_t>(kind)].status;
}

}  // namespace harness
