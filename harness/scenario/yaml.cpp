// yaml-cpp's events, not its nodes: the library's own tree accepts duplicate keys silently, and
// expands aliases by reference, so that a small file can be an endless tree.
#include "scenario/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/node/node.h>  // only so that parser.h does not leave YAML::Node undefined
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "base/shell.h"
#include "base/text.h"

namespace harness {
namespace {

class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(const std::string& file) : file_(file) {}

  [[nodiscard]] Place place(const YAML::Mark& mark) const {
    if (mark.is_null()) return {file_, 0, 0};
    return {file_, mark.line + 1, mark.column + 1};
  }
  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add({.kind = Node::Kind::null, .at = place(mark)}, anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    add({.kind = Node::Kind::scalar, .at = place(mark), .text = value}, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto named = anchors_.find(anchor);
    if (named == anchors_.end()) {
      throw UsageError(place(mark), "this alias stands inside the value that it names");
    }
    Node copy = named->second;
    if (copy.kind != Node::Kind::scalar) refuse_as_key(place(mark), copy.kind);
    count(mark, size_of(copy));
    if (open_.size() + depth_of(copy) > kYamlDepth) refuse_depth(mark);
    place_copy(copy, place(mark));
    add_counted(std::move(copy), 0);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::list, mark, tag, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::map, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  /// A list or map whose end has not come. In a map, `key` waits for its value.
  struct Open {
    Node node;
    YAML::anchor_t anchor = 0;
    bool has_key = false;
    std::string key = {};
    Place key_at = {};
  };

  static std::size_t size_of(const Node& node) {
    std::size_t size = 1;
    for (const Node& item : node.items) size += size_of(item);
    return size;
  }
  static std::size_t depth_of(const Node& node) {
    std::size_t deepest = 0;
    for (const Node& item : node.items) deepest = std::max(deepest, depth_of(item));
    return deepest + (node.kind == Node::Kind::list || node.kind == Node::Kind::map ? 1 : 0);
  }
  /// A mistake in an aliased scalar is reported where the alias stands; inside an aliased list or
  /// map it is reported where the text is.
  static void place_copy(Node& copy, const Place& at) {
    if (copy.items.empty()) copy.at = at;
  }

  [[noreturn]] void refuse_depth(const YAML::Mark& mark) const {
    throw UsageError(place(mark), fmt::format("nested more than {} deep", kYamlDepth));
  }
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    // "?" is a plain value, "!" a quoted one.
    if (tag.empty() || tag == "?" || tag == "!") return;
    throw UsageError(place(mark), fmt::format("tags ('{}') are not used here", printable(tag)),
                     "write the value without it; quotes make it a text");
  }
  void count(const YAML::Mark& mark, std::size_t nodes) {
    nodes_ += nodes;
    if (nodes_ <= kYamlNodes) return;
    throw UsageError(place(mark), fmt::format("more than {} values", grouped(kYamlNodes)),
                     "aliases count as often as they are used");
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    refuse_tag(mark, tag);
    refuse_as_key(place(mark), kind);
    if (open_.size() >= kYamlDepth) refuse_depth(mark);
    count(mark, 1);
    open_.push_back({.node = {.kind = kind, .at = place(mark)}, .anchor = anchor});
  }
  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    add_counted(std::move(done.node), done.anchor);
  }
  void add(Node node, YAML::anchor_t anchor) {
    ++nodes_;
    if (nodes_ > kYamlNodes) {
      throw UsageError(node.at, fmt::format("more than {} values", grouped(kYamlNodes)));
    }
    add_counted(std::move(node), anchor);
  }

  void add_counted(Node node, YAML::anchor_t anchor) {
    if (anchor != 0) anchors_[anchor] = node;
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == Node::Kind::list) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.has_key) {
      take_key(parent, node);
    } else {
      parent.has_key = false;
      node.key = std::move(parent.key);
      node.key_at = parent.key_at;
      // yaml-cpp places a value that is not there at what comes next, often lines below.
      if (node.kind == Node::Kind::null) node.at = node.key_at;
      parent.node.items.push_back(std::move(node));
    }
  }
  void refuse_as_key(const Place& at, Node::Kind kind) const {
    if (open_.empty() || open_.back().node.kind != Node::Kind::map || open_.back().has_key) return;
    throw UsageError(at, fmt::format("a key must be a single word, this is {}", kind_text(kind)));
  }
  void take_key(Open& map, const Node& key) const {
    if (key.kind != Node::Kind::scalar) refuse_as_key(key.at, key.kind);
    if (key.text == "<<") {
      throw UsageError(key.at, "merge keys ('<<') are not supported",
                       "an alias can stand for a whole value: machine: *small");
    }
    const auto same = std::ranges::find(map.node.items, key.text, &Node::key);
    if (same != map.node.items.end()) {
      throw UsageError(key.at,
                       fmt::format("duplicate key '{}' (first in line {})", printable(key.text),
                                   same->key_at.line),
                       "keep one of the two");
    }
    map.has_key = true;
    map.key = key.text;
    map.key_at = key.at;
  }

  std::string file_;
  Node root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Node> anchors_;
  std::size_t nodes_ = 0;
};

/// The line, counted from 1, whose indentation holds a tab: the last one up to the line (counted
/// from 0) where reading failed, or the one behind it. 0: none does.
int line_with_tab(std::string_view text, int failed) {
  int found = 0;
  for (int line = 0; line <= failed + 1; ++line) {
    const std::string_view indent = text.substr(0, text.find_first_not_of(" \t"));
    if (indent.find('\t') != indent.npos) found = line + 1;
    const std::size_t end = text.find('\n');
    if (end == text.npos) break;
    text.remove_prefix(end + 1);
  }
  return found;
}

}  // namespace

Node parse_yaml(std::string_view text, const std::string& file) {
  if (text.size() > kYamlBytes) {
    throw UsageError(Place{file, 0, 0}, fmt::format("larger than {} bytes", grouped(kYamlBytes)),
                     "a scenario is a short text; is this the right file?");
  }
  TreeBuilder builder(file);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      throw UsageError(Place{file, 0, 0}, "the file is empty",
                       "a scenario starts with its name: name: smoke");
    }
    Node root = builder.take();
    TreeBuilder second(file);
    if (parser.HandleNextDocument(second)) {
      throw UsageError(second.take().at, "a second document starts here",
                       "a scenario file holds one scenario: remove the '---'");
    }
    return root;
  } catch (const YAML::Exception& error) {
    const int tab = line_with_tab(text, error.mark.is_null() ? 0 : error.mark.line);
    const bool open = std::string_view(error.msg).find("flow not found") != std::string_view::npos;
    throw UsageError(builder.place(error.mark), "not valid YAML: " + printable(error.msg),
                     tab == 0 ? open ? "a { or a [ before that is not closed" : ""
                              : fmt::format("a tab indents line {}, and YAML takes blanks "
                                            "only: expand -t 2 {}",
                                            tab, shell_quoted({file})));
  }
}

}  // namespace harness
