#include "profile/saved.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/files.h"
#include "base/format.h"
#include "base/text.h"
#include "profile/code.h"
#include "profile/saved_numbers.h"

namespace harness::profile {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPicture = 4u << 20, kMaxFunctions = 15;

html::Markup functions_table(const SavedNumbers& saved) {
  std::vector<html::Row> rows;
  for (const SavedFunction& line : saved.functions) {
    if (rows.size() == kMaxFunctions) break;
    const double share =
        saved.guest == 0 ? 0 : static_cast<double>(line.self) / static_cast<double>(saved.guest);
    rows.push_back({{html::escaped(brief_name(line.name)), html::share_bar(share),
                     html::escaped(percent_text(share)), html::escaped(grouped(line.self)),
                     html::escaped(grouped(line.calls)),
                     html::escaped(line.calls == 0 ? "" : grouped(line.self / line.calls)),
                     html::escaped(grouped(line.total))}});
  }
  return html::table({{"Function"},
                      {""},
                      {"Share", true},
                      {"Own", true},
                      {"Calls", true},
                      {"Own, a call", true},
                      {"With what it calls", true}},
                     rows);
}

html::Markup picture_of(const fs::path& file, bool served) {
  const html::Markup caption =
      served ? html::Markup(
                   "<figcaption><a href=\"profile.svg\">Open it to look closer</a></figcaption>")
             : html::Markup(
                   "<figcaption>The guest's own: the wider, the more instructions; what a function "
                   "calls stands below it. profile.svg beside this page can be zoomed and searched."
                   "</figcaption>");
  return html::element("figure", html::data_uri_image("image/svg+xml", read_file(file, kMaxPicture),
                                                      "Flame graph of the guest's instructions") +
                                     caption);
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
        "Every instruction of one boot, counted by QEMU: {} of the guest's own. What costs most "
        "comes first; firmware is left out.",
        grouped(saved.guest));
    return html::PageSection{"functions", "Slowest functions",
                             html::element("p", " class=\"note\"", html::escaped(note)) +
                                 functions_table(saved) + picture_of(picture, served)};
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace harness::profile
