// HTML that is safe by its type. Markup is made of literals in our own source, of untrusted text
// that was escaped, and of other markup; there is no way to turn a std::string into markup but
// escaped(). Pure.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/pieces.h"

namespace harness::html {

/// A piece of markup in our own source: only a literal converts to one.
class Literal {
 public:
  consteval Literal(const char* text) : text_(text) {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class Markup {
 public:
  Markup() = default;
  Markup(Literal literal) : text_(literal.text()) {}  // NOLINT(google-explicit-constructor)
  /// A literal at once: C++ would not go through Literal by itself.
  template <std::size_t N>
  Markup(const char (&literal)[N]) : text_(literal) {}  // NOLINT(google-explicit-constructor)
  Markup& operator+=(const Markup& more) {
    text_ += more.text_;
    return *this;
  }
  friend Markup operator+(Markup a, const Markup& b) {
    a += b;
    return a;
  }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }

 private:
  friend Markup escaped(std::string_view untrusted);
  friend Markup breakable(std::string_view untrusted);
  friend Markup marked(std::string_view untrusted);
  friend Markup attribute(Literal name, std::string_view value);
  friend Markup data_block(Literal id, std::string_view json);
  friend Markup asset(std::string_view ours);
  friend Markup element(Literal tag, const Markup& attributes, const Markup& content);
  friend Markup data_uri_image(Literal type, std::string_view bytes, std::string_view alt);
  friend class Template;
  std::string text_;
};

/// Untrusted text as the content of an element: printable() with &, <, > and " escaped; line ends
/// are kept.
Markup escaped(std::string_view untrusted);

/// The same for the cell of a table: a word of more than kWholeWord characters may break between
/// its parts, as behind a point or an underline, and in a part that is longer than that. No other
/// does.
inline constexpr std::size_t kWholeWord = 14, kWholePart = 24;
Markup breakable(std::string_view untrusted);

/// The same for one line of serial output: each byte and character that printable() writes as \xNN
/// stands in an <i>, so that it can be told from a guest that says "\x1B".
Markup marked(std::string_view untrusted);

/// ` name="value"`, to be put into element().
Markup attribute(Literal name, std::string_view value);

/// `<tag attributes>content</tag>`.
Markup element(Literal tag, const Markup& attributes, const Markup& content);
Markup element(Literal tag, const Markup& content);

/// JSON for a script of ours to read: `<script type="application/json" id=...>`. "<", ">", "&",
/// U+2028 and U+2029, which JSON has in strings only, are written as \u escapes, so that nothing
/// can end the block or begin a comment. `json` must be valid JSON.
Markup data_block(Literal id, std::string_view json);

/// A bar of `share`, from 0 to 1, of its cell in a table.
Markup share_bar(double share);

/// An <img> of these bytes, of a type like image/png. Whatever they are, a browser takes them for a
/// picture, in which nothing runs, or for none.
Markup data_uri_image(Literal type, std::string_view bytes, std::string_view alt);

struct Column {
  Literal title;
  bool number = false;  // set to the right, digits of one width
};
struct Row {
  std::vector<Markup> cells;
  Literal style = "";  // class of the row
};
/// Of more rows than `most`, the first are shown and the others counted.
inline constexpr std::size_t kMaxRows = 1000;
struct TableOptions {
  std::size_t most = kMaxRows;
  Literal whole = "record.json";  // the file that has all
  bool sortable = false;          // by its columns (tables.js), by number() where a cell has one
};
/// A table that scrolls sideways where it has no room; empty for no rows.
Markup table(const std::vector<Column>& columns, const std::vector<Row>& rows,
             const TableOptions& options = {});
/// `shown`, as a number that a table is sorted by: `<data value=...>`.
Markup number(double value, const Markup& shown);

/// Makes markup piece by piece.
using PutMarkup = std::function<void(const Markup& piece)>;
using WriteMarkup = std::function<void(const PutMarkup& put)>;

/// A part of the page with its heading and a place in the menu; empty for no body.
struct PageSection {
  Literal id, title;
  Markup body;
  /// What stands behind the body and is large, such as a log: made when the page is written, and
  /// never held as a whole. What it refers to must live until then.
  WriteMarkup rest = {};
};

/// A file of ours that was built in (assets.h), as it is.
Markup asset(std::string_view ours);

/// A template of ours, with {{name}} where something is put in. One pass: what is put in is never
/// looked at for names.
class Template {
 public:
  struct Slot {
    std::string_view name;
    Markup content;
    WriteMarkup rest = {};  // called behind `content`, if set
  };
  /// Throws std::logic_error for a name of the template that has no slot, and what `put` throws.
  static void fill(std::string_view page, const std::vector<Slot>& slots, const PutText& put);
};

}  // namespace harness::html
