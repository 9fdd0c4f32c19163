// What ran and how to run it again.
#include "report/facts.h"

#include "report/html/sections.h"

namespace harness::html {

PageSection reproduce_section(const RunRecord& record) {
  Markup body;
  for (const ReproduceStep& step : reproduce_steps(record)) {
    body += element("p", escaped(step.what));
    body += element("div", " class=\"command\"",
                    element("pre", " class=\"code\" tabindex=\"0\"", escaped(step.command)) +
                        "<button type=\"button\" hidden>Copy</button>");
  }
  return {"reproduce", "Reproduce", body};
}

PageSection facts_section(const RunRecord& record) {
  return {"run", "This run", fact_table({{"Fact"}, {"Value"}}, facts_of(record))};
}

}  // namespace harness::html
