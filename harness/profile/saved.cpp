#include "profile/saved.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/format.h"
#include "base/listing.h"
#include "base/text.h"
#include "profile/code.h"
#include "profile/flame.h"
#include "profile/saved_numbers.h"

namespace harness::profile {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFunctions = 15, kMaxShownName = 200;

html::Markup functions_table(const SavedNumbers& saved) {
  std::vector<html::Row> rows;
  for (const SavedFunction& line : saved.functions) {
    if (rows.size() == kMaxFunctions) break;
    const double share =
        saved.guest == 0 ? 0 : static_cast<double>(line.self) / static_cast<double>(saved.guest);
    rows.push_back({{html::breakable(shortened(brief_name(line.name), kMaxShownName)),
                     html::share_bar(share), html::escaped(percent_text(share)),
                     html::escaped(grouped(line.self)), html::escaped(grouped(line.calls)),
                     html::escaped(line.calls == 0 ? "" : grouped(line.self / line.calls)),
                     html::escaped(grouped(line.total))}});
  }
  return html::table({{"Function"},
                      {""},
                      {"Of the guest's", true},
                      {"Own", true},
                      {"Calls", true},
                      {"Own, a call", true},
                      {"With what it calls", true}},
                     rows);
}

html::Markup picture_of(const SavedNumbers& saved, bool served) {
  const html::Markup frames = flame_markup(saved);
  if (frames.empty() && !served) return {};
  const html::Markup caption =
      html::Markup("The wider, the more instructions; what a function calls stands below it. ") +
      (served ? html::Markup("<a href=\"profile.svg\">Open it alone</a>")
              : html::Markup("profile.svg beside this page is the same alone."));
  return html::element("figure", frames + html::element("figcaption", caption));
}

}  // namespace

std::optional<html::PageSection> saved_section(const fs::path& folder,
                                               const std::string& image_sha256, bool served) {
  const fs::path numbers = folder / "profile.json", picture = folder / "profile.svg";
  if (!fs::exists(numbers) || !fs::exists(picture)) return std::nullopt;
  try {
    const SavedNumbers saved = read_saved_numbers(numbers);
    if (saved.image_sha256 != image_sha256) return std::nullopt;
    const std::string note = fmt::format(
        "Every instruction of one boot, counted by QEMU. Shares are of the {} that the guest "
        "itself "
        "executed: firmware is left out. What costs most comes first.",
        grouped(saved.guest));
    return html::PageSection{"functions", "Slowest functions",
                             html::element("p", " class=\"note\"", html::escaped(note)) +
                                 functions_table(saved) + picture_of(saved, served)};
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace harness::profile
