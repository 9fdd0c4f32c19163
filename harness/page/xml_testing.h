// A strict reader of the XML 1.0 that JUnit files use (no DTD, comments, CDATA or instructions
// beyond the declaration), for tests: whatever it accepts is well-formed.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;  // entities resolved
  std::string text;                               // its own text, entities resolved
  std::string parent;
};

/// All elements in document order. Throws std::runtime_error with the fault and its offset.
class XmlReader {
 public:
  static std::vector<XmlElement> read(std::string_view document) {
    XmlReader reader(document);
    reader.expect("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    reader.skip_blanks();
    reader.element("");
    reader.skip_blanks();
    if (reader.at_ != document.size()) reader.fail("text after the root element");
    return reader.elements_;
  }

 private:
  explicit XmlReader(std::string_view document) : text_(document) {}

  [[noreturn]] void fail(const std::string& why) const {
    throw std::runtime_error(why + " at offset " + std::to_string(at_) + ": '" +
                             std::string(text_.substr(at_, 40)) + "'");
  }
  [[nodiscard]] bool sees(std::string_view what) const {
    return text_.substr(at_).starts_with(what);
  }
  void expect(std::string_view what) {
    if (!sees(what)) fail("expected '" + std::string(what) + "'");
    at_ += what.size();
  }
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  std::string name() {
    const std::size_t begin = at_;
    const auto is_name = [](char c) {
      return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-';
    };
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    if (at_ == begin) fail("expected a name");
    return std::string(text_.substr(begin, at_ - begin));
  }

  /// One character of text or of an attribute, resolved.
  std::string character() {
    if (at_ >= text_.size()) fail("the document ends in text");
    if (text_[at_] == '&') return entity();
    const auto byte = [&](std::size_t i) {
      return i < text_.size() ? static_cast<unsigned char>(text_[i]) : 0u;
    };
    const unsigned lead = byte(at_);
    if (lead < 0x20 && lead != '\n' && lead != '\t' && lead != '\r') fail("a control character");
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead >= 0x80 && (lead < 0xC2 || lead > 0xF4)) fail("no UTF-8");
    unsigned code = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
      if ((byte(at_ + i) & 0xC0) != 0x80) fail("torn UTF-8");
      code = code << 6 | (byte(at_ + i) & 0x3F);
    }
    const unsigned smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < smallest[length] || code > 0x10FFFF) fail("overlong UTF-8");
    if ((code >= 0xD800 && code <= 0xDFFF) || code == 0xFFFE || code == 0xFFFF) {
      fail("a character that XML cannot hold");
    }
    at_ += length;
    return std::string(text_.substr(at_ - length, length));
  }
  std::string entity() {
    const std::pair<std::string_view, std::string_view> known[] = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#10;", "\n"}};
    for (const auto& [written, meant] : known) {
      if (!sees(written)) continue;
      at_ += written.size();
      return std::string(meant);
    }
    fail("an unknown entity");
  }

  void attributes(XmlElement& element) {
    while (sees(" ")) {
      ++at_;
      const std::string key = name();
      expect("=\"");
      std::string value;
      while (!sees("\"")) {
        if (sees("<")) fail("'<' in an attribute");
        value += character();
      }
      ++at_;
      if (!element.attributes.emplace(key, value).second) fail("attribute " + key + " twice");
    }
  }

  void element(const std::string& parent) {
    expect("<");
    XmlElement opened{name(), {}, {}, parent};
    attributes(opened);
    const std::size_t slot = elements_.size();
    elements_.push_back(opened);
    if (sees("/>")) {
      at_ += 2;
      return;
    }
    expect(">");
    while (!sees("</")) {
      if (sees("]]>")) fail("']]>' in text");
      if (sees("<")) {
        element(opened.name);
      } else {
        elements_[slot].text += character();
      }
    }
    expect("</" + opened.name + ">");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<XmlElement> elements_;
};

}  // namespace harness
