#include "output/comparison_output.h"

#include "base/files.h"
#include "compare/figures.h"
#include "compare/render.h"
#include "compare/render_rows.h"
#include "output/finish.h"
#include "output/github.h"
#include "report/annotations.h"
#include "run/progress.h"

namespace harness {

namespace {

/// A counter may be called anything, but one that is called "x=higher" is none of ours.
GateOn gate_of(const std::string& text) {
  const std::size_t equals = text.rfind('=');
  if (equals == text.npos) return {text};
  const std::optional<Direction> better = direction_of(text.substr(equals + 1));
  if (!better || equals == 0) {
    throw UsageError("--gate-on " + text + " does not say which way is better",
                     "write NAME, NAME=lower, NAME=higher or NAME=neither");
  }
  return {text.substr(0, equals), better};
}

}  // namespace

Rules rules_of(const ComparisonOptions& options) {
  Rules rules;
  rules.allow_missing = options.allow_missing;
  rules.allow_new = options.allow_new;
  rules.ignore_fingerprint = options.ignore_fingerprint;
  rules.ignore = options.ignore;
  rules.one_run_decides = options.one_run_decides;
  for (const std::string& text : options.gate_on) rules.gate_on.push_back(gate_of(text));
  for (const std::string& text : options.tolerances) {
    // A name may hold "=", a tolerance does not.
    const std::size_t equals = text.rfind('=');
    const auto tolerance =
        parse_tolerance(equals == text.npos ? text : std::string_view(text).substr(equals + 1));
    if (!tolerance) {
      throw UsageError("--tolerance " + text + " is not a tolerance",
                       "write +0, 2%, '200 instructions', or NAME=2% for one number");
    }
    if (equals == text.npos) {
      rules.tolerance = tolerance;
    } else {
      rules.tolerances[text.substr(0, equals)] = *tolerance;
    }
  }
  return rules;
}

namespace {

/// What failed of comparisons, the worst first.
std::string github_annotations(const std::vector<Comparison>& all) {
  std::string text;
  std::size_t written = 0;
  const auto add = [&](const std::string& title, const std::string& message) {
    if (written++ < kMaxAnnotations) text += github_error(title, message);
  };
  for (const Comparison& one : all) {
    const std::string title = one.scenario + ": " + comparison_word(one);
    for (const std::string& fault : one.faults) add(title, fault);
    for (const ComparedNumber* row : worst_first(one)) {
      if (passes(*row) || written >= kMaxAnnotations) break;
      add(title, row->name + ": " + movement(*row));
    }
  }
  return text;
}

}  // namespace

ExitStatus deliver(const std::vector<Comparison>& all, const ComparisonOptions& options,
                   bool alone) {
  if (!options.markdown.empty()) {
    write_named(options.markdown, comparison_markdown(all, options.markdown_bytes));
  }
  const std::string text = options.json ? comparison_json(all)
                           : alone      ? comparison_verdict(all)
                                        : comparison_console(all, terminal_color());
  if (options.json) {
    print_text(text);
  } else if (in_github_step()) {
    print_text(without_commands(text) + github_annotations(all));
    add_to_step_summary(comparison_markdown(all, options.markdown_bytes));
  } else {
    print_folded(text);
  }
  return status_of(all);
}

}  // namespace harness
