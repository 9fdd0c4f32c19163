// Is a text JSON? For [JSON] lines, which arrive while the guest runs. And what is in it, piece by
// piece, for files too large to be kept as a tree.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

inline constexpr std::size_t kMaxJsonDepth = 64;

/// True if `text` is one valid JSON value (RFC 8259: UTF-8, no trailing commas, no comments; white
/// space may stand around it), nested at most `deepest` deep, with numbers that a double can hold.
/// Any bytes.
bool is_valid_json(std::string_view text, std::size_t deepest = kMaxJsonDepth);

/// What read_json() meets, in order. The views are into its text.
class JsonVisitor {
 public:
  virtual ~JsonVisitor() = default;
  virtual void enter(char bracket) = 0;        // '{' or '['
  virtual void leave() = 0;                    // the innermost of these
  virtual void key(std::string_view raw) = 0;  // with its quotes, as in the text
  /// A string with its quotes, a number, true, false, null, and NaN or Infinity with its sign.
  virtual void scalar(std::string_view raw) = 0;
};

/// Walks `text`, which is checked as is_valid_json() does, but may hold NaN and Infinity. Returns
/// "" or why it is not one JSON value, as the end of a sentence: "is empty", "is not JSON: line 3
/// ...". A fault is known only behind what the visitor has been told. Any bytes.
std::string read_json(std::string_view text, JsonVisitor& visitor,
                      std::size_t deepest = kMaxJsonDepth);
/// The same answer where nobody wants the pieces.
std::string json_fault(std::string_view text, std::size_t deepest = kMaxJsonDepth);

/// The keys of the outermost object, in order, up to a fault (as read_json() returns it); none
/// where there is no object.
struct JsonRoot {
  std::vector<std::string> keys;
  std::string fault;
  [[nodiscard]] bool has(std::string_view key) const;
};
JsonRoot json_root(std::string_view text, std::size_t deepest = kMaxJsonDepth);

/// What a raw string means: without its quotes, escapes resolved. Not a string: as it is.
std::string json_text(std::string_view raw);

/// Without a byte order mark in front: programs that read JSON may ignore it (RFC 8259, 8.1), and
/// PowerShell writes one.
std::string_view without_byte_order_mark(std::string_view text);

}  // namespace harness
