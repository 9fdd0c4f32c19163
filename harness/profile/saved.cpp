#include "profile/saved.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/format.h"
#include "base/json.h"
#include "base/text.h"
#include "profile/code.h"

namespace harness::profile {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxBytes = 64u << 20, kMaxPicture = 4u << 20, kMaxFunctions = 15;

struct SavedFunction {
  std::string name;
  std::uint64_t self = 0, total = 0, calls = 0;
};
struct Saved {
  std::uint64_t guest = 0;
  std::vector<SavedFunction> lines;  // own instructions fall
};

/// Throws nlohmann::json::exception for what is not a profile.
Saved read(const nlohmann::json& json) {
  Saved saved;
  saved.guest = json.at("guest").get<std::uint64_t>();
  for (const nlohmann::json& function : json.at("functions")) {
    if (function.contains("region")) continue;  // firmware: not the guest's own
    saved.lines.push_back(
        {function.at("name").get<std::string>(), function.at("self").get<std::uint64_t>(),
         function.at("total").get<std::uint64_t>(), function.at("calls").get<std::uint64_t>()});
  }
  std::ranges::sort(saved.lines, [](const SavedFunction& a, const SavedFunction& b) {
    return a.self != b.self ? a.self > b.self : a.name < b.name;
  });
  return saved;
}

html::Markup functions_table(const Saved& saved) {
  std::vector<html::Row> rows;
  for (const SavedFunction& line : saved.lines) {
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
    const std::string text = read_file(numbers, kMaxBytes);
    if (!is_valid_json(text)) return std::nullopt;
    const nlohmann::json json = nlohmann::json::parse(text);
    if (json.at("image_sha256").get<std::string>() != image_sha256) return std::nullopt;
    const Saved saved = read(json);
    const std::string note = fmt::format(
        "Every instruction of one boot, counted by QEMU: {} of the guest's own. What costs most "
        "comes first; firmware is left out.",
        grouped(saved.guest));
    return html::PageSection{"functions", "Slowest functions",
                             html::element("p", " class=\"note\"", html::escaped(note)) +
                                 functions_table(saved) + picture_of(picture, served)};
  } catch (const Error&) {
    return std::nullopt;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace harness::profile
