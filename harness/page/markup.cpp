#include "page/markup.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <stdexcept>

#include "base/base64.h"
#include "base/text.h"
#include "page/xml.h"

namespace harness::html {
namespace {

bool is_plain(char c) { return c >= ' ' && c < '\x7F'; }

/// printable() of bytes none of which is plain: what it wrote as \xNN is put into <i>.
void append_marks(std::string_view bytes, std::string& out) {
  const std::string text = xml_text(bytes, false);
  bool open = false;
  for (std::size_t i = 0; i < text.size();) {
    const bool mark = text[i] == '\\';
    if (mark != open) out += mark ? "<i>" : "</i>";
    open = mark;
    const std::size_t length = mark ? 4 : 1;  // \xNN
    out.append(text, i, length);
    i += length;
  }
  if (open) out += "</i>";
}

bool is_digit_or_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether a line may end behind `word[at - 1]`: between two parts of a name, a path, a signature.
/// Never within "1,234.5".
bool ends_part(std::string_view word, std::size_t at) {
  constexpr std::string_view kEnds = "._:/\\,;=&|-+)]}<>(@";
  if (kEnds.find(word[at - 1]) == kEnds.npos || !is_digit_or_letter(word[at])) return false;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !(at > 1 && digit(word[at - 2]) && digit(word[at]));
}

/// Calls `piece` with the pieces between which a line may end.
template <class Piece>
void split_word(std::string_view word, Piece piece) {
  constexpr std::size_t kShortest = 3;
  std::size_t begin = 0;
  for (std::size_t at = 1; at < word.size(); ++at) {
    const bool inside_character = (static_cast<unsigned char>(word[at]) & 0xC0) == 0x80;
    const bool part = at - begin >= kShortest && ends_part(word, at);
    if (!part && (at - begin < kWholePart || inside_character)) continue;
    piece(word.substr(begin, at - begin));
    begin = at;
  }
  piece(word.substr(begin));
}

}  // namespace

Markup escaped(std::string_view untrusted) {
  Markup markup;
  markup.text_ = xml_text(untrusted, false);
  return markup;
}

Markup breakable(std::string_view untrusted) {
  Markup markup;
  for (std::size_t at = 0; at < untrusted.size();) {
    const std::size_t end = std::min(untrusted.find(' ', at), untrusted.size() - 1) + 1;
    const std::string_view word = untrusted.substr(at, end - at);
    at = end;
    if (word.size() <= kWholeWord + (word.ends_with(' ') ? 1 : 0)) {
      markup.text_ += xml_text(word, false);
      continue;
    }
    bool first = true;
    split_word(word, [&](std::string_view piece) {
      if (!first) markup.text_ += "<wbr>";
      markup.text_ += xml_text(piece, false);
      first = false;
    });
  }
  return markup;
}

Markup marked(std::string_view untrusted) {
  Markup markup;
  for (std::size_t at = 0; at < untrusted.size();) {
    std::size_t end = at;
    while (end < untrusted.size() && is_plain(untrusted[end]) == is_plain(untrusted[at])) ++end;
    const std::string_view run = untrusted.substr(at, end - at);
    if (is_plain(run[0])) {
      markup.text_ += xml_text(run, false);
    } else {
      append_marks(run, markup.text_);
    }
    at = end;
  }
  return markup;
}

Markup attribute(Literal name, std::string_view value) {
  Markup markup;
  markup.text_ = xml_attribute(name.text(), value);
  return markup;
}

Markup element(Literal tag, const Markup& attributes, const Markup& content) {
  Markup markup;
  markup.text_.reserve(2 * tag.text().size() + attributes.size() + content.size() +
                       std::string_view("<></>").size());
  markup += "<";
  markup += tag;
  markup += attributes;
  markup += ">";
  markup += content;
  markup += "</";
  markup += tag;
  markup += ">";
  return markup;
}

Markup element(Literal tag, const Markup& content) { return element(tag, {}, content); }

Markup data_block(Literal id, std::string_view json) {
  Markup markup =
      element("script", attribute("type", "application/json") + attribute("id", id.text()), {});
  std::string safe;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '<') {
      safe += "\\u003c";
    } else if (json[i] == '>') {
      safe += "\\u003e";
    } else if (json[i] == '&') {
      safe += "\\u0026";
    } else if (json.substr(i, 3) == "\xE2\x80\xA8" || json.substr(i, 3) == "\xE2\x80\xA9") {
      safe += json[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      safe += json[i];
    }
  }
  markup.text_.insert(markup.text_.size() - std::string_view("</script>").size(), safe);
  return markup;
}

Markup share_bar(double share) {
  const std::string width = fmt::format("{:.2f}", 1000 * std::clamp(share, 0.0, 1.0));
  return element("svg",
                 " class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
                 "aria-hidden=\"true\"",
                 element("rect", attribute("width", width) + " height=\"10\"", {}));
}

Markup data_uri_image(Literal type, std::string_view bytes, std::string_view alt) {
  Markup markup;
  markup.text_ = "<img src=\"data:" + std::string(type.text()) + ";base64," + base64(bytes) + "\"" +
                 xml_attribute("alt", alt) + ">";
  return markup;
}

Markup number(double value, const Markup& shown) {
  return element("data", attribute("value", fmt::format("{}", value)), shown);
}

Markup table(const std::vector<Column>& columns, const std::vector<Row>& rows,
             const TableOptions& options) {
  if (rows.empty()) return {};
  Markup head;
  for (const Column& column : columns) {
    // A head without a word would be read out as one that nobody filled in.
    if (column.title.text().empty()) {
      head += "<td></td>";
      continue;
    }
    head += element("th", column.number ? Markup(" class=\"n\" scope=\"col\"") : " scope=\"col\"",
                    column.title);
  }
  Markup body;
  for (const Row& row : std::span(rows).first(std::min(rows.size(), options.most))) {
    Markup cells;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const bool number = i < columns.size() && columns[i].number;
      cells += element("td", number ? Markup(" class=\"n\"") : "", row.cells[i]);
    }
    const std::string_view style = row.style.text();
    body += element("tr", style.empty() ? Markup() : attribute("class", style), cells);
    body += "\n";
  }
  // A region that can scroll must be reachable by the keyboard.
  Markup whole =
      element("div", " class=\"table\" tabindex=\"0\"",
              element("table", options.sortable ? Markup(" class=\"sortable\"") : Markup(),
                      element("thead", element("tr", head)) + element("tbody", body)));
  if (rows.size() <= options.most) return whole;
  return whole + element("p", " class=\"note\"",
                         escaped(grouped(rows.size() - options.most) + " more: ") + options.whole +
                             " has all.");
}

Markup asset(std::string_view ours) {
  Markup markup;
  markup.text_ = ours;
  return markup;
}

void Template::fill(std::string_view page, const std::vector<Slot>& slots, const PutText& put) {
  for (;;) {
    const std::size_t open = page.find("{{");
    put(page.substr(0, open));
    if (open == page.npos) return;
    const std::size_t close = page.find("}}", open);
    const std::string_view name = page.substr(open + 2, close - open - 2);
    bool known = false;
    for (const Slot& slot : slots) {
      if (slot.name != name) continue;
      put(slot.content.text());
      if (slot.rest) slot.rest([&](const Markup& piece) { put(piece.text()); });
      known = true;
    }
    if (!known) throw std::logic_error("page template: nothing for " + std::string(name));
    page.remove_prefix(close + 2);
  }
}

}  // namespace harness::html
