// What the guest made and how fast, where it says so: what a reader of such a run looks for first.
#include "report/html/sections.h"
#include "report/rates.h"

namespace harness::html {

PageSection made_section(const RunRecord& record, const BootRecord& boot) {
  const std::vector<Rate> rates = rates_of(record);
  if (rates.empty()) return {"made", "What it made", {}};
  Markup body;
  for (const Rate& rate : rates) {
    Markup items;
    for (const Figure& figure : figures_of(rate)) {
      items += element("li", element("b", escaped(figure.number)) + " " +
                                 element("span", escaped(figure.words)));
    }
    body += element("ul", " class=\"figures\"", items);
  }
  if (rates.front().counted) {
    body +=
        "<p class=\"note\">Under this clock an instruction is a nanosecond: there is no time to "
        "tell, and nothing a second.</p>";
  }
  if (const std::string text = made_text(rates, boot); !text.empty()) {
    body += element("figure",
                    element("blockquote", escaped(text)) +
                        element("figcaption", escaped("What it wrote" + of_boot(record, boot))));
  }
  return {"made", "What it made", body};
}

}  // namespace harness::html
