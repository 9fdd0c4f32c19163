#include "page/document.h"

#include <gtest/gtest.h>

#include "page/html_testing.h"

namespace harness {
namespace {

Document sample(const std::string& untrusted) {
  return {.title = untrusted,
          .lead = {untrusted},
          .sections = {{"one",
                        "One",
                        {std::string(untrusted),
                         DocumentTable{{{"Name"}, {"Value", true}}, {{untrusted, "1"}}},
                         DocumentCommands{{untrusted}}, DocumentList{{untrusted, untrusted}}}},
                       {"none", "None", {}}}};
}

TEST(Document, IsMarkdown) {
  EXPECT_EQ(document_markdown(sample("a_b | c")), R"(# a_b \| c

a_b \| c

## One

a_b \| c

| Name | Value |
| --- | ---: |
| a_b \| c | 1 |

```sh
a_b | c
```

- a_b \| c
- a_b \| c
)");
}

TEST(Document, IsASoundPage) {
  const std::string page = document_html(sample("plain"));
  EXPECT_EQ(HtmlReader::fault_in(page), "");
  EXPECT_NE(page.find("<section id=\"one\"><h2>One</h2>"), std::string::npos);
  EXPECT_EQ(page.find("None"), std::string::npos) << "a section without parts is not shown";
}

TEST(Document, UntrustedTextStaysText) {
  const std::string hostile = "<script>alert(1)</script>\x1b[2J\xff```\n# x";
  EXPECT_EQ(HtmlReader::fault_in(document_html(sample(hostile))), "");
  const std::string markdown = document_markdown(sample(hostile));
  EXPECT_EQ(markdown.find("\x1b"), std::string::npos);
  EXPECT_EQ(markdown.substr(0, markdown.find("```")).find("<script"), std::string::npos);
}

}  // namespace
}  // namespace harness
