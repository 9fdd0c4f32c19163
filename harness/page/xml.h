// The pieces of XML that JUnit files are made of. XML 1.0 cannot hold most control characters, not
// even as entities: all text passes printable(). Pure.
#pragma once

#include <string>
#include <string_view>

namespace harness {

/// Untrusted text as the content of an element or, with `attribute`, of an attribute. "\n" is kept.
std::string xml_text(std::string_view untrusted, bool attribute);

/// ` name="value"`.
std::string xml_attribute(std::string_view name, std::string_view value);

/// `<name>text</name>` and a line end, below `indent`; empty for no text.
std::string xml_element(std::string_view indent, std::string_view name, std::string_view text);

}  // namespace harness
