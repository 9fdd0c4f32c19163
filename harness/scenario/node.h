// A scenario file as a tree of our own: scalars, lists and maps, each with its place. Made by
// scenario/yaml.h; everything after it knows no YAML library.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace harness {

struct Node {
  enum class Kind { null, scalar, list, map };
  Kind kind = Kind::null;
  Place at = {};
  std::string text = {};         // of a scalar
  std::vector<Node> items = {};  // of a list; of a map: its values, each with its key
  std::string key = {};          // in a map
  Place key_at = {};
};

constexpr std::string_view kind_text(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::scalar:
      return "a single value";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::map:
      return "a map";
  }
  return "";
}

}  // namespace harness
