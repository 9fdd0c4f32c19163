// What the checks share: parameters, words for figures and reasons, and the loop over boots that
// turns what was seen in each into one finding.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/record.h"
#include "model/scenario.h"

namespace harness {

// ---- parameters -----------------------------------------------------------------------------

/// The value of a parameter, or nullptr where the scenario does not give it.
template <class T>
const T* param(const CheckSpec& spec, const std::string& name) {
  const auto at = spec.params.find(name);
  return at == spec.params.end() ? nullptr : std::get_if<T>(&at->second);
}
std::string text_param(const CheckSpec& spec, const std::string& name);  // "" where not given
Range range_param(const CheckSpec& spec, const std::string& name);       // all, where not given

// ---- words ----------------------------------------------------------------------------------

/// Guest text in single quotes: cut to 80 bytes, made harmless.
std::string quote(std::string_view untrusted);
/// "profile fibonacci": the kind with what it is about, cut and harmless.
std::string title_of(const CheckSpec& spec, std::string_view about = {});
/// "10", "50..500", "at least 50", "at most 500".
std::string allowed_text(Range range);
/// "1,234 instructions"; without a unit, the number alone.
std::string amount(std::uint64_t value, std::string_view unit);

// ---- the loop over boots --------------------------------------------------------------------

struct Fault {
  FindingStatus status = FindingStatus::fail;
  std::string reason;
};

/// A number of one boot, and what it must be.
struct Quantity {
  std::string label;
  std::uint64_t value = 0;
  std::string unit = {};
  Range allowed = {};
};

/// What a check saw in one boot.
struct Seen {
  std::string words = {};              // what of the figure is no number
  std::vector<Quantity> numbers = {};  // one outside its range is a fault by itself
  std::optional<Fault> fault = {};
};
Seen failed(std::string reason);
Seen invalid(std::string reason);

/// Looks at every boot. The finding is that of the first boot with a fault and names it; numbers
/// in the figure are shown as lowest..highest where boots differ. A check with `clock:` for the
/// other clock passes unseen and says so.
Finding over_boots(const RunRecord& record, const CheckSpec& spec, std::string title,
                   const std::function<Seen(const BootRecord&)>& look);

// ---- rows and lines -------------------------------------------------------------------------

/// The rows of that name; all of them for an empty name.
template <class Row>
std::vector<const Row*> rows_named(const std::vector<Row>& rows, std::string_view name) {
  std::vector<const Row*> found;
  for (const Row& row : rows) {
    if (name.empty() || row.name == name) found.push_back(&row);
  }
  return found;
}
/// A fault unless exactly one row arrived: none fails (naming a damaged line of that tag, which may
/// have been it, or what is nearly that name), several are invalid.
std::optional<Fault> arrival_fault(const BootRecord& boot, std::string_view tag,
                                   std::string_view name, std::size_t arrived);

/// The text of a line of a boot.
std::string_view line_text(const BootRecord& boot, const Line& line);
/// Index of the first well-formed protocol line with that tag, at or after `from`.
std::optional<std::size_t> find_tag(const BootRecord& boot, std::string_view tag,
                                    std::size_t from = 0);
/// Where the session starts in the serial bytes: at [BEGIN], or at 0 where there is none.
std::size_t session_begin(const BootRecord& boot);

}  // namespace harness
