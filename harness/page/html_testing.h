// A strict reader of the HTML that report.html uses, for tests and fuzz targets: it knows our few
// elements and attributes, wants every element closed in order, and takes nothing for a script but
// ours. What it finds no fault in shows untrusted text as text.
#pragma once

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "page/assets.h"

namespace harness {

class HtmlReader {
 public:
  /// The first fault and where it is, or "".
  static std::string fault_in(std::string_view document) {
    HtmlReader reader(document);
    constexpr std::string_view kStart = "<!doctype html>\n";
    if (!document.starts_with(kStart)) return "not an HTML page";
    reader.at_ = kStart.size();
    while (reader.fault_.empty() && reader.at_ < document.size()) reader.piece();
    if (reader.fault_.empty() && !reader.open_.empty()) return reader.open_.back() + " never ends";
    return reader.fault_;
  }

 private:
  explicit HtmlReader(std::string_view text) : text_(text) {}

  static bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
  }
  static bool is_element(std::string_view name) {
    return is_any_of(
        name,
        {"html",   "head",       "body",  "meta",      "title",  "link",    "style",   "script",
         "a",      "b",          "i",     "em",        "p",      "h1",      "h2",      "h3",
         "ul",     "ol",         "li",    "div",       "span",   "pre",     "code",    "time",
         "img",    "svg",        "rect",  "path",      "text",   "table",   "thead",   "tbody",
         "tr",     "th",         "td",    "nav",       "main",   "section", "header",  "footer",
         "figure", "figcaption", "input", "label",     "output", "button",  "details", "summary",
         "data",   "article",    "wbr",   "blockquote"});
  }
  static bool is_void(std::string_view name) {
    return is_any_of(name, {"meta", "link", "input", "img", "wbr"});
  }
  static bool is_attribute(std::string_view name) {
    return is_any_of(
        name, {"lang",       "charset",      "http-equiv", "content",     "name",
               "rel",        "href",         "class",      "id",          "title",
               "scope",      "hidden",       "tabindex",   "type",        "placeholder",
               "aria-label", "spellcheck",   "role",       "value",       "checked",
               "aria-live",  "autocomplete", "alt",        "src",         "viewBox",
               "width",      "height",       "x",          "aria-hidden", "preserveAspectRatio",
               "y",          "rx",           "d",          "open",        "data-of",
               "datetime",   "fill",         "data-at",    "data-total",  "data-self",
               "data-depth", "data-calls",   "data-name",  "data-brief"});
  }

  void fail(const std::string& why) {
    if (fault_.empty()) {
      fault_ = why + " at offset " + std::to_string(at_) + ": '" +
               std::string(text_.substr(at_, 60)) + "'";
    }
  }
  [[nodiscard]] bool sees(std::string_view what) const {
    return text_.substr(at_).starts_with(what);
  }
  std::string word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '-')) {
      ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  /// An element's start or end, or text up to the next.
  void piece() {
    if (sees("</")) {
      at_ += 2;
      end();
    } else if (sees("<")) {
      ++at_;
      start();
    } else {
      const std::size_t next = std::min(text_.find('<', at_), text_.size());
      text(text_.substr(at_, next - at_), true);
      at_ = next;
    }
  }
  void end() {
    const std::string name = word();
    if (open_.empty() || open_.back() != name) return fail("</" + name + "> closes nothing");
    open_.pop_back();
    if (!sees(">")) fail("not the end of an end");
    ++at_;
  }
  void start() {
    const std::string name = word();
    if (!is_element(name)) return fail("an unknown element <" + name);
    bool data = false;
    while (fault_.empty() && sees(" ")) {
      ++at_;
      attribute(name, data);
    }
    if (!sees(">")) return fail("not the end of <" + name);
    ++at_;
    if (is_void(name)) return;
    open_.push_back(name);
    if (name == "script" || name == "style") raw(name, data);
  }
  void attribute(const std::string& element, bool& data) {
    const std::string name = word();
    if (!is_attribute(name)) return fail("an unknown attribute " + name);
    if (!sees("=")) return;
    if (!sees("=\"")) return fail("an attribute without quotes");
    at_ += 2;
    const std::size_t close = text_.find('"', at_);
    if (close == text_.npos) return fail("an attribute never ends");
    const std::string_view value = text_.substr(at_, close - at_);
    text(value, false);
    at_ = close + 1;
    data = data || (element == "script" && name == "type" && value == "application/json");
    // Beside pages that are made to be served, a link can only lead to a place in the page.
    const bool served = value.starts_with("/run/") || value == "profile.svg";
    // From the page of a suite also to those of its instances, each in a folder beside it.
    constexpr std::string_view kReport = "/report.html";
    const std::string_view folder =
        value.substr(0, value.size() - std::min(value.size(), kReport.size()));
    const bool beside = value.ends_with(kReport) && !folder.empty() && folder != ".." &&
                        folder.find_first_of("/:?#\\") == folder.npos;
    if (name == "href" && value != "data:," && !value.starts_with('#') && !served && !beside) {
      fail("a link leads away");
    }
    if (name == "src" && !value.starts_with("data:image/")) fail("a picture from away");
    if (name == "id" && !ids_.insert(std::string(value)).second) fail("an id twice");
  }
  /// Text and values: "<" cannot stand here, "&" begins one of the entities that we write.
  void text(std::string_view value, bool content) {
    for (std::size_t at = value.find('&'); at != value.npos; at = value.find('&', at + 1)) {
      const std::string_view entity = value.substr(at, value.find(';', at) - at + 1);
      if (!is_any_of(entity, {"&amp;", "&lt;", "&gt;", "&quot;", "&#10;"})) fail("an entity");
    }
    const std::size_t bad = value.find_first_of(content ? "<>" : "<>\"");
    if (bad != value.npos) fail("a sign that must be escaped");
  }
  void raw(const std::string& name, bool data) {
    const std::size_t close = text_.find("</", at_);
    if (close == text_.npos) return fail(name + " never ends");
    const std::string_view content = text_.substr(at_, close - at_);
    at_ = close;
    using namespace html;
    if (data) {
      if (!is_valid_json(content)) fail("data that is no JSON");
      if (content.find_first_of("<>&") != content.npos) fail("data with signs of HTML");
    } else if (name == "style") {
      if (!is_any_of(content, {kStyle})) fail("a style that is not ours");
    } else if (!is_any_of(content, {kScript, kCharts, kLive, kTables, kFlame}) &&
               !content.ends_with(kChartLibrary)) {
      fail("a script that is not ours");
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string fault_;
  std::vector<std::string> open_;
  std::set<std::string> ids_;
};

}  // namespace harness
