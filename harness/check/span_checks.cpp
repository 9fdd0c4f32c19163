// What stands between two lines, as a whole: text whose every byte is known beforehand.
#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "base/sha256.h"
#include "check/checks.h"
#include "check/support.h"
#include "console_text/plain_line.h"

namespace harness {
namespace {

/// Index of the first line from `from` on that holds the text.
std::optional<std::size_t> find_line(const BootRecord& boot, std::string_view text,
                                     std::size_t from) {
  for (std::size_t i = from; i < boot.events.lines.size(); ++i) {
    if (shows(line_text(boot, boot.events.lines[i]), text)) return i;
  }
  return std::nullopt;
}

}  // namespace

Finding check_hash(const RunRecord& record, const CheckSpec& spec) {
  const std::string from = text_param(spec, "from"), to = text_param(spec, "to");
  const std::string wanted = text_param(spec, "sha256");
  return over_boots(
      record, spec, title_of(spec, wanted.substr(0, 12)), [&](const BootRecord& boot) {
        const std::vector<Line>& lines = boot.events.lines;
        const auto first = find_line(boot, from, 0);
        if (!first) {
          return failed(
              fmt::format("no line holds {}, after which the text begins", harness::quote(from)));
        }
        const auto last = find_line(boot, to, *first + 1);
        if (!last) {
          return failed(fmt::format("no line after line {} holds {}, before which the text ends",
                                    *first + 1, harness::quote(to)));
        }
        const std::size_t begin = lines[*first + 1].begin, end = lines[*last].begin;
        const auto text = std::string_view(boot.trace.serial).substr(begin, end - begin);
        Seen seen{.numbers = {{"text", text.size(), "bytes"}}};
        const std::string hash = sha256_of(text);
        if (hash != wanted) {
          seen.fault = Fault{FindingStatus::fail,
                             fmt::format("lines {} to {} have the SHA-256 {}, must be {}",
                                         *first + 2, *last, hash, harness::quote(wanted))};
        }
        return seen;
      });
}

}  // namespace harness
