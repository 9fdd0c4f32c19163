// What the lines say. A text is searched in every line of the serial output, protocol or not; it
// never decides how a run ended (that is the ending's part), only whether the line is there.
#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "base/format.h"
#include "base/text.h"
#include "check/checks.h"
#include "check/matcher.h"
#include "check/near_miss.h"
#include "check/support.h"
#include "check/watch.h"
#include "console_text/plain_line.h"
#include "stream/crash.h"

namespace harness {
namespace {

/// A line whole: one of more than 64 KiB came in pieces, each listed as a line.
struct WholeLine {
  std::string_view text;
  std::size_t first = 0, end = 0;  // of its pieces
};

/// The one whose first piece is line `first`.
WholeLine whole_line(const BootRecord& boot, std::size_t first) {
  const std::vector<Line>& lines = boot.events.lines;
  Line all = lines[first];
  std::size_t end = first + 1;
  for (; end < lines.size() && !lines[end - 1].terminated; ++end) all.end = lines[end].end;
  return {line_text(boot, all), first, end};
}

/// The first line from `from` on that matches.
std::optional<WholeLine> find_line(const BootRecord& boot, const Matcher& matches,
                                   std::size_t from = 0) {
  for (std::size_t i = from; i < boot.events.lines.size();) {
    const WholeLine line = whole_line(boot, i);
    if (matches(line.text)) return line;
    i = line.end;
  }
  return std::nullopt;
}

/// A text that is not where it should be: somewhere earlier, or nowhere.
std::string out_of_order(const BootRecord& boot, const Matcher& matches, const std::string& text,
                         const std::string& previous, std::size_t previous_line) {
  if (previous_line == 0)
    return fmt::format("{} was not found{}", quote(text), near_line(boot, text));
  const std::string after = fmt::format("after {} (line {})", quote(previous), previous_line);
  if (const auto early = find_line(boot, matches)) {
    return fmt::format("{} stands in line {}, must come {}", quote(text), early->first + 1, after);
  }
  return fmt::format("{} was not found {}{}", quote(text), after, near_line(boot, text));
}

}  // namespace

Finding check_text(const RunRecord& record, const CheckSpec& spec) {
  const Matcher matches = matcher_of(spec);
  const auto* allowed = param<Range>(spec, "count");
  return over_boots(record, spec, title_of(spec, wanted(spec)), [&](const BootRecord& boot) {
    std::uint64_t count = 0;
    for (auto at = find_line(boot, matches); at; at = find_line(boot, matches, at->end)) ++count;
    if (allowed) return Seen{.numbers = {{"matching lines", count, {}, *allowed}}};
    if (count == 0) {
      const std::string near = near_line(boot, text_param(spec, "text"));
      return failed(fmt::format("{} was not found in {}{}", quote(wanted(spec)),
                                count_of(boot.events.lines.size(), "line"), near));
    }
    return Seen{.numbers = {{"first in line", find_line(boot, matches)->first + 1}}};
  });
}

Finding check_order(const RunRecord& record, const CheckSpec& spec) {
  const auto* texts = param<std::vector<std::string>>(spec, "texts");
  const std::vector<std::string> wanted_texts = texts ? *texts : std::vector<std::string>{};
  return over_boots(record, spec, title_of(spec), [&](const BootRecord& boot) {
    Seen seen{.words = "lines"};
    std::size_t from = 0, previous_line = 0;
    std::string previous;
    for (const std::string& text : wanted_texts) {
      const Matcher matches = [&](std::string_view line) { return shows(line, text); };
      const auto at = find_line(boot, matches, from);
      if (!at) return failed(out_of_order(boot, matches, text, previous, previous_line));
      previous_line = at->first + 1;
      seen.words += (&text == &wanted_texts.front() ? " " : ", ") + std::to_string(previous_line);
      from = at->end;
      previous = text;
    }
    return seen;
  });
}

Finding check_forbid(const RunRecord& record, const CheckSpec& spec) {
  const Matcher matches = matcher_of(spec);
  return over_boots(record, spec, title_of(spec, wanted(spec)), [&](const BootRecord& boot) {
    AllowedSpans allowed(record.output_rules.allowances);
    const std::vector<Line>& lines = boot.events.lines;
    for (std::size_t i = 0; i < lines.size();) {
      const WholeLine whole = whole_line(boot, i);
      bool in_a_piece = false;
      for (; i < whole.end; ++i) {
        const std::string_view line = line_text(boot, lines[i]);
        allowed.see(line, i > whole.first);
        if (!matches(line)) continue;
        in_a_piece = true;
        if (!allowed.allows(line, "")) {
          return failed(fmt::format("line {} says {}", i + 1, quote(line)));
        }
      }
      const bool in_pieces = whole.end - whole.first > 1 && !in_a_piece;
      if (in_pieces && matches(whole.text) && !allowed.allows(whole.text, "")) {
        return failed(fmt::format("line {} has it, somewhere in its {} bytes", whole.first + 1,
                                  grouped(whole.text.size())));
      }
    }
    return Seen{.numbers = {{"absent from all lines:", lines.size()}}};
  });
}

/// It allows and demands nothing: the finding is how much it was needed.
Finding check_allow(const RunRecord& record, const CheckSpec& spec) {
  const std::vector<Allowance> only = allowances_of({spec});
  const std::string about = only.front().crash + only.front().text;
  return over_boots(record, spec, title_of(spec, about), [&](const BootRecord& boot) {
    AllowedSpans allowed(only);
    std::uint64_t count = 0;
    bool goes_on = false;
    for (const Line& line : boot.events.lines) {
      const std::string_view text = line_text(boot, line);
      allowed.see(text, goes_on);
      goes_on = !line.terminated;
      const CrashSignature* crash = line.protocol ? nullptr : find_crash(text);
      count += allowed.allows(text, crash ? crash->name : "") ? 1 : 0;
    }
    return Seen{.numbers = {{"lines allowed", count}}};
  });
}

}  // namespace harness
