// Misbehaves: says what would run in a browser, were it put into a page as it is: tags, handlers,
// ends of scripts and of comments, templates, characters that reorder text, terminal escapes. Each
// payload would write INJECTED into the title or into the document's first element.
#include <kernel/console.h>
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  static constexpr const char* kLines[] = {
      "<script>document.title='INJECTED'</script>\n",
      "</script><script>document.documentElement.dataset.injected=1</script>\n",
      "<img src=x onerror=\"document.title='INJECTED'\">\n",
      "<svg onload=document.title='INJECTED'><style>*{display:none}</style>\n",
      "\"><b onmouseover='document.title=1' autofocus onfocus=document.title='INJECTED' "
      "tabindex=1>\n",
      "--><!-- ]]></pre></span></div></section></main></body></html>\n",
      "<meta http-equiv=refresh content=\"0;url=javascript:document.title='INJECTED'\">\n",
      "<base href=//evil.example/><iframe "
      "srcdoc=\"<script>parent.document.title='INJECTED'</script>\">\n",
      "<a href=\"javascript:document.title='INJECTED'\">click</a> <form action=//evil.example>\n",
      "{{script}} {{sections}} ${document.title='INJECTED'} #{7*7} <%= 7*7 %>\n",
      "&lt;script&gt; &#60;script&#62; &colon; \\u003cscript\\u003e \\x3cscript\\x3e\n",
      "\xE2\x80\xAE"
      "txet desrever \xE2\x81\xA6 \xD8\x9C \xE2\x80\xA8 \xE2\x80\xA9 \xEF\xBF\xBF\n",
      "\x1b[31m\x1b]0;INJECTED\x07\x1b]8;;http://evil.example\x1b\\link \xff\xfe\xc3\n",
  };
  for (const char* line : kLines) system.console.text(line);
  system.emit.test("first", wire::Status::pass, 1, 1);
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"html_payload", 1, 0, &run};
